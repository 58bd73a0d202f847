"""What was meant by a name or a value that the form does not know."""

from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from termwise.checking.written.meant import (
    OTHER_NAMES,
    currency_meant,
    field_named,
    value_meant,
    word_meant,
)
from termwise.policy_form.fields import fields_of
from termwise.policy_form.policy_file import PolicyFile


def forms(form: type[BaseModel] = BaseModel) -> Iterator[type[BaseModel]]:
    """Every mapping with fields of its own that may stand in a policy file."""
    for below in form.__subclasses__():
        yield from forms(below)
        if below.__module__.startswith(PolicyFile.__module__.rpartition(".")[0]):
            yield below


@pytest.mark.parametrize(
    ("other", "field"),
    [(other, field) for field, others in OTHER_NAMES.items() for other in others],
)
def test_another_name_leads_to_the_field(other: str, field: str) -> None:
    """Of a form that has the field, and does not know the name itself; in capitals, too."""
    names = [[*fields_of(form)] for form in forms()]
    misread = [known for known in names if field in known and other not in known]
    assert field in {field_named(other.upper(), known) for known in misread}


@pytest.mark.parametrize(
    ("place", "found", "mend"),
    [
        ("charges.labour.minimum", "30 min", "a least time is `least: 30 min`"),
        ("charges.labour.tolerance", "5 min", "write “{length: 5 min, clause: …}”"),
        ("charges.labour.price", "1.25 x 80.00", "write the amount, or {of: work, times: 1.25}"),
        ("charges.labour.price", "80.00 × 2", "write the amount, or {of: work, times: 1.25}"),
        ("charges.labour.per", "hour", "write “60 min”, counted exactly, or “started 60 min”"),
        ("charges.labour.per", "Each started hour", "write “started 60 min”"),
        ("charges.labour.per", "half hour", "write “30 min”, or “started 30 min”"),
        ("charges.labour.per", "per half an hour", "write “30 min”, or “started 30 min”"),
        ("charges.labour.per", "every started half an hour", "write “started 30 min”"),
        ("charges.labour.per", "15", "write “15 min”, counted exactly, or “started 15 min”"),
        ("charges.labour.per", "every 15 minutes", "write “15 min”, counted exactly"),
        ("charges.labour.per", "per started 6 mins", "write “started 6 min”"),
        ("charges.labour.per", "", ""),
        ("charges.labour.clause", "hour", ""),
        ("limits.most.per", "hour", ""),
        ("tax.prices", "net", "did you mean “excluded”?"),
        ("tax.prices", "exclusive", "did you mean “excluded”?"),
        ("tax.prices", "Brutto", "did you mean “included”?"),
        ("tax.prices", "incl", "did you mean “included”?"),
        ("tax.customers.firms.prices", "gross", "did you mean “included”?"),
        ("tax.prices", "somehow", ""),
        ("services.help.asks", "none", "write “[]”, where the service asks neither"),
    ],
)
def test_a_value_is_mended_as_it_was_meant(place: str, found: str, mend: str) -> None:
    """How to write it stands at the beginning or the end of what is told; or nothing is known."""
    told = value_meant(tuple(place.split(".")), found)
    assert told.startswith(mend) or told.endswith(mend)
    assert bool(told) == bool(mend)


@pytest.mark.parametrize(
    ("found", "code"),
    [
        *(("zł", "PLN"), ("zł.", "PLN"), (" Złoty ", "PLN"), ("złotych", "PLN"), ("zlote", "PLN")),
        *(("kr.", "DKK"), ("kroner", "DKK"), ("svenska kronor", ""), ("swedish krona", "SEK")),
        *(("€", "EUR"), ("Euro", "EUR"), ("euros", "EUR"), ("EURO", "EUR"), ("£", "GBP")),
        *(("dólares", "USD"), ("US dollars", "USD"), ("dollars", "USD"), ("coroas", "DKK")),
        *(("Swiss francs", "CHF"), ("PLM", "PLN"), ("none", ""), ("xyz", "")),
    ],
)
def test_a_currency_is_known_by_its_sign_and_its_names(found: str, code: str) -> None:
    """In any language of the site, with its country and without; or by a code that is near."""
    told = f"did you mean “{code}”?" if code else "write the code of the currency alone"
    assert currency_meant(found) == told


@pytest.mark.parametrize(
    ("found", "known", "ours"),
    [
        ("en-GB", ("en", "pl"), "en"),
        ("Polish", ("en", "po", "pl"), "po"),
        ("German", ("en", "pl"), "German"),
        ("enum", ("choice", "number"), "choice"),
        ("Tak", ("yes", "no"), "yes"),
        ("NEJ", ("yes", "no"), "no"),
        ("tak", ("choice",), "tak"),
        ("ends", ("start", "minutes"), "ends"),
    ],
)
def test_a_word_is_known_by_what_others_say(found: str, known: tuple[str, ...], ours: str) -> None:
    """Of the words that may stand there; of a language by the beginning of its name."""
    assert word_meant(found, known) == ours

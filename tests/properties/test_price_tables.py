"""A table of prices: complete tables pass, and every hole and every overlap is found."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from termwise_calculator.coverage.answers import Asked, not_exactly_one
from termwise_calculator.terms.tariff import When

ALWAYS = When()
OPTIONS = ("a", "b", "c")
QUESTIONS = [Asked("product", OPTIONS, ALWAYS), Asked("client", ("yes", "no"), ALWAYS)]
CELLS = list(product(OPTIONS, ("yes", "no")))

entries = st.lists(
    st.tuples(
        st.lists(st.sampled_from(OPTIONS), unique=True),
        st.lists(st.sampled_from(("yes", "no")), unique=True),
    ),
    min_size=1,
    max_size=8,
)


def when(products: list[str], clients: list[str]) -> When:
    """What an entry asks for; a question that it leaves out may have any answer."""
    named = (("product", tuple(products)), ("client", tuple(clients)))
    return When(tuple((question, answers) for question, answers in named if answers))


@given(entries=entries)
def test_what_is_found_is_what_does_not_hold_exactly_once(
    entries: list[tuple[list[str], list[str]]],
) -> None:
    """Against a count of every combination of answers by hand."""
    table = [(str(index), when(*entry)) for index, entry in enumerate(entries)]
    found = list(not_exactly_one(QUESTIONS, ALWAYS, table))
    told = {(a.get("product"), a.get("client")): names for a, names in found}
    for one_product, client in CELLS:
        claimants = tuple(
            name
            for name, (products, clients) in zip(map(str, range(8)), entries, strict=False)
            if one_product in (products or OPTIONS) and client in (clients or ("yes", "no"))
        )
        said = [
            names
            for (found_product, found_client), names in told.items()
            if found_product in (None, one_product) and found_client in (None, client)
        ]
        assert said == ([] if len(claimants) == 1 else [claimants])


@given(order=st.permutations(["product", "client"]))
def test_the_order_of_answers_does_not_matter(order: list[str]) -> None:
    """An entry holds for answers in whatever order they are given."""
    answers = {"product": "a", "client": "no"}
    entry = When((("client", ("no",)), ("product", ("a", "b"))))
    assert entry.holds({question: answers[question] for question in order})


def test_a_question_that_is_not_asked_needs_no_price() -> None:
    """Its answers count only where the answers before it bring it up."""
    asked = [QUESTIONS[0], Asked("client", ("yes", "no"), When((("product", ("a",)),)))]
    table = [("other", when(["b", "c"], [])), ("client", when([], ["yes"]))]
    assert list(not_exactly_one(asked, ALWAYS, table)) == [({"product": "a", "client": "no"}, ())]

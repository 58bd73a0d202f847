"""What pydantic finds wrong with a policy file, told as problems with places in the file."""

import re
from collections.abc import Callable, Iterator, Mapping

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from termwise.checking.written.gap_hints import mend_with_gap
from termwise.checking.written.meant import (
    OTHER_NAMES,
    field_meant,
    field_named,
    value_meant,
    word_meant,
)
from termwise.policy_form.dated import DatedRow
from termwise.policy_form.fields import fields_of, model_at
from termwise.policy_form.hours.meant import in_notation
from termwise.policy_form.hours.notation import NotWeekly
from termwise.policy_form.hours.weekly import read_weekly
from termwise.policy_form.questions import QUESTION_KINDS
from termwise.policy_form.reference import only_place_of
from termwise.policy_form.tariff.made_prices import PRICE_NAME
from termwise.policy_form.values import ANSWER_PATTERN, ID_PATTERN, QUESTION_PATTERN
from termwise.policy_form.yaml_text.source import Path, Source, value_at
from termwise.problems import Problem, did_you_mean, first_of, listed, quoted

PATTERNS = {
    ID_PATTERN: "lower-case letters and digits, words joined by hyphens, such as base-rate",
    QUESTION_PATTERN: (
        "lower-case letters and digits, words joined by underscores, such as new_client"
    ),
    PRICE_NAME: "the name of a price, such as work or work.first",
    ANSWER_PATTERN: "lower-case letters and digits, words joined by hyphens, such as site-licence",
}
UNKNOWN = "extra_forbidden"
DAY = re.compile(r"\d{4}-\d\d-\d\d")
"""What stands as the name of a field where somebody writes the row of a day shorter."""

SHAPES = {
    "string_type": "a text",
    "dict_type": "fields, each on a line of its own",
    "model_type": "fields, each on a line of its own",
    "model_attributes_type": "fields, each on a line of its own",
    "list_type": "a list, each item after a hyphen",
    "tuple_type": "a list, each item after a hyphen",
}


def shape_problems(error: ValidationError, source: Source) -> list[Problem]:
    """Every error of a validation as a problem; an error told twice is told once."""
    problems = (_problem(one, source) for one in details_of(error))
    return sorted(set(first_of(problems)))


def details_of(error: ValidationError) -> list[ErrorDetails]:
    """Its errors, without what nobody asks for and takes long to tell."""
    return error.errors(include_url=False, include_input=False)


def _problem(details: ErrorDetails, source: Source) -> Problem:
    path = _path_in_file(details["loc"], source)
    tell = TELLERS.get(details["type"], _tell_shape)
    return tell(details, path, source)


def named_otherwise(error: ValidationError, source: Source) -> set[Problem]:
    """The fields told as missing that stand there under other names, which are told as well."""
    details = details_of(error)
    unknown = (one for one in details if one["type"] == UNKNOWN)
    named = {location for one in unknown for location in _meant_at(one, source)}
    lacking = (one for one in details if one["type"] == "missing" and one["loc"] in named)
    return {_problem(one, source) for one in lacking}


def _meant_at(details: ErrorDetails, source: Source) -> Iterator[tuple[int | str, ...]]:
    """Where the fields would stand that an unknown one stands for."""
    *holder, field = details["loc"]
    model = model_at(source.data, _path_in_file(details["loc"], source)[:-1])
    known = fields_of(model) if model else ()
    name = str(field).partition(":")[0]  # “per:60 min” stands for “per”
    for meant in known if DAY.fullmatch(name) else [field_named(name, known)]:
        yield (*holder, meant)


def _path_in_file(location: tuple[int | str, ...], source: Source) -> Path:
    """Leave out the steps that pydantic adds for its choices; keep what stands in the file."""
    path: Path = ()
    for step in location:
        if (*path, step) in source.values:
            path = (*path, step)
    return path


def _name(path: Path, source: Source) -> str:
    """The path for people: items of a list go by their id where they have one."""
    names = [_step_name(path[: length + 1], source) for length in range(len(path))]
    return ".".join(names) or "The file"


def _step_name(path: Path, source: Source) -> str:
    step = path[-1]
    own_id = value_at(source.data, (*path, "id")) if isinstance(step, int) else None
    if isinstance(own_id, str) and own_id:
        return own_id
    return str(step + 1) if isinstance(step, int) else step


def _tell_missing(details: ErrorDetails, path: Path, source: Source) -> Problem:
    field = str(details["loc"][-1])
    model = model_at(source.data, path)
    info = fields_of(model).get(field) if model else None
    about = f" ({info.description})" if info and info.description else ""
    return Problem(
        source.key_place(path),
        f"{_name(path, source)} lacks the field “{field}”",
        "no such field",
        f"“{field}”{about}",
        f"add “{field}: …”",
    )


def _tell_unknown_field(details: ErrorDetails, path: Path, source: Source) -> Problem:
    field = str(details["loc"][-1])
    model = model_at(source.data, path[:-1])
    known = list(fields_of(model)) if model else []
    return Problem(
        source.key_place(path),
        f"{_name(path[:-1], source)} has no field of this name",
        quoted(field),
        f"one of {listed(known, field)}",
        field_meant(path) or _mend_unknown_field(field, known),
    )


def _mend_unknown_field(field: str, known: list[str]) -> str:
    if re.fullmatch(r"\d[\d.]*%?", field):
        return (
            "write numbers with a point before decimals, and no comma: between braces it ends them"
        )
    if field in OTHER_NAMES["ends"] and "from" in known:
        return "write a row from the day after it: a value holds until the next one begins"
    if DAY.fullmatch(field):
        return f"write {{from: {field}, value: …, source: …}}"
    if field == "gap" and "gaps" not in known:
        return "put the gap in place of a value, such as “price: {gap: …}”"
    if field == "from" and "gap" in known:
        return "write one value: ranges stand in place of amounts, percentages and factors alone"
    if pair := re.fullmatch(r"(?P<name>\w+) ?[:=] ?(?P<value>.+)", field):
        return f"write “{pair['name']}: {pair['value']}”, with a space behind the colon"
    if " " in field:
        return "between braces a comma ends the value: put a text that holds one in quotes"
    if meant := field_named(field, known):
        return f"did you mean {quoted(meant)}?"
    place = only_place_of(field)
    return f"move it to where it belongs: {place}" if place else "write one of the expected names"


def _tell_unreadable(details: ErrorDetails, path: Path, source: Source) -> Problem:
    context = details["ctx"]
    return Problem(
        source.place(path),
        f"{_name(path, source)} cannot be read",
        _found(path, source),
        context["expected"],
        value_meant(path, value_at(source.data, path))
        or mend_with_gap(source.data, path, context["mend"]),
    )


TAX = (
    "write {name: VAT, rate: 23%, prices: excluded, clause: …}; "
    "{name: VAT, not_liable: yes, clause: …} where the page says that no tax is charged, "
    "“not stated” where it says nothing"
)
"""How to mend other words for a tax: who charges none is not one who says nothing of it."""


def _tell_word(details: ErrorDetails, path: Path, source: Source) -> Problem:
    expected = str(details.get("ctx", {}).get("expected") or "").replace("'", "")
    found = value_at(source.data, path)
    known = expected.replace(" or ", ", ").split(", ")
    return Problem(
        source.place(path),
        f"{_name(path, source)} is none of the words it may be",
        _found(path, source),
        expected,
        TAX
        if path == ("tax",)
        else value_meant(path, found)
        or did_you_mean(word_meant(found, known) if isinstance(found, str) else "", known),
    )


def _tell_tag(details: ErrorDetails, path: Path, source: Source) -> Problem:
    """A mapping whose `kind` is missing or unknown."""
    expected = listed(QUESTION_KINDS)
    found = value_at(source.data, (*path, "kind"))
    if not isinstance(found, str):
        return Problem(
            source.key_place(path),
            f"{_name(path, source)} lacks the field “kind”",
            "no such field",
            expected,
            "add “kind: …”",
        )
    return Problem(
        source.place((*path, "kind")),
        f"{_name(path, source)} is of a kind that does not exist",
        quoted(found),
        expected,
        did_you_mean(word_meant(found, QUESTION_KINDS), QUESTION_KINDS),
    )


def _tell_pattern(details: ErrorDetails, path: Path, source: Source) -> Problem:
    in_key = details["loc"][-1] == "[key]"
    pattern = str(details.get("ctx", {}).get("pattern"))
    written = str(path[-1]) if in_key else value_at(source.data, path)
    form = "write it in this form, wherever it is named"
    hint = form if in_key else mend_with_gap(source.data, path, form)
    return Problem(
        source.key_place(path) if in_key else source.place(path),
        f"{_name(path, source)} is not written as an id",
        quoted(str(path[-1])) if in_key else _found(path, source),
        PATTERNS.get(pattern, pattern),
        _as_window(written) or _in_form(written, pattern) + form if hint == form else hint,
    )


def _as_window(written: object) -> str:
    """Hours in place of the name of a window; empty where it is none."""
    try:
        read_weekly(in_notation(str(written)))
    except NotWeekly:
        return ""
    return f"write “name: {written}” below `windows:`, and that name here"


def _in_form(written: object, pattern: str) -> str:
    """An id as it may be meant, where only its letters or a step before it are wrong."""
    joint = "_" if pattern == QUESTION_PATTERN else "-"
    plain = re.sub(r"[\s_-]+", joint, str(written).rpartition(".")[2].casefold())
    return f"did you mean {quoted(plain)}? Else " if re.fullmatch(pattern, plain) else ""


def _tell_empty(details: ErrorDetails, path: Path, source: Source) -> Problem:
    context = details["ctx"]
    least, count = context["min_length"], context.get("actual_length")
    is_text = details["type"] == "string_too_short"
    return Problem(
        source.place(path),
        f"{_name(path, source)} is too short",
        "nothing" if is_text or not count else f"{count} of them",
        "some text" if is_text else f"at least {least} of them",
        "fill it in, or take the field away if it may be left out",
    )


def _tell_too_long(details: ErrorDetails, path: Path, source: Source) -> Problem:
    context, is_text = details.get("ctx", {}), details["type"] == "string_too_long"
    return Problem(
        source.place(path),
        f"{_name(path, source)} is too long",
        _found(path, source) if is_text else "more of them",
        f"at most {context.get('max_length')} {'characters' if is_text else 'of them'}",
        "shorten it",
    )


def _tell_shape(details: ErrorDetails, path: Path, source: Source) -> Problem:
    found = value_at(source.data, path)
    return Problem(
        source.place(path),
        f"{_name(path, source)} has the wrong shape",
        _found(path, source),
        SHAPES.get(details["type"], details["msg"]),
        value_meant(path, found)
        or _in_row(path, found, source)
        or _in_shape(SHAPES.get(details["type"], ""), found)
        or mend_with_gap(source.data, path, "write it as in policies/README.md"),
    )


def _in_row(path: Path, found: object, source: Source) -> str:
    """A value in brackets, which stand for rows with dates; empty elsewhere."""
    model = model_at(source.data, path)
    if not isinstance(found, str) or model is None or not issubclass(model, DatedRow):
        return ""
    return f"write {quoted(found)} alone, or {{from: 2027-01-01, value: {found}, source: …}}"


def _in_shape(expected: str, found: object) -> str:
    """The same words as a list or as fields, where it is plain how; empty elsewhere."""
    if not isinstance(found, str):
        return ""
    if expected.startswith("a list") and re.fullmatch(r"[\w-]+(, *[\w-]+)*", found):
        return f"write “[{found}]”"
    pair = re.fullmatch(r"(?P<field>\w+?)(?: *[=:]+ *| is |(?<=side) )(?P<value>[\w-]+)", found)
    if expected.startswith("fields") and pair:
        return f"did you mean “{{{pair['field']}: {pair['value']}}}”?"
    return ""


def _found(path: Path, source: Source) -> str:
    found = value_at(source.data, path)
    if isinstance(found, str):
        return quoted(found) if found else "nothing"
    return "a list" if isinstance(found, list) else "a mapping of fields"


TELLERS: Mapping[str, Callable[[ErrorDetails, Path, Source], Problem]] = {
    "missing": _tell_missing,
    UNKNOWN: _tell_unknown_field,
    "unreadable": _tell_unreadable,
    "literal_error": _tell_word,
    "union_tag_invalid": _tell_tag,
    "union_tag_not_found": _tell_tag,
    "string_pattern_mismatch": _tell_pattern,
    "string_too_short": _tell_empty,
    "too_short": _tell_empty,
    "string_too_long": _tell_too_long,
    "too_long": _tell_too_long,
}

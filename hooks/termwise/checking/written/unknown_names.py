"""Ids that name nothing: told from the file as written, so that no other problem hides them."""

from collections.abc import Iterable, Iterator, Mapping

from termwise.checking.written.gap_hints import mend_with_gap
from termwise.policy_form.fields import Reference, fields_of
from termwise.policy_form.policy_file import PolicyFile
from termwise.policy_form.yaml_text.source import Data, Source, value_at
from termwise.problems import Problem, did_you_mean, listed, quoted

HOLDERS: Mapping[str, str] = {
    "window": "windows",
    "question": "questions",
    "charge": "charges",
    "surcharge": "surcharges",
    "discount": "discounts",
    "limit": "limits",
    "allowance": "allowances",
    "condition": "conditions",
    "response": "responses",
    "service": "services",
    "reading": "readings",
    "gap": "gaps",
    "outside fact": "outside",
}


def unknown_names(source: Source, named: Iterable[Reference]) -> Iterator[Problem]:
    """Every id named that stands for nothing, also in a file whose shape is wrong elsewhere."""
    known = known_names(source.data)
    for one in named:
        names = known.get(one.what)
        if names is not None and one.name not in names:
            yield Problem(
                source.key_place(one.path) if one.in_key else source.place(one.path),
                f"There is no {one.what} of this name",
                quoted(one.name),
                f"one of {listed(names, one.name)}" if names else f"an entry of `{_holder(one)}`",
                _mend(source.data, one, names),
                lacking=one.name,
            )


def _holder(reference: Reference) -> str:
    return HOLDERS.get(reference.what, "sections")


def _mend(data: Data, reference: Reference, names: Iterable[str]) -> str:
    """What to name instead, what to add, or what to take away."""
    near = did_you_mean(reference.name, names)
    if reference.what == "gap":
        entry = f"{reference.name}: {{clause: …, text: …}}"
        add = f"add “{entry}” below “gaps:”, which stands at the left edge of the file"
        return f"{near} Or {add}" if near.endswith("?") else add
    if reference.what == "clause":
        citing = ".".join(map(str, reference.path[:-1]))
        other = f"f the clause is gone, take “{citing}” away, or cite another one there"
        return f"{near} I{other}" if near.endswith("?") else f"{near}; i{other}"
    mend = near if names else f"add “{reference.name}: …” below “{_holder(reference)}:”"
    is_near = near.endswith("?") or reference.in_key
    return mend if is_near else mend_with_gap(data, reference.path, mend)


def known_names(data: Data) -> dict[str, list[str]]:
    """What may be named, by what it is; without the kinds whose place in the file is unclear."""
    fields = data if isinstance(data, dict) else {}
    misspelt = set(fields) - set(fields_of(PolicyFile))
    known = {
        what: list(held)
        for what, field in HOLDERS.items()
        # A misspelt field may be the one that is missing: one problem is enough for it.
        if isinstance(held := fields.get(field, "" if misspelt else {}), dict)
    }
    sections = fields.get("sections")
    return known | ({"clause": _clauses(sections)} if isinstance(sections, list) else {})


def _clauses(sections: Iterable[Data]) -> list[str]:
    clauses = [value_at(section, ("clauses",)) for section in sections]
    named = [value_at(one, ("id",)) for held in clauses if isinstance(held, list) for one in held]
    return list(dict.fromkeys(name for name in named if isinstance(name, str)))

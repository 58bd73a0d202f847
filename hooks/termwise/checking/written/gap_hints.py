"""How to mend words where a figure is expected: whoever writes “not published” means a gap."""

from termwise.policy_form.fields import gap_may_stand_at, type_at
from termwise.policy_form.values import kind_of
from termwise.policy_form.yaml_text.source import Data, Path, value_at

TAX_RATE: Path = ("tax", "rate")
# Without these nothing could be counted, so that no gap can stand for them.
LENGTHS = ("length", "duration", "per", "step", "months")
UNPUBLISHED = "if the page does not publish it, write"


def mend_with_gap(data: Data, path: Path, otherwise: str) -> str:
    """How to mend what cannot be read at a path: `otherwise`, and before it a gap where one fits.

    Words in any language may say that a figure is not published; only figures have a digit.
    """
    hint = _hint(data, path) if _is_no_figure(value_at(data, path)) else ""
    return f"{hint}; else {otherwise}" if hint else otherwise


def _is_no_figure(written: Data | None) -> bool:
    if isinstance(written, dict):
        return "gap" in written
    return isinstance(written, str) and not any(map(str.isdigit, written))


def _hint(data: Data, path: Path) -> str:
    if path == TAX_RATE:
        return (
            f"{UNPUBLISHED} {{gap: …}} in its place, named after an entry of `gaps`, where it says "
            "whether tax is included, else “tax: not stated”"
        )
    if gap_may_stand_at(data, path):
        return f"{UNPUBLISHED} {{gap: …}} in its place, named after an entry of `gaps`"
    if gap_may_stand_at(data, path[:-1]):
        return f"{UNPUBLISHED} “{path[-2]}: {{gap: …}}”, named after an entry of `gaps`"
    if kind_of(type_at(data, path)) in LENGTHS:
        return "no gap can stand here: if the page does not publish it, leave the rule out"
    return ""

"""The change of a file as a patch that `git apply` takes."""

from difflib import unified_diff

NO_NEWLINE = "\\ No newline at end of file\n"


def patch(path: str, old: str, new: str) -> str:
    """From one text of a file to another, by its path from the root; empty where they are equal."""
    before, after = old.split("\n"), new.split("\n")
    lines = unified_diff(_lines(before), _lines(after), f"a/{path}", f"b/{path}")
    return "".join(line if line.endswith("\n") else f"{line}\n{NO_NEWLINE}" for line in lines)


def _lines(parts: list[str]) -> list[str]:
    """Lines with their ends: only these break a line for git."""
    return [f"{part}\n" for part in parts[:-1]] + [one for one in parts[-1:] if one]

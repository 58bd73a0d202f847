"""Where the pages of editions stand, seen from the address of their provider."""

from termwise.compiling.edition import Edition

FROM_EVER = "first"
"""The place of a first edition whose beginning is not stated."""


def place_of(edition: Edition) -> str:
    """The name of an edition in its address: its first day."""
    return edition.effective.isoformat() if edition.effective else FROM_EVER

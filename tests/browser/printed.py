"""What a browser prints."""

import re


def pages_of(pdf: bytes) -> int:
    """How many pages a PDF has."""
    return len(re.findall(rb"/Type ?/Page\b", pdf))

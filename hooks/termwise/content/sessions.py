"""What the browser's Python must be able to price, known by what it is.

The code that makes it is another thing: a comment there must not cut the interpreter again, which
takes most of a minute. So the digest of the sessions is kept under the digest of that code.
"""

import json
from typing import Any

from termwise import places
from termwise.browser import Sessions
from termwise.kept.digests import digest_of, digest_of_code, digest_of_files, files_in
from termwise.kept.files import keep_text

CACHE = places.CACHE / "sessions"


def kept_sessions() -> Sessions:
    """The worked examples as calculators ask them, read when they are needed."""
    examples = digest_of_files(files_in(places.EXAMPLES), places.ROOT)
    file = CACHE / digest_of(digest_of_code(), examples)
    try:
        digest = file.read_text(encoding="utf-8")
    except OSError:
        digest = digest_of(json.dumps(_sessions()))
        keep_text(file, digest)
    return Sessions(digest, _sessions)


def _sessions() -> list[dict[str, Any]]:
    from termwise.pages.calculator.samples import calculator_samples  # noqa: PLC0415
    from termwise.scenarios.worked import worked_examples  # noqa: PLC0415

    return calculator_samples(worked_examples())

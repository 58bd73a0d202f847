"""Where the tests find what they read."""

from pathlib import Path

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
DOCS = ROOT / "docs"
POLICIES = ROOT / "policies"
SOUND = TESTS / "checking" / "broken" / "sound"
"""A provider without a problem, which each mistake is planted in."""

GENERALITY = TESTS / "generality" / "policies"
"""Companies that are not in the repository."""

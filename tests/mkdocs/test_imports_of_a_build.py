"""What reads, checks and prices policies ends with its own process, before MkDocs builds pages."""

import subprocess
import sys

IN_THE_BUILD = """
import sys
import termwise.mkdocs.build, termwise.mkdocs.events
import termwise.content.kept, termwise.content.made, termwise.content.terms_lists
print(*sorted(sys.modules))
"""
LEFT_TO_THE_OTHER = ("holidays", "pydantic", "termwise.checking", "termwise.reading.policies")


def test_a_build_holds_no_more_than_pages_need() -> None:
    """Each of these takes megabytes, in a process that needs none of them."""
    command = [sys.executable, "-c", IN_THE_BUILD]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    imported = run.stdout.split()
    assert "termwise.site.finish" in imported
    assert [name for name in LEFT_TO_THE_OTHER if name in imported] == []

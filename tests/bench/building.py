"""What a build of the site takes, against as many hand-written Material pages."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from termwise.content.made import made_content
from termwise.pages.ready_html import READY
from tests.bench.figures import Figure, of_rounds
from tests.bench.many_providers import write_providers

ROOT = Path(__file__).resolve().parents[2]
REAL_PROVIDERS = 5
LANGUAGES = ("en", "pl", "da", "pt")
# Material with the same four languages, as anybody would set it up who writes pages by hand.
CONFIGURATION = """
site_name: Hand-written
site_url: http://127.0.0.1:8000/
theme: {name: material, font: false}
markdown_extensions: [attr_list, md_in_html, admonition, tables, toc]
plugins:
  - search
  - i18n:
      docs_structure: suffix
      reconfigure_search: false
      languages:
        - {locale: en, name: English, default: true}
        - {locale: pl, name: Polski}
        - {locale: da, name: Dansk}
        - {locale: pt, name: Português}
"""

METER = Path(__file__).with_name("meter.py")


@dataclass(frozen=True)
class Build:
    """What one build took of a processor and of memory, with all that it ran."""

    seconds: float
    megabytes: float


def measure_building(work: Path, rounds: int) -> list[Figure]:
    """Build both in turn; processor seconds, since other work on the machine does not count.

    The first build of each only fills what is kept from one build to the next.
    """
    hand_written = work / "hand-written"
    write_by_hand(hand_written, ROOT / "policies")
    ours, theirs = [], []
    for number in range(rounds + 1):
        policies = write_providers(work / f"policies-{number}", REAL_PROVIDERS)  # nothing is kept
        theirs.append(build_by_mkdocs(hand_written, work / f"theirs-{number}"))
        ours.append(build_by_termwise(policies, work / f"ours-{number}"))
    _same_number_of_pages(work)
    return _compared(ours[1:], theirs[1:])


def _compared(ours: list[Build], theirs: list[Build]) -> list[Figure]:
    pairs = list(zip(ours, theirs, strict=True))
    return [
        of_rounds("build of the site", "CPU s", [one.seconds for one in ours]),
        of_rounds("build of hand-written pages", "CPU s", [one.seconds for one in theirs]),
        *against_hand_written("build, ratio", "build, memory, ratio", pairs),
    ]


def against_hand_written(
    time: str, memory: str, pairs: Sequence[tuple[Build, Build]]
) -> list[Figure]:
    """Two figures of these names, from each round's build of ours and of hand-written pages.

    Each round's ratio, since both sides of a round meet the same other work.
    """
    seconds = [ours.seconds / theirs.seconds for ours, theirs in pairs]
    megabytes = [ours.megabytes / theirs.megabytes for ours, theirs in pairs]
    unit = "of hand-written"
    return [
        of_rounds(time, unit, seconds, limit=1.2),
        of_rounds(memory, unit, megabytes, limit=1.2),
    ]


def write_by_hand(folder: Path, policies: Path) -> None:
    """The pages of these policies with the same text, as files."""
    docs = folder / "docs"
    docs.mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(CONFIGURATION, encoding="utf-8")
    content = made_content(policies)
    for page in content.pages:
        _write(docs / _file_name(page.place.name, page.language), page.markdown.read_text("utf-8"))
    for source in (ROOT / "docs").rglob("*.md"):
        if "decisions" not in source.parts:
            text = source.read_text(encoding="utf-8")
            for name, texts in content.markers.items():
                language = source.suffixes[0][1:] if len(source.suffixes) > 1 else "en"
                text = text.replace(f"<!-- termwise:{name} -->", texts[language])
            _write(docs / source.relative_to(ROOT / "docs"), text)


def _file_name(name: str, language: str) -> str:
    return f"{name}.md" if language == "en" else f"{name}.{language}.md"


def _write(target: Path, text: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(READY.sub(r"\1", text), encoding="utf-8")


def build_by_mkdocs(folder: Path, site: Path) -> Build:
    """Build hand-written pages, as anybody would who waits for them."""
    return _measured([sys.executable, "-m", "mkdocs", "build", "--quiet"], folder, site)


def build_by_termwise(policies: Path, site: Path) -> Build:
    """Build the site of a folder of policies; what was made of that folder before is kept."""
    termwise = str(Path(sys.executable).with_name("termwise"))
    return _measured([termwise, "build", "--policies", str(policies)], ROOT, site)


def _measured(build: list[str], folder: Path, site: Path) -> Build:
    """Build once."""
    option = "--site-dir" if "mkdocs" in build else "--site"
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    command = [sys.executable, "-I", str(METER), *build, option, str(site)]
    run = subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
    seconds, kilobytes = json.loads(run.stdout.splitlines()[-1])
    return Build(seconds, kilobytes / 1024)


def _same_number_of_pages(work: Path) -> None:
    """A comparison of different sites would say nothing."""
    counts = {
        site: sum(1 for page in (work / site).rglob("*.html") if "assets" not in page.parts)
        for site in ("ours-0", "theirs-0")
    }
    # The page for lost addresses belongs to the theme; those to show offline are no pages.
    assert counts["ours-0"] == counts["theirs-0"], counts
    for folder in work.glob("*-[0-9]*"):
        shutil.rmtree(folder)

"""What others have made of the site is named with its licence, file by file."""

import json
import re
from importlib.metadata import version
from pathlib import Path
from urllib.parse import unquote

import material
import pytest

from termwise import places
from termwise.site.errors import SiteError
from termwise.site.licences import NAME, PARTS, Part, Text, write

OWN = (
    *("api/v1/**/*.json", "schema/*.json", "service-worker.js", "sitemap.xml*", NAME),
    *("**/*.atom", "**/*.ics", "assets/images/*", "assets/termwise/scripts-*/*.js"),
    *("assets/termwise/sources/*.json", "assets/termwise/styles-*/editor.css"),
    *("data/bench.json", "search/*.json", "**/terms.md", "robots.txt", "llms.txt"),
    "api/openapi.json",
)
"""Made here, of nothing that somebody else has written: every other file needs a part."""

CALLED = {stage: f"{places.ASSETS}/{stage}-*" for stage in ("interpreter", "library")}
"""What only a runtime of another stage has."""

ICON = re.compile(r"data:image/svg\+xml[^,]*,(.*?)[\"']?\)(?=[;},])")
SHAPE = re.compile(r" d=['\"]([^'\"]+)")


def test_every_file_is_ours_or_named_with_its_licence(built_site: Path) -> None:
    """Whatever comes to be shipped is seen here first; no part is named that is not shipped."""
    patterns = [pattern for part in PARTS for pattern in part.files]
    named = {file for pattern in (*OWN, *patterns) for file in built_site.glob(pattern)}
    shipped = {file for file in built_site.rglob("*") if file.is_file()}
    assert sorted(map(str, shipped - named)) == []
    absent = [pattern for pattern in patterns if not any(built_site.glob(pattern))]
    assert all(pattern.startswith(tuple(one[:-1] for one in CALLED.values())) for pattern in absent)


def test_each_part_is_told_with_its_version_and_text(built_site: Path) -> None:
    """Those of what is installed."""
    told = (built_site / NAME).read_text("utf-8")
    pyodide = json.loads((places.NODE_MODULES / "pyodide" / "package.json").read_bytes())
    assert f"pyodide.git, version {pyodide['version']}" in told
    assert f"mkdocs-material, from PyPI, version {version('mkdocs-material')}" in told
    for words in (
        "Mozilla Public License Version 2.0",
        "PYTHON SOFTWARE FOUNDATION LICENSE VERSION 2",
        "Apache License",
        "UNICODE LICENSE V3",
        "Martin Donath",
        "GitHub Inc.",
        "Pictogrammers",
        "Fonticons",
        "Luca Ongaro",
        "Samuel Colvin",
        "GNU LESSER GENERAL PUBLIC LICENSE",
        "The Termwise authors",
    ):
        assert words in told, words


def test_every_icon_is_of_a_set_that_is_named(built_site: Path) -> None:
    """Material's sheet holds icons as data, from some of the sets that it brings along."""
    icons = Path(material.__file__).parent / "templates" / ".icons"
    sets = {
        Path(text.file).parent.name
        for part in PARTS
        for text in part.texts
        if ".icons" in text.file
    }
    drawn = {
        shape
        for name in sets
        for file in (icons / name).rglob("*.svg")
        for shape in SHAPE.findall(file.read_text("utf-8"))
    }
    (sheet,) = built_site.glob("assets/termwise/styles-*/site.css")
    used = {unquote(icon) for icon in ICON.findall(sheet.read_text("utf-8"))}
    shapes = {shape for icon in used for shape in SHAPE.findall(icon)}
    assert shapes
    assert shapes - drawn == set()


def test_a_licence_that_is_gone_stops_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the package and the file that was looked for."""
    moved = Part("x", "MIT", ("*",), package="babel", texts=(Text("babel", "no/such/LICENSE"),))
    monkeypatch.setattr("termwise.site.licences.PARTS", (moved,))
    with pytest.raises(SiteError, match="babel brings no no/such/LICENSE"):
        write(tmp_path)

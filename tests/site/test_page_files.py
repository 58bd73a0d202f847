"""The scripts and styles of pages, put together; mistakes in them stop the build."""

import shutil
from pathlib import Path

import material
import pytest

from termwise.npm_programs import MissingProgram
from termwise.site.errors import SiteError
from termwise.site.scripts_and_styles import HEAD_SCRIPTS, page_files
from tests.places import ROOT

NODE_MODULES = ROOT / "node_modules"
THEME = [str(Path(material.__file__).parent / "templates")]


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """A copy of the scripts and styles."""
    shutil.copytree(ROOT / "docs" / "assets", tmp_path / "assets")
    return tmp_path


def test_a_page_gets_one_script_and_one_sheet(docs: Path) -> None:
    """Nothing in them asks for another; Material's rules come before ours."""
    made = page_files(docs, THEME, NODE_MODULES)
    contents = {path: content.decode() for path, content in made.files.items()}
    sheet = contents["assets/stylesheets/site.css"]
    assert "@import" not in sheet
    assert 0 < sheet.index(".md-typeset") < sheet.index(".tw-quote")
    assert "termwise-calculator" in contents["assets/javascripts/calculator.js"]
    assert not any("import{" in text or 'from"' in text for text in contents.values())
    assert set(made.head) == set(HEAD_SCRIPTS)
    assert page_files(docs, THEME, NODE_MODULES) == made
    (docs / "assets/stylesheets/policy.css").write_text(".new{color:red}", "utf-8")
    assert b".new{" in page_files(docs, THEME, NODE_MODULES).files["assets/stylesheets/site.css"]


def test_a_mistake_in_a_script_is_told_with_its_place(docs: Path) -> None:
    """As esbuild tells it: file, line, and what it expected."""
    (docs / "assets/javascripts/site.js").write_text('import "./search.js";\nlet = ;\n')
    with pytest.raises(SiteError, match=r"(?s)Unexpected.*/site\.js:2:6:"):
        page_files(docs, THEME, NODE_MODULES)


def test_a_missing_program_is_told_with_its_mend(docs: Path, tmp_path: Path) -> None:
    """Nothing was installed yet."""
    with pytest.raises(MissingProgram, match="esbuild: run `make setup`"):
        page_files(docs, THEME, tmp_path / "none")

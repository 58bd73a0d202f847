"""PO files are sound to those who translate: gettext, and translate-toolkit's pofilter.

Poedit checks by gettext's rules, Weblate by the same flags.
"""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner
from translate.filters import checks
from translate.filters.pofilter import pocheckfilter
from translate.storage.pypo import pofile

from termwise import places
from termwise.commands.termwise import main
from tests.places import POLICIES, SOUND

INTERFACE = places.TERMWISE / "words" / "locales"
FILES = [*sorted(POLICIES.glob("*/*.po")), *sorted(INTERFACE.glob("*.po"))]
OTHER_IN_EACH_LANGUAGE = {
    "pythonbraceformat": "a slot may take a case: {work.per|genitive}, {length:genitive}",
    "puncspacing": "„, » and § take other spaces",
    "doublequoting": "„ ”, » «, « »",
    "startpunc": "„ and » at the head of a text",
    "endpunc": "Danish writes min. with a full stop, and words to search by have none",
    "startwhitespace": "what follows a figure may take a comma in one language alone",
    "simplecaps": "English writes Monday, Polish poniedziałek",
    "startcaps": "„ before the first letter",
    "acronyms": "VAT is moms in Danish",
    "numbers": "1.6 is 1,6",
    "unchanged": "names stay",
    "brackets": "a name in another language stands with a translation in brackets",
    "sentencecount": "a full stop within a number or an abbreviation",
    "doublewords": "a sentence may begin with the word that ended the one before",
}
"""What pofilter takes for slips and is none, and why."""

needs_gettext = pytest.mark.skipif(not shutil.which("msgfmt"), reason="gettext is not installed")


def refused(*files: Path) -> str:
    """What msgfmt says of files, its warnings too; of some versions more than of others."""
    said = [
        subprocess.run(
            ["msgfmt", "--check", "--output-file=/dev/null", file],
            capture_output=True,
            text=True,
            check=False,
        ).stderr
        for file in files
    ]
    return "".join(said)


def filtered(*files: Path) -> Iterator[str]:
    """Every slip that pofilter finds in files."""
    options = SimpleNamespace(
        limitfilters=None,
        excludefilters=[*OTHER_IN_EACH_LANGUAGE],
        includefuzzy=True,
        includereview=True,
        autocorrect=False,
        addnotes=False,
        error=None,
    )
    classes = [checks.StandardChecker, checks.StandardUnitChecker]
    for file in files:
        language = checks.CheckerConfig(targetlanguage=file.stem)
        finder = pocheckfilter(options, classes, language)
        for unit in pofile.parsefile(str(file)).units:
            for name, told in (finder.filterunit(unit) or {}).items():
                yield f"{file.name}: {unit.source}: {name}: {told['message']}"


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a policy whose translations the command has begun and renewed."""
    folder = tmp_path_factory.mktemp("begun") / "policies" / "tidewater"
    shutil.copytree(SOUND / "tidewater", folder)
    policy = folder / "policy.yaml"
    text = policy.read_text("utf-8")
    policy.write_text(text.replace("At night only.", "Only at night."), "utf-8")
    told = CliRunner().invoke(main, ["translations", "--policies", str(folder.parent)])
    assert told.exit_code == 0, told.stderr
    return folder


@needs_gettext
def test_gettext_takes_every_file() -> None:
    """Without a warning: headers are whole, and braces that are not Python's are declared."""
    assert refused(*FILES) == ""


@needs_gettext
def test_gettext_takes_what_the_command_writes(begun: Path) -> None:
    """Files that it begins; a translation whose text has changed is fuzzy and goes with it."""
    assert refused(begun / "da.po", begun / "pt.po") == ""


@needs_gettext
def test_gettext_still_finds_a_lost_slot(tmp_path: Path) -> None:
    """What is declared is only what is not Python's."""
    text = (INTERFACE / "da.po").read_text("utf-8")
    place = text.index("\n#, python-brace-format\n")
    before, slot, after = text[place:].partition('msgstr "')
    broken = tmp_path / "da.po"
    broken.write_text(text[:place] + before + slot + "{none} " + after, "utf-8")
    assert "argument 'none' doesn't exist in 'msgid'" in refused(broken)


def test_pofilter_takes_every_file(begun: Path) -> None:
    """But for what differs between languages, and what is not translated yet."""
    assert list(filtered(*FILES)) == []
    new = [one for one in filtered(begun / "pt.po") if ": untranslated: " not in one]
    assert new == []


@needs_gettext
def test_a_new_language_begins_with_the_template(begun: Path, tmp_path: Path) -> None:
    """By gettext, which makes a file of it that it takes itself, with every text of the policy."""
    told = CliRunner().invoke(
        main, ["translations", begun.name, "--template", "--policies", str(begun.parent)]
    )
    template, german = tmp_path / "tidewater.pot", tmp_path / "de.po"
    template.write_text(told.stdout, "utf-8")
    command = ["msginit", "--no-translator", "--locale=de", "-i", template, "-o", german]
    subprocess.run(command, capture_output=True, check=True)
    assert refused(german) == ""
    contexts = [unit.getcontext() for unit in pofile.parsefile(str(german)).units]
    ours = [unit.getcontext() for unit in pofile.parsefile(str(begun / "pt.po")).units]
    assert contexts == ours

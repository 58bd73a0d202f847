"""The report on a change: what a pull request does to terms and prices, between git revisions."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from termwise.commands.termwise import main
from termwise.reports import markdown as report_markdown
from termwise.reports.markdown_text import escaped, word_difference
from tests.conftest import ROOT

MONEY_SPACE = "\u00a0"


class Repository:
    """A git repository with a folder of policies, to be changed and compared."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.policies = folder / "policies"
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str) -> None:
        """Run git as somebody, without the settings of this machine."""
        somebody = ["-c", "user.name=Somebody", "-c", "user.email=somebody@termwise.example"]
        nowhere = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        command = ["git", "-C", self.folder, *somebody, *arguments]
        subprocess.run(command, env=os.environ | nowhere, check=True, capture_output=True)

    def take(self, *providers: str) -> None:
        """Add policies of this repository."""
        for provider in providers:
            shutil.copytree(ROOT / "policies" / provider, self.policies / provider)

    def commit(self, tag: str) -> None:
        """Commit everything under a name."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", tag)
        self.git("tag", tag)

    def edit(self, file: str, old: str, new: str) -> None:
        """Replace a text that stands in a file once."""
        path = self.policies / file
        text = path.read_text("utf-8")
        assert text.count(old) == 1, f"{file} holds {text.count(old)} times {old!r}"
        path.write_text(text.replace(old, new), "utf-8")

    def diff(self, *revisions: str) -> Result:
        """Run the command as a user would."""
        return CliRunner().invoke(main, ["diff", "--policies", str(self.policies), *revisions])

    def report(self, *revisions: str) -> str:
        """The report, with plain spaces in its figures."""
        result = self.diff(*revisions)
        assert (result.exit_code, result.stderr) == (0, "")
        return result.stdout.replace(MONEY_SPACE, " ")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """Two policies, committed as `before`."""
    made = Repository(tmp_path)
    made.take("mastiff", "satisoft")
    made.commit("before")
    return made


def part(report: str, title: str) -> list[str]:
    """The lines under a heading, without empty ones."""
    after = report.split(f"{title}\n", 1)[1]
    lines = after.split("\n#", 1)[0].splitlines()
    return [line for line in lines if line]


def test_nothing_changed(repository: Repository) -> None:
    """A change outside the policies says so in one sentence."""
    assert repository.report("before").endswith("No change in terms, prices or translations.\n")


def test_a_price_changes_clauses_and_quotes(repository: Repository) -> None:
    """One value moves the clauses that state it and every quote that rests on it."""
    repository.edit("mastiff/policy.yaml", "price: 100.00", "price: 110.00")
    report = repository.report("before")
    assert part(report, "### Values as written") == [
        "- `charges.labour.price`: ~~100.00~~ **110.00**"
    ]
    clauses = part(report, "### Clauses and other texts (pl governs)")
    assert [line.split(":")[0] for line in clauses] == [
        "- `glance.base`",
        "- `glance.evening-night`",
        "- § 14 `base-rate`",
    ]
    assert "wynosi ~~100,00 zł~~ **110,00 zł** netto" in clauses[-1]
    # 17:30 to 19:00: an hour of the office at 100, an evening hour at 200, both with VAT.
    row = "`remote-help`: with its defaults | "
    assert any(
        line.startswith(f"| {row}") and line.endswith("| PLN 369.00 | PLN 405.90 | +PLN 36.90 |")
        for line in part(report, "### Prices")
    )
    assert "satisoft" not in report


def test_the_largest_changes_come_first_and_the_rest_is_counted(repository: Repository) -> None:
    """The table of prices is bounded; every scenario is in a row or in the count of the rest."""
    repository.edit("mastiff/policy.yaml", "price: 100.00", "price: 110.00")
    lines = part(repository.report("before"), "### Prices")
    rows = [line.strip("| ").split(" | ") for line in lines if line.startswith("| `")]
    amounts = [float(row[-1].replace("+PLN ", "").replace(",", "")) for row in rows]
    assert len(rows) == report_markdown.MOST_ROWS
    assert amounts == sorted(amounts, reverse=True)
    shown = sum(int(row[1]) for row in rows)
    rest = int(lines[-1].split(" in ")[1].split()[0])
    assert lines[0].startswith(f"The price changes in {shown + rest} of ")


def test_a_price_that_is_no_longer_published_stands_first(repository: Repository) -> None:
    """A lost figure is no difference in money; it outweighs every such difference."""
    repository.edit("mastiff/policy.yaml", "evening: Mo-Su 18:00", "evening: Mo-Fr 18:00")
    first = next(
        line for line in part(repository.report("before"), "### Prices") if line.startswith("| `")
    )
    assert first.endswith("| PLN 246.00 | No price is published for this | – |")


def test_a_changed_clause_makes_its_translations_stale(repository: Repository) -> None:
    """The words that differ are marked, and each language that fell behind is named."""
    clause = "Cena zależy od pory doby i od dnia tygodnia."
    repository.edit("mastiff/policy.yaml", clause, "Cena zależy tylko od pory doby.")
    report = repository.report("before")
    assert part(report, "### Clauses and other texts (pl governs)") == [
        (
            "- § 13 `price-depends` (en stale, da stale, pt stale): Cena zależy **tylko** od pory "
            "~~doby i od dnia tygodnia.~~ **doby.**"
        )
    ]
    assert part(report, "### Translations that are not up to date") == [
        f"- {language}: 1 stale; new: `price-depends`" for language in ("en", "da", "pt")
    ]
    assert "| Mastiff monitory | 1 | 0 of " in report
    assert "### Prices" not in report


def test_stale_translations_of_before_are_not_called_new(repository: Repository) -> None:
    """What was stale already is counted, not named."""
    repository.edit("mastiff/policy.yaml", "przez całą dobę, we", "całodobowo, we")
    repository.commit("stale")
    repository.edit("mastiff/policy.yaml", "price: 100.00", "price: 110.00")
    report = repository.report("stale")
    assert "- pt: 1 stale" in part(report, "### Translations that are not up to date")
    assert "| 3, 0 of them new |" in report


def test_a_changed_translation_is_shown_in_its_language(repository: Repository) -> None:
    """A translator's edit changes neither terms nor prices."""
    repository.edit("mastiff/da.po", '"Kunderabat"', '"Rabat til kunder"')
    report = repository.report("before")
    assert part(report, "### Translations into da") == [
        "- `discount.client-discount`: ~~Kunderabat~~ **Rabat til kunder**"
    ]
    assert "### Prices" not in report


def test_new_gaps_and_readings_are_named(repository: Repository) -> None:
    """A gap that the change records stands in the report with its text."""
    gap = "gaps:\n  no-holidays: {clause: call-costs, text: Nie podano stawki w święta.}\n"
    repository.edit("mastiff/policy.yaml", "gaps:\n", gap)
    report = repository.report("before")
    assert part(report, "### New and removed gaps and readings") == [
        "- `gap.no-holidays`: **Nie podano stawki w święta.**"
    ]
    assert part(report, "### Translations that are not up to date")[0] == (
        "- en: 1 missing; new: `gap.no-holidays`"
    )


def test_data_that_no_text_and_no_price_shows_are_named(repository: Repository) -> None:
    """A telephone number is neither, but the digest of the terms changes with it."""
    repository.edit("mastiff/policy.yaml", "value: +48 601 888 312", "value: +48 601 888 313")
    report = repository.report("before")
    assert part(report, "### Parts of the compiled terms that differ") == ["`document.contacts`"]


def test_a_dated_price_is_told_from_its_date_on(repository: Repository) -> None:
    """A row for the future leaves the prices of today alone."""
    rows = """price:
      - {from: 2026-01-01, value: 100.00, source: the page}
      - {from: 2027-01-01, value: 120.00, source: the page}
"""
    repository.edit("mastiff/policy.yaml", "price: 100.00\n", rows)
    report = repository.report("before")
    assert "| PLN 369.00 | PLN 442.80 | +PLN 73.80 |" in report
    assert "charges.labour.price.1.value`: **120.00**" in report


def test_response_targets_are_compared(repository: Repository) -> None:
    """A slower first response is no price, but a change that customers feel."""
    repository.take("remote-utilities")
    repository.commit("with-support")
    repository.edit("remote-utilities/policy.yaml", "{within: 3 h", "{within: 4 h")
    rows = part(repository.report("with-support"), "### Response targets")
    assert len(rows) == 3
    assert rows[-1].endswith("| 3 hours | 4 hours |")


def test_a_longer_week_moves_the_moment_of_the_response(repository: Repository) -> None:
    """The target stays, the day on which it ends does not."""
    repository.take("remote-utilities")
    repository.commit("with-support")
    repository.edit("remote-utilities/policy.yaml", "Mo-Fr 08:00-17:00", "Mo-Sa 08:00-17:00")
    rows = part(repository.report("with-support"), "### Response targets")
    assert any("Saturday, 28 November 2026" in row for row in rows)


def test_new_and_removed_providers(repository: Repository) -> None:
    """A provider is introduced by what it offers and leaves open, and dismissed by name."""
    repository.take("iponto")
    shutil.rmtree(repository.policies / "satisoft")
    report = repository.report("before")
    assert part(report, "## New: iPonto (`iponto`)") == [
        "- services: `remote-assistance`",
        "- gaps: `sos-fee`, `tax-not-stated`",
        (
            "- readings: `every-day`, `partly-outside`, `calendar-year`, `excess-by-period`, "
            "`stopped-session`"
        ),
    ]
    assert "## Removed: `satisoft`" in report


def test_services_and_questions_come_and_go(repository: Repository) -> None:
    """What only one of the terms asks or offers is named; the rest is compared all the same."""
    (repository.policies / "small").mkdir()
    policy = repository.policies / "small" / "policy.yaml"
    policy.write_text(SMALL + REPAIR, "utf-8")
    repository.commit("two-services")
    asked = SMALL.replace("asks: [minutes]", "asks: [minutes]\n    questions: [urgent]")
    dearer = asked.replace("price: 10.00", "price: 20.00")
    policy.write_text(dearer.replace("charges:\n", URGENT + "charges:\n", 1), "utf-8")
    report = repository.report("two-services")
    assert part(report, "### Services") == ["- `service.repair.name`: ~~Repair~~"]
    prices = part(report, "### Prices")
    assert [line for line in prices if line.startswith("| `")] == [
        "| `advice`: with its defaults | 5 | €10.00 | €20.00 | +€10.00 |"
    ]


SMALL = """
provider: small
name: Small
language: en
effective: 2026-01-01
timezone: Europe/Lisbon
currency: EUR
source: {title: Prices, read: 2026-01-01}
tax: not stated
charges:
  work:
    label: Work
    clause: price
    price: 10.00
    per: session
sections:
  - {id: prices, title: Prices, clauses: [{id: price, text: 'Work costs {work.price}.'}]}
glance: [{id: price, clause: price, text: 'Work costs {work.price}.'}]
services:
  advice:
    name: Advice
    summary: Advice on the telephone.
    clause: price
    kind: session
    asks: [minutes]
    charges: [work]
    default: {minutes: 30}
"""
REPAIR = """  repair:
    name: Repair
    summary: Repair of what is broken.
    clause: price
    kind: session
    asks: [minutes]
    charges: [work]
    default: {minutes: 30}
"""
URGENT = """questions:
  urgent: {kind: yes-no, default: no, label: Is it urgent?}
"""


def test_two_revisions_leave_the_files_out(repository: Repository) -> None:
    """With HEAD given, what is not committed does not count."""
    repository.edit("mastiff/policy.yaml", "price: 100.00", "price: 110.00")
    repository.commit("dearer")
    repository.edit("mastiff/policy.yaml", "price: 110.00", "price: 990.00")
    report = repository.report("before", "dearer")
    assert report.startswith("# What changes in terms and prices\n\nFrom `before` to `dearer`.\n")
    assert "~~100.00~~ **110.00**" in report


def test_a_revision_without_the_folder_has_no_policies(tmp_path: Path) -> None:
    """The first policies are all new."""
    made = Repository(tmp_path)
    made.commit("empty")
    made.take("duxtel")
    assert "## New: DuxTel (`duxtel`)" in made.report("empty")


@pytest.mark.parametrize("revision", ["no-such-revision", "--output=stolen", "before:policies"])
def test_an_unknown_revision_is_wrong_use(repository: Repository, revision: str) -> None:
    """It ends with 2 and one sentence, and an option is never passed on to git."""
    result = repository.diff("--", revision)
    assert result.exit_code == 2
    assert f"git knows no revision “{revision}”." in result.stderr
    assert result.stdout == ""


def test_outside_of_git_is_wrong_use(tmp_path: Path) -> None:
    """A folder without history cannot be compared."""
    (tmp_path / "policies").mkdir()
    arguments = ["diff", "main", "--policies", str(tmp_path / "policies")]
    result = CliRunner().invoke(main, arguments, env={"GIT_CEILING_DIRECTORIES": str(tmp_path)})
    assert result.exit_code == 2
    assert "is in no git repository" in result.stderr
    assert "git init" in result.stderr


def test_problems_at_a_revision_are_all_told(repository: Repository) -> None:
    """A policy that cannot be read cannot be compared; the place names the revision."""
    repository.edit("mastiff/policy.yaml", "price: 100.00", "price: 100,00")
    repository.edit("satisoft/policy.yaml", "price: 200.00", "price: much")
    repository.commit("broken")
    repository.git("checkout", "--quiet", "before")
    result = repository.diff("broken")
    places = [line.split(": ")[0] for line in result.stderr.splitlines()]
    assert result.exit_code == 1
    assert places == [
        f"broken:{repository.policies}/mastiff/policy.yaml:41:12",
        f"broken:{repository.policies}/satisoft/policy.yaml:49:12",
    ]


def test_a_long_report_ends_in_time(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is posted as a comment is cut at the end of a line and says so."""
    monkeypatch.setattr(report_markdown, "MOST_CHARACTERS", 700)
    repository.edit("mastiff/policy.yaml", "price: 100.00", "price: 110.00")
    report = repository.report("before")
    assert len(report) < 800
    assert report.endswith("longer than a comment may be and ends here.\n")


def test_texts_are_taken_literally() -> None:
    """No text of a policy becomes markup, an element, a table cell or somebody's name."""
    assert escaped("*a* <b> | @team #1 &lt;\n_x_") == (r"\*a\* \<b\> \| &#64;team \#1 \&lt; \_x\_")


def test_words_that_differ_are_marked() -> None:
    """Whole words are struck through and set bold; the others stay as they are."""
    assert word_difference("costs 100 net today", "costs 110 net") == (
        "costs ~~100~~ **110** net ~~today~~"
    )


def test_a_value_that_is_no_longer_published_is_a_new_gap(repository: Repository) -> None:
    """The gap stands in place of the value, its text is new, and the quotes that need it say so."""
    repository.edit(
        "mastiff/policy.yaml", "evening: {times: 2,", "evening: {times: {gap: evening},"
    )
    gap = "  evening: {clause: evening-rate, text: Strona nie podaje stawki na wieczór.}\n"
    repository.edit("mastiff/policy.yaml", "\ngaps:\n", f"\ngaps:\n{gap}")
    report = repository.report("before")
    assert part(report, "### Values as written") == [
        r"- `charges.labour.rate.windows.evening.times`: ~~2~~ **\{gap: evening\}**"
    ]
    assert part(report, "### New and removed gaps and readings") == [
        "- `gap.evening`: **Strona nie podaje stawki na wieczór.**"
    ]
    rows = [line for line in part(report, "### Prices") if line.startswith("| `")]
    assert any("plus an amount that is not published" in row for row in rows)

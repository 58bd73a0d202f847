"""The report on a change: what a pull request does to terms and prices, between git revisions."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from termwise.commands.termwise import main
from termwise.reports import markdown as report_markdown
from termwise.reports.markdown_lists import MOST_ROWS
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
        """Add policies of this repository, as if their pages gave a date."""
        for provider in providers:
            shutil.copytree(ROOT / "policies" / provider, self.policies / provider)
            self.edit(f"{provider}/policy.yaml", "effective: not stated", "effective: 2026-01-01")

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

    def check(self, what: str) -> list[str]:
        """The remarks of `check` that begin so; the policies are sound."""
        result = CliRunner().invoke(main, ["check", "--policies", str(self.policies)])
        assert result.exit_code == 0
        return [line for line in result.stderr.splitlines() if f": {what}: " in line]

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
        (
            "- `charges.labour.price`: ~~100.00~~ **110.00** – Remote help, Tuesday, 6"
            " January 2026,"
            " 17:30, 90 minutes: PLN 369.00 → PLN 405.90"
        )
    ]
    clauses = part(report, "### Clauses and other texts (pl governs)")
    assert [line.split(":")[0] for line in clauses] == [
        "- `glance.base`",
        "- `glance.evening-night`",
        "- § 14 `base-rate`",
    ]
    assert "wynosi ~~100,00 zł~~ **110,00 zł** netto" in clauses[-1]
    # 17:30 to 19:00: an hour of the office at 100, an evening hour at 200, both with VAT.
    row = "Remote help, Tuesday, 6 January 2026, 17:30, 90 minutes | "
    assert any(
        line.startswith(f"| {row}") and line.endswith("| PLN 369.00 | PLN 405.90 | +PLN 36.90 |")
        for line in part(report, "### Prices")
    )
    assert "satisoft" not in report


def test_the_largest_changes_come_first_and_the_rest_is_folded(repository: Repository) -> None:
    """The table that is seen at once is bounded; every other change is a row behind a click."""
    repository.edit("mastiff/policy.yaml", "price: 100.00", "price: 110.00")
    lines = part(repository.report("before"), "### Prices")
    fold = next(index for index, line in enumerate(lines) if line.startswith("<details>"))
    shown, folded = rows_of(lines[:fold]), rows_of(lines[fold:])
    amounts = [float(row[-1].replace("+PLN ", "").replace(",", "")) for row in (*shown, *folded)]
    assert len(shown) == MOST_ROWS
    assert amounts == sorted(amounts, reverse=True)
    count, hidden = (sum(int(row[1]) for row in rows) for rows in (shown, folded))
    assert lines[0].startswith(f"The price changes in {count + hidden} of ")
    told = f"And {len(folded)} other changes, in {hidden} cases"
    assert lines[fold] == f"<details><summary>{told}</summary>"


def rows_of(lines: list[str]) -> list[list[str]]:
    """The cells of the rows of a table of prices."""
    rows = [line.strip("| ").split(" | ") for line in lines if line.startswith("| ")]
    return [row for row in rows if row[0] not in ("For example", "---")]


def test_a_price_that_is_no_longer_published_stands_first(repository: Repository) -> None:
    """A lost figure is no difference in money; it outweighs every such difference."""
    repository.edit("mastiff/policy.yaml", "evening: Mo-Su 18:00", "evening: Mo-Fr 18:00")
    first = rows_of(part(repository.report("before"), "### Prices"))[0]
    assert first[-3:] == ["PLN 246.00", "No price is published for this", "–"]


def test_a_changed_clause_makes_its_translations_stale(repository: Repository) -> None:
    """The words that differ are marked, and each language that fell behind is named."""
    clause = "O cenie decyduje, w jakim dniu tygodnia i o jakiej porze pomoc jest udzielana."
    repository.edit(
        "mastiff/policy.yaml", clause, "O cenie decyduje tylko pora, o jakiej pomoc jest udzielana."
    )
    report = repository.report("before")
    assert part(report, "### Clauses and other texts (pl governs)") == [
        (
            "- § 13 `price-depends` (en stale, da stale, pt stale): O cenie ~~decyduje, w jakim "
            "dniu tygodnia i o jakiej porze~~ **decyduje tylko pora, o jakiej** pomoc jest "
            "udzielana."
        )
    ]
    assert part(report, "### Translations that are not up to date") == [
        f"- {language}: 1 stale; new: `price-depends`" for language in ("en", "da", "pt")
    ]
    assert "| Mastiff monitory | 1 | 0 of " in report
    assert "### Prices" not in report


def test_stale_translations_of_before_are_not_called_new(repository: Repository) -> None:
    """What was stale already is named as such."""
    repository.edit("mastiff/policy.yaml", "przez całą dobę, we", "całodobowo, we")
    repository.commit("stale")
    repository.edit("mastiff/policy.yaml", "price: 100.00", "price: 110.00")
    report = repository.report("stale")
    assert "- pt: 1 stale; before: `round-the-clock`" in part(
        report, "### Translations that are not up to date"
    )
    assert "| 3, 0 of them new |" in report


def test_names_lead_to_their_lines_where_the_files_can_be_read(repository: Repository) -> None:
    """Values and clauses to the policy, what waits for translation to its message."""
    repository.edit("mastiff/policy.yaml", "przez całą dobę, we", "całodobowo, we")
    repository.edit("mastiff/policy.yaml", "price: 100.00", "price: 110.00")
    at = "https://forge.example/us/terms/blob/0a1b"
    report = repository.report("before", "--files-at", f"{at}/")

    def line(file: str, holds: str) -> str:
        lines = (repository.policies / "mastiff" / file).read_text("utf-8").splitlines()
        number = next(at for at, one in enumerate(lines, 1) if holds in one)
        return f"({at}/policies/mastiff/{file}#L{number})"

    price = line("policy.yaml", "price: 110.00")
    assert f"- [`charges.labour.price`]{price}: ~~100.00~~ **110.00**" in report
    clause = line("policy.yaml", "całodobowo, we")
    assert f" `round-the-clock`]({clause[1:-1]}) (en stale, da stale, pt stale): " in report
    assert f"- pt: 1 stale; new: [`round-the-clock`]{line('pt.po', 'round-the-clock')}" in report
    assert "| Translated | en | pl | da | pt |" in report
    count = report.split("| Mastiff monitory | ")[2].split(" of ")[0]
    assert f"| {count} of {int(count) + 1}, 1 stale | original | {count} of " in report


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
    assert part(report, "### Parts of the terms that differ") == ["`contacts`"]
    assert part(report, "### Values as written")[0].endswith("888 ~~312~~ **313**")


def test_a_dated_price_is_told_from_its_date_on(repository: Repository) -> None:
    """A row for the future leaves the prices of today alone."""
    rows = """price:
      - {from: 2026-01-01, value: 100.00, source: the page}
      - {from: 2027-01-01, value: 120.00, source: the page}
"""
    repository.edit("mastiff/policy.yaml", "price: 100.00\n", rows)
    report = repository.report("before")
    assert "| PLN 369.00 | PLN 442.80 | +PLN 73.80 |" in report
    value = next(line for line in report.splitlines() if "labour.price`, from" in line)
    assert value == (
        "- `charges.labour.price`, from 1 January 2027: **120.00** – Remote help, Tuesday,"
        " 5 January 2027, 17:30, 90 minutes: PLN 369.00 → PLN 442.80"
    )
    assert "- From 1 January 2027 other terms apply." in report
    cases = [row[0] for row in rows_of(part(report, "#### Prices"))]
    assert cases
    assert all(", 2027, " in case or " 2027, " in case for case in cases)


@pytest.mark.parametrize(
    ("old", "new", "prices"),
    [
        ("prices: excluded", "prices: included", "| PLN 369.00 | PLN 300.00 | −PLN 69.00 |"),
        (
            "prices: excluded, clause: base-rate",
            (
                "prices: excluded, clause: base-rate, customers: {clients: {when: {client: yes}, "
                "charged: reverse charge, clause: base-rate}}"
            ),
            "| PLN 307.50 | PLN 250.00 | −PLN 57.50 |",
        ),
        (
            "tax: {",
            "rounding: {amounts: {rule: up, clause: base-rate}}\ntax: {",
            "`rounding`",
        ),
    ],
)
def test_how_prices_are_taxed_and_rounded_is_compared(
    repository: Repository, old: str, new: str, prices: str
) -> None:
    """What is to be paid changes with it, or the terms are said to differ."""
    repository.edit("mastiff/policy.yaml", old, new)
    report = repository.report("before").replace(MONEY_SPACE, " ")
    assert prices in report, report


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
    assert any("Saturday, 10 January 2026" in row for row in rows)


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
    assert part(report, "### New and removed") == [
        (
            "- New question “Is it urgent?” (`urgent`). Advice, 30 minutes; Is it urgent? yes"
            " (before:"
            " not asked for “Is it urgent?”): €10.00 before, €20.00 now"
        ),
        (
            "- Removed service “Repair” (`repair`). Repair, 30 minutes: cost €10.00; can no"
            " longer be"
            " priced"
        ),
    ]
    prices = part(report, "### Prices")
    assert [row[1:] for row in rows_of(prices)] == [["15", "€10.00", "€20.00", "+€10.00"]]
    assert prices[-1] == (
        "- no longer priced: Repair, 30 minutes cost €10.00; now, there is no service “Repair”"
        " (5 cases)"
    )


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
        f"broken:{repository.policies}/mastiff/policy.yaml:45:12",
        f"broken:{repository.policies}/satisoft/policy.yaml:51:12",
    ]


def test_a_long_report_is_told_in_short(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What would be too long for a comment keeps every price, and of the smaller ones no case."""
    repository.edit("mastiff/policy.yaml", "price: 100.00", "price: 110.00")
    whole = repository.report("before")
    monkeypatch.setattr(report_markdown, "MOST_CHARACTERS", len(whole) - 1)
    short = repository.report("before")
    assert len(short) < len(whole)
    assert "| PLN 369.00 | PLN 405.90 |" in short
    for _, count, old, new, _ in rows_of(part(whole, "### Prices"))[MOST_ROWS:]:
        assert f"{old} → {new} ({count})" in short


def test_what_is_too_long_for_a_comment_says_so_and_drops_nothing(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such a report stands whole under a sentence on its length."""
    repository.edit("mastiff/policy.yaml", "price: 100.00", "price: 110.00")
    whole = repository.report("before")
    monkeypatch.setattr(report_markdown, "MOST_CHARACTERS", 700)
    assert repository.report("before") == f"{report_markdown.TOO_LONG}\n\n{whole}"


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
        (
            r"- `charges.labour.rate.windows.evening.times`: ~~2~~ **\{gap: evening\}** – Remote"
            " help, Tuesday, 6 January 2026, 17:30, 90 minutes: PLN 369.00 → PLN 123.00 plus an"
            " amount that is not published"
        ),
        "- `gaps.evening.clause`: **evening-rate**",
    ]
    assert part(report, "### New and removed gaps and readings") == [
        "- `gap.evening`: **Strona nie podaje stawki na wieczór.**"
    ]
    rows = [" ".join(row) for row in rows_of(part(report, "### Prices"))]
    assert any("plus an amount that is not published" in row for row in rows)


# ---- The whole truth: what only one side knows, days, and what no typical case shows


MEMBERS = """questions:
  member: {kind: yes-no, default: no, label: Are you a member?}
"""
DISCOUNT = """discounts:
  member: {label: Members, clause: price, when: {member: yes}, percent: 10%}
"""


@pytest.fixture
def small(repository: Repository) -> Path:
    """The policy of a small provider, committed as `small`."""
    policy = repository.policies / "small" / "policy.yaml"
    policy.parent.mkdir()
    policy.write_text(SMALL, "utf-8")
    repository.commit("small")
    return policy


def test_a_discount_that_a_new_answer_brings_is_told(repository: Repository, small: Path) -> None:
    """The case with the new answer is compared with the same case without it."""
    asked = SMALL.replace("charges: [work]\n", "charges: [work]\n    discounts: [member]\n")
    asked = asked.replace("    discounts", "    questions: [member]\n    discounts", 1)
    asked = asked.replace("text: 'Work costs", "text: '{member.percent} for members. Work costs")
    small.write_text(asked.replace("charges:\n", MEMBERS + DISCOUNT + "charges:\n", 1), "utf-8")
    report = repository.report("small")
    row = rows_of(part(report, "### Prices"))[0]
    assert "Are you a member? yes (before: not asked for “Are you a member?”)" in row[0]
    assert row[-3:] == ["€10.00", "€9.00", "−€1.00"]
    told = part(report, "### New and removed")
    assert [line.split(".")[0] for line in told] == [
        "- New question “Are you a member?” (`member`)",
        "- New discount “Members” (`member`)",
    ]
    assert all(line.endswith("€10.00 before, €9.00 now") for line in told)


CHOICE = """questions:
  size:
    kind: choice
    default: small
    label: Which size?
    options: {small: Small, OPTIONS}
"""


def test_an_answer_that_is_gone_takes_its_prices_along(repository: Repository, small: Path) -> None:
    """A case that only one side can price is told with its price, and why the other cannot."""
    asked = SMALL.replace("    charges: [work]", "    questions: [size]\n    charges: [work]")
    texts = {options: CHOICE.replace("OPTIONS", options) for options in ("big: Big", "huge: Huge")}
    for name, questions in texts.items():
        small.write_text(asked.replace("charges:\n", questions + "charges:\n", 1), "utf-8")
        repository.commit(name.split(":")[0])
    report = repository.report("big", "huge")
    assert [line for line in part(report, "### Prices") if line.startswith("- ")] == [
        (
            "- new: Advice, 30 minutes; Which size? Huge costs €10.00; before, there is no answer"
            " “Huge” to “Which size?” (5 cases)"
        ),
        (
            "- no longer priced: Advice, 30 minutes; Which size? Big cost €10.00; now, there is no"
            " answer “Big” to “Which size?” (5 cases)"
        ),
    ]


@pytest.mark.parametrize(
    ("effective", "told"),
    [
        (
            "2025-11-01",
            (
                "- **Warning:** The first terms begin on 1 November 2025, before on 1 January 2026."
                " Sessions from 1 November 2025 until 31 December 2025 had no terms; they are"
                " priced"
                " now. Some of these days have passed: what was not priced then has a price now."
            ),
        ),
        (
            "2026-02-01",
            (
                "- **Warning:** The first terms begin on 1 February 2026, before on 1 January 2026."
                " Sessions from 1 January 2026 until 31 January 2026 can no longer be priced."
                " Some of"
                " these days have passed. Links of quotes made under them, and invoices of"
                " that time,"
                " lose their terms."
            ),
        ),
    ],
)
def test_a_moved_first_day_is_a_warning(repository: Repository, effective: str, told: str) -> None:
    """Days that have passed get a price, or lose it; the cases start on such days."""
    repository.edit("mastiff/policy.yaml", "effective: 2026-01-01", f"effective: {effective}")
    report = repository.report("before")
    assert part(report, "### Days on which terms begin and end") == [told]
    one_sided = [line for line in part(report, "#### Prices") if line.startswith("- ")]
    month = "November 2025" if effective < "2026" else "January 2026"
    assert all(f"{month}, 17:30, 90 minutes cost" in line for line in one_sided)


ROWS = """price:
      - {from: 2026-01-01, value: 100.00, source: the page}
      - {from: 2026-03-01, value: 120.00, source: the page}
"""


def test_a_removed_past_edition_is_a_warning(repository: Repository) -> None:
    """Its first day is named, and the past days that have another price now."""
    repository.edit("mastiff/policy.yaml", "price: 100.00\n", ROWS)
    repository.commit("rows")
    repository.edit("mastiff/policy.yaml", ROWS, "price: 120.00\n")
    report = repository.report("rows")
    assert part(report, "### Days on which terms begin and end") == [
        (
            "- **Warning:** The terms that began on 1 March 2026 are no longer in the file."
            " Links of"
            " quotes made under them, and invoices of that time, lose their terms."
        )
    ]
    days = report.split("### From 1 January 2026 until 28 February 2026\n")[1]
    past = part(days, "#### Prices")
    assert past[1].startswith("Some of these days have passed")
    assert ["PLN 369.00", "PLN 442.80", "+PLN 73.80"] in [row[-3:] for row in rows_of(past)]


def test_check_tells_of_days_that_have_passed_until_they_are_committed(
    repository: Repository,
) -> None:
    """A first day moved back, and rows of the past: remarks at their places, which stop nothing."""
    repository.edit("mastiff/policy.yaml", "effective: 2026-01-01", "effective: 2025-12-01")
    repository.edit(
        "mastiff/policy.yaml", "price: 100.00\n", ROWS.replace("2026-01-01", "2025-12-01")
    )
    path = repository.policies / "mastiff" / "policy.yaml"
    lines = path.read_text("utf-8").splitlines()
    row = next(number for number, line in enumerate(lines, 1) if "from: 2026-03-01" in line)
    first, second = repository.check("Terms change on a day that has passed")
    assert first.startswith(f"{path}:5:12: ")
    assert "The first terms begin on 1 December 2025, before on 1 January 2026." in first
    assert second.startswith(f"{path}:{row}:{lines[row - 1].index('2026') + 1}: ")
    assert "Other terms apply since 1 March 2026, a day that has passed already." in second
    repository.commit("told")
    assert repository.check("Terms change on a day that has passed") == []


def test_two_days_of_one_file_are_compared(repository: Repository) -> None:
    """The terms of both days price the same cases, which start on the later one or after it."""
    repository.edit("mastiff/policy.yaml", "price: 100.00\n", ROWS)
    report = repository.report("--from", "2026-02-28", "--to", "2026-03-01")
    assert "From the terms on 2026-02-28 to the terms on 2026-03-01." in report
    assert part(report, "### Values as written") == [
        (
            "- `charges.labour.price`: ~~100.00~~ **120.00** – Remote help, Tuesday, 3 March 2026,"
            " 17:30, 90 minutes: PLN 369.00 → PLN 442.80"
        )
    ]
    same = repository.report("--from", "2026-03-01", "--to", "2026-03-02")
    assert same.endswith("No change in terms, prices or translations.\n")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "Name a revision to compare with, or two days by --from and --to."),
        (["--from", "2026-03-01"], "Two days are compared: give --to as well."),
        (["--to", "2026-03-01"], "Two days are compared: give --from as well."),
        (
            ["main", "--from", "2026-03-01", "--to", "2026-03-02"],
            "Give revisions, or two days by --from and --to, not both.",
        ),
        (
            ["--from", "2026-02-30", "--to", "2026-03-02"],
            "--from “2026-02-30” is not a date from 1900 to 2199. Write it as 2027-07-01.",
        ),
        (
            ["--from", "2026-03-02", "--to", "1 April"],
            "--to “1 April” is not a date from 1900 to 2199. Write it as 2027-07-01.",
        ),
        (
            ["--from", "2026-03-02", "--to", "2026-03-01"],
            "--to 2026-03-01 lies before --from 2026-03-02: give the earlier day first.",
        ),
    ],
)
def test_wrong_use_gets_one_line(repository: Repository, arguments: list[str], told: str) -> None:
    """It ends with 2, and nothing is compared."""
    result = repository.diff(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines()[-1] == f"Error: {told}"


def test_a_value_that_no_typical_case_shows_gets_a_case_of_its_own(repository: Repository) -> None:
    """A minute more of free time matters to few sessions; one of them is found and told."""
    repository.take("iponto")
    repository.commit("with-free-time")
    repository.edit("iponto/policy.yaml", "minutes: 120\n", "minutes: 121\n")
    report = repository.report("with-free-time")
    (value,) = part(report, "### Values as written")
    assert value.startswith("- `allowances.yearly.minutes`: ~~120~~ **121** – Remote assistance, ")
    assert len(rows_of(part(report, "### Prices"))) == 1


def test_a_value_that_changes_no_price_says_so(repository: Repository) -> None:
    """What was looked for and not found is told, too."""
    repository.take("duxtel")
    repository.commit("with-stops")
    repository.edit("duxtel/policy.yaml", "stops: {after: 60 min", "stops: {after: 45 min")
    (value,) = part(repository.report("with-stops"), "### Values as written")
    assert "no case was found whose price it changes" in value


def test_a_range_is_compared_at_both_ends(repository: Repository) -> None:
    """A price that becomes a range, and a range of which one end alone moves."""
    ranged = "price: {from: 100.00, to: 150.00}"
    repository.edit("mastiff/policy.yaml", "price: 100.00", ranged)
    repository.commit("ranged")
    report = repository.report("before", "ranged")
    assert "PLN 123.00 | from PLN 123.00 to PLN 184.50 | – to +PLN 61.50" in report
    written = "- `charges.labour.price`: ~~100.00~~ **\\{from: 100.00, to: 150.00\\}**"
    assert written in report
    repository.edit("mastiff/policy.yaml", ranged, "price: {from: 110.00, to: 160.00}")
    report = repository.report("ranged")
    told = "from PLN 123.00 to PLN 184.50 | from PLN 135.30 to PLN 196.80 | +PLN 12.30"
    assert told in report

"""The command line: `termwise`, one command for each thing one does with the policies."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from termwise import places
from termwise.commands.options import (
    Commands,
    address_option,
    check_address,
    day_option,
    files_option,
    made_or_wrong,
    policies_option,
    quiet_option,
    site_option,
    verbose_option,
)
from termwise.commands.or_exit import (
    exit_with_problems,
    folders_or_exit,
    print_problems,
    read_or_exit,
    terms_or_exit,
)
from termwise.commands.quote_asked import asked_of
from termwise.languages import LANGUAGES
from termwise.problems import counted

# Each command imports what it needs, so that none waits for what only another one uses.
if TYPE_CHECKING:
    from termwise.problems import Problem


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="termwise", prog_name="termwise")
def main() -> None:
    """Keep, check, price and publish support policies."""


@main.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "github", "json", "markdown", "sarif"]),
    default="text",
    show_default=True,
    help="For a person, a pull request, or a program.",
)
@files_option
@site_option
@policies_option
def check(form: str, files: str, address: str, policies: Path) -> None:
    """Read every policy and translation, and print each problem with its place.

    Stale translations are no problems; those of hand-written pages are printed one by one. After
    translating a section anew, write the digest that is printed into the page, under `translates`.
    What may be a slip is asked, and stops nothing: `meant` in the policy answers it. So is a change
    of terms on a day that has passed, as long as it is not committed, and a page read on a day
    that has not come.
    """
    from termwise.checking.remarks import remarks as questions  # noqa: PLC0415
    from termwise.reading.page_translations import page_translations  # noqa: PLC0415
    from termwise.reading.policies import read_policies, summary  # noqa: PLC0415
    from termwise.reports.doubtful_days import passed_days, read_ahead  # noqa: PLC0415
    from termwise.reports.problem_formats import FORMATS, as_text, told  # noqa: PLC0415

    folder = read_policies(policies)
    pages = page_translations(places.DOCS)
    asked = [
        one for read in folder.policies.values() for one in questions(read.written, read.source)
    ]
    asked += [*passed_days(policies, folder), *read_ahead(folder)]
    remarks = [*asked, *(remark for page in pages for remark in page.remarks(places.ROOT))]
    stale = [page for page in pages if page.stale]
    more = f", {counted(len(stale), 'stale page')}" if stale else ""
    more += f", {counted(len(asked), 'question')}" if asked else ""
    counts = None if folder.problems else summary(folder) + more
    entries = list(told(folder.problems, remarks, address))
    if form != "text":
        click.echo(FORMATS[form](entries, counts, files), nl=False)
    else:
        for entry in entries:
            click.echo(as_text(entry.problem, entry.field), err=True)
        click.echo(counts or "", nl=counts is not None)
    sys.exit(1 if folder.problems else 0)


@main.command()
@click.argument("provider")
@site_option
@policies_option
def new(provider: str, address: str, policies: Path) -> None:
    """Begin the policy of a provider: a file with blanks to fill in, each with an example."""
    from termwise.commands.starting import start_policy  # noqa: PLC0415

    file = start_policy(policies, provider, address)
    click.echo(f"{file} is begun. Fill in its blanks until “termwise check” finds nothing more;")
    click.echo(f"then “termwise translations {provider}” begins its translations.")


@main.command()
@click.argument("provider", required=False)
@click.option("--list", "only_list", is_flag=True, help="Write nothing; tell what is not current.")
@click.option("--template", is_flag=True, help="Write nothing; print a .pot for another language.")
@policies_option
def translations(provider: str | None, only_list: bool, template: bool, policies: Path) -> None:
    """Begin and renew the PO files of providers, and tell what is stale or missing, with places.

    New texts are added, changed ones keep their translation beside the text that was translated,
    and what is gone is kept as obsolete. Nothing else in a file is touched.
    """
    from termwise.commands.translating import files_of, template_of  # noqa: PLC0415
    from termwise.problems import UnreadableFile  # noqa: PLC0415
    from termwise.reading.policies import read_policy  # noqa: PLC0415

    if template and not provider:
        raise click.UsageError("Name the provider whose template it shall be.")
    problems: list[Problem] = []
    for folder in folders_or_exit(policies, provider):
        policy, found = read_policy(folder, covered=False)
        if template and policy:
            click.echo(template_of(policy), nl=False)
            continue
        problems += found
        for file in files_of(policies, policy) if policy else ():
            try:
                if not only_list:
                    click.echo(file.renew())
                click.echo("".join(f"{line}\n" for line in file.waiting()), nl=False)
                problems += file.problems()
            except UnreadableFile as broken:
                problems += broken.problems
    exit_with_problems(problems)


@main.command()
@click.argument("scenario", metavar="PROVIDER/SERVICE")
@click.option("--start", metavar="T", help="ISO 8601; without an offset: the provider's time.")
@click.option("--minutes", metavar="N", help="Length in minutes; 12:30 with seconds.")
@click.option("--set", "answers", metavar="KEY=VALUE", multiple=True, help="Answer a question.")
@click.option("--quantity", "quantities", metavar="KEY=N", multiple=True, help="Give a quantity.")
@click.option("--on", type=day_option, metavar="DATE", help="Price by the terms of this date.")
@click.option("--lang", "--language", type=click.Choice(LANGUAGES), default="en", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print the quote as canonical JSON.")
@click.option("--explain", is_flag=True, help="Tell how each line came about, with its clauses.")
@policies_option
def quote(
    scenario: str,
    start: str | None,
    minutes: str | None,
    answers: tuple[str, ...],
    quantities: tuple[str, ...],
    on: date | None,
    lang: str,
    as_json: bool,
    explain: bool,
    policies: Path,
) -> None:
    """Price one scenario, each line with its clause."""
    from termwise.commands.quoting import tell_quote  # noqa: PLC0415

    asked = asked_of(
        scenario,
        start=start,
        minutes=minutes,
        tables=(*answers, *quantities),
        on=on,
        language=lang,
        as_json=as_json,
        reasons=explain,
        policies=policies,
    )
    sys.exit(tell_quote(terms_or_exit(asked), asked))


@main.command()
@click.argument("provider", required=False)
@policies_option
def coverage(provider: str | None, policies: Path) -> None:
    """Report every case without a published price, or with two, with an example of each."""
    from termwise.checking.uncovered.problems import many_answers  # noqa: PLC0415
    from termwise.reading.policies import read_provider  # noqa: PLC0415
    from termwise.reading.providers import load_providers  # noqa: PLC0415
    from termwise.reports.coverage import coverage_lines, undeclared  # noqa: PLC0415
    from termwise.today import today_in  # noqa: PLC0415
    from termwise_calculator.coverage.answers import TooManyAnswers  # noqa: PLC0415

    problems: list[Problem] = []
    is_sound = True
    for place in folders_or_exit(policies, provider):
        folder = read_provider(place, covered=False)
        problems += folder.problems
        if folder.problems:
            continue
        [one] = load_providers(folder, today_in)
        try:
            for line in coverage_lines(one):
                click.echo(line)
            is_sound &= not undeclared(one.policy)
        except TooManyAnswers as many:
            problems.append(many_answers(folder.policies[one.policy.provider].source, many))
    exit_with_problems(problems)
    sys.exit(0 if is_sound else 1)


@main.command()
@click.option(
    "--site", type=click.Path(file_okay=False, path_type=Path), default="site", show_default=True
)
@click.option("--precompress", is_flag=True, help="Write .br and .gz copies for the web server.")
@click.option(
    "--day",
    type=day_option,
    metavar="DATE",
    help="The day the site stands for [default: today, in the zone of each provider].",
)
@click.option(
    "--carry",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="An earlier published site: superseded terms that git does not have are taken from it.",
)
@quiet_option
@verbose_option
@policies_option
def build(
    site: Path,
    precompress: bool,
    day: date | None,
    carry: Path | None,
    quiet: bool,
    verbose: bool,
    policies: Path,
) -> None:
    """Build the whole static site."""
    from termwise.commands.speaking import speak  # noqa: PLC0415
    from termwise.content.made import UnsoundPolicies  # noqa: PLC0415
    from termwise.mkdocs.build import build_site  # noqa: PLC0415

    speak(verbose - quiet)
    made_or_wrong(site, policies)
    try:
        build_site(policies, site, compressed=precompress, day=day, earlier_site=carry)
    except UnsoundPolicies as unsound:
        if unsound.problems:
            print_problems(unsound.problems)
        else:
            click.echo(str(unsound), err=True)
        sys.exit(1)


@main.command()
@click.option(
    "--address",
    type=address_option,
    metavar="HOST:PORT",
    default="127.0.0.1:8000",
    show_default=True,
    help="Where to listen.",
)
@quiet_option
@verbose_option
@policies_option
def serve(address: tuple[str, int], quiet: bool, verbose: bool, policies: Path) -> None:
    """Serve the site, built anew when a policy, a translation or a page changes.

    Policies with problems keep their last good pages; every page says what is wrong.
    """
    from termwise.commands.speaking import speak  # noqa: PLC0415
    from termwise.mkdocs.build import serve_site  # noqa: PLC0415

    check_address(*address)
    speak(verbose - quiet)
    serve_site(policies, f"{address[0]}:{address[1]}")


@main.command()
@click.argument("base", required=False)
@click.argument("head", required=False)
@click.option("--from", "first", metavar="DATE", help="Compare the terms in force on this day …")
@click.option("--to", "last", metavar="DATE", help="… with those on this later day, of one file.")
@files_option
@policies_option
def diff(
    base: str | None,
    head: str | None,
    first: str | None,
    last: str | None,
    files: str,
    policies: Path,
) -> None:
    """Report what changes in terms and prices between two git revisions, as Markdown.

    Without HEAD: from BASE to the files as they are now. With --from and --to in place of
    revisions: between two days of these files.
    """
    from termwise.commands.comparing import report_on_days, report_on_revisions  # noqa: PLC0415
    from termwise.commands.diff_asked import TwoDays, asked_of  # noqa: PLC0415

    asked = asked_of(base, head, first, last)
    if isinstance(asked, TwoDays):
        click.echo(report_on_days(asked, read_or_exit(policies)), nl=False)
    else:
        click.echo(report_on_revisions(*asked, policies, files), nl=False)

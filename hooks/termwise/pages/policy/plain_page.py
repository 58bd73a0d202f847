"""A policy as plain Markdown, for programs that read: the words and figures of its page."""

from collections.abc import Iterable, Iterator
from datetime import date

from markupsafe import Markup

from termwise.pages.history.news import provider_place
from termwise.pages.parts import PLAIN
from termwise.pages.policy.provenance import notices
from termwise.pages.policy.responses import response_columns, response_rows
from termwise.pages.policy.table import Columns
from termwise.pages.policy.tables import price_columns, price_rows
from termwise.pages.policy_view import PolicyView
from termwise.pages.safe_text import as_text
from termwise_calculator.telling.marks import SIGNS, note_label
from termwise_calculator.telling.validity import terms_held

OPEN, DETAIL = 'class="tw-open"', '<span class="tw-lines__detail">'


def plain_place(view: PolicyView) -> str:
    """Where the plain terms in force stand, seen from the root of the site."""
    return f"{provider_place(view)}{PLAIN}"


def plain_page(view: PolicyView) -> str:
    """The prices, terms, open points and questions of a page; clauses with their numbers."""
    return "\n\n".join(part for part in _parts(view) if part) + "\n"


def _parts(view: PolicyView) -> Iterator[str]:
    say, policy = view.words.say, view.policy
    yield f"# {policy.name}"
    yield from (as_text(one) for one in notices(view).split("</p>"))
    yield _source(view)
    yield f"## {say('Prices')}"
    yield _table(price_columns(view), price_rows(view))
    yield _table(response_columns(view), response_rows(view))
    yield f"## {say('Terms')}"
    for section in view.document["sections"]:
        yield f"### {view.plain('section.' + section['id'])}"
        for clause in section["clauses"]:
            yield f"**§ {policy.clause_numbers[clause]}** {_with_signs(view, clause)}"
    yield from _open_points(view)
    yield from _questions(view)


def _source(view: PolicyView) -> str:
    words, source = view.words, view.document["source"]
    facts = (
        (words.say("Source page"), source["title"]),
        (words.say("Published at"), source["site"]),
        (words.say("Read on"), words.date(date.fromisoformat(source["read"]))),
        (words.say("When they apply"), terms_held(words, view.policy)),
        (words.say("As of"), words.date(view.provider.day)),
        (words.say("Digest of these terms"), view.policy.digest),
        *(
            (_label(view, "outside"), f"{view.plain('outside.' + fact['id'])} ({fact['origin']})")
            for fact in view.document["outside"]
        ),
    )
    return "\n".join(f"- {name}: {told}" for name, told in facts if told)


def _label(view: PolicyView, kind: str) -> str:
    """What a note is called, behind the sign that refers to it."""
    return f"{SIGNS[kind]} {note_label(view.words, kind)}"


def _with_signs(view: PolicyView, text_id: str) -> str:
    """A text whose figures bear the signs of the notes that they rest on."""
    return as_text(view.with_marks(text_id), "")


def _table(columns: Columns, rows: Iterable[tuple[Markup, ...]]) -> str:
    """Rows under their columns; empty without rows."""
    lines = [_line(map(_cell, row)) for row in rows]
    return "\n".join([_line(columns), _line("---" for _ in columns), *lines]) if lines else ""


def _cell(cell: Markup) -> str:
    """What stands on lines of its own in a cell, on one."""
    return "; ".join(map(_figure, cell.split("<br>")))


def _figure(figure: Markup) -> str:
    """A figure with its unit; where it is not published, a sentence of the policy ends it."""
    if OPEN not in figure:
        return as_text(figure)
    *told, why = map(as_text, figure.split(DETAIL))
    return f"{', '.join(told)}. {why}"


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _open_points(view: PolicyView) -> Iterator[str]:
    """What the provider leaves open, and how it is read here."""
    say, policy = view.words.say, view.policy
    notes = [("gap", say("Left open"), one) for one in policy.gaps.values()]
    notes += [("reading", _label(view, "reading"), one) for one in policy.readings.values()]
    if notes:
        yield f"## {say('What the provider leaves open')}"
    for kind, label, note in notes:
        number = policy.clause_numbers[note.clause]
        yield f"{label}: {view.plain(f'{kind}.{note.id}')} (§ {number})"


def _questions(view: PolicyView) -> Iterator[str]:
    entries = view.document["faq"]
    if entries:
        yield f"## {view.words.say('Questions and answers')}"
    for entry in entries:
        text = f"faq.{entry['id']}"
        yield f"**{view.plain(text + '.question')}**\n{_with_signs(view, text + '.answer')}"

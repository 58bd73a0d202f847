"""A quote laid out as HTML and as plain text.

The page generator, the command line and the browser call these same functions, so that the default
quote in a page and the quote computed beside it are the same bytes.
"""

from collections.abc import Iterable, Sequence

from termwise_calculator.pricing.quote import Line, Missing, Quote
from termwise_calculator.telling.explaining.facts import Explanation, explain
from termwise_calculator.telling.explaining.response import response_reasons
from termwise_calculator.telling.explaining.words import sentences
from termwise_calculator.telling.folding import folded_gaps, folded_lines, sum_of
from termwise_calculator.telling.marks import SIGNS, marks_html, marks_text
from termwise_calculator.telling.markup import escape
from termwise_calculator.telling.slots import SlotTable
from termwise_calculator.telling.view import Filled, QuoteView, clause_number
from termwise_calculator.telling.words import Words
from termwise_calculator.terms.policy import Policy
from termwise_calculator.terms.resting import TAX_RATE, TIMEZONE


def quote_html(quote: Quote, words: Words, slots: SlotTable, filled: Filled | None = None) -> str:
    """A quote as an HTML fragment: the total, its lines with their clauses, what it rests on.

    `filled` keeps texts from one quote to the next.
    """
    view = QuoteView(quote, words, slots, filled, for_html=True)
    parts = [
        _total(view),
        _case(view),
        _response(view),
        *_missing(view),
        _lines(view),
        _list("tw-conditions", words.say("Good to know first"), view.conditions()),
        _notes(view),
        _basis(view),
        _terms(view),
    ]
    return "\n".join(part for part in parts if part) + "\n"


def _total(view: QuoteView) -> str:
    in_words = "" if view.quote.complete else " tw-total--words"
    label, headline = view.words.say("Your quote"), view.headline()
    breakdown = view.breakdown()
    marks = view.notes_on_value(TAX_RATE) if breakdown else view.notes_on_response()
    notes = [escape(breakdown or view.response()) + marks_html(view.words, marks)]
    notes += [] if headline == view.total() else [escape(view.total())]
    parts = [
        f'<span class="tw-total__label">{escape(label)}</span>',
        f'<strong class="tw-total__figure" data-total>{escape(headline)}</strong>',
        *(f'<span class="tw-total__note">{note}</span>' for note in notes if note),
    ]
    return f'<p class="tw-total{in_words}">{" ".join(parts)}</p>'


def _case(view: QuoteView) -> str:
    marks = marks_html(view.words, view.notes_on_value(TIMEZONE))
    title = f'<p class="tw-case">{escape(view.scenario_title())}{marks}</p>'
    answers = "; ".join(view.answers())
    return f'{title}\n<p class="tw-case">{escape(answers)}</p>' if answers else title


def _response(view: QuoteView) -> str:
    response = view.response() if view.breakdown() else ""  # else the note of the total
    marks = marks_html(view.words, view.notes_on_response())
    told = f'<p class="tw-response">{escape(response)}{marks}</p>' if response else ""
    return "\n".join(part for part in (told, _why_then(view)) if part)


def _why_then(view: QuoteView) -> str:
    """Why an answer is due when it is."""
    reasons = "\n".join(f"<li>{escape(one)}</li>" for one in response_reasons(view))
    if not reasons:
        return ""
    return _opening("response", view.words.say("Why this time?"), f"<ul>\n{reasons}\n</ul>")


def _opening(key: str, summary: str, content: str) -> str:
    """Content that is read by whoever opens it; `key` tells it from the others in a quote."""
    return (
        f'<details class="tw-how" data-key="{escape(key)}"><summary>{escape(summary)}</summary>\n'
        f"{content}</details>"
    )


def _missing(view: QuoteView) -> list[str]:
    return [
        f'<div class="tw-gap"><p>{escape(view.missing(*alike))} '
        f"{clause_links(view.policy, [alike[0].clause])}</p>{_each_time(view, alike)}</div>"
        for alike in folded_gaps(view.quote.missing)
    ]


def _each_time(view: QuoteView, missing: Sequence[Missing]) -> str:
    """The stretches of one sentence, where it is about several."""
    if len(missing) == 1:
        return ""
    times = "\n".join(f"<li>{escape(view.stretch(one))}</li>" for one in missing)
    key = "-".join(("times", missing[0].gap, missing[0].of))
    return _opening(key, view.words.say("When exactly"), f"<ul>\n{times}\n</ul>")


def _lines(view: QuoteView) -> str:
    if not view.quote.lines:
        return ""
    head = view.kept("head", "lines", lambda: _head(view.words))
    body = "\n".join(_rows(view, alike) for alike in folded_lines(explain(view.quote)))
    return f"{head}<tbody>\n{body}\n</tbody>\n{_sums(view)}</table>"


def _head(words: Words) -> str:
    columns = [words.say("What"), words.say("Amount"), words.say("Clauses")]
    caption = escape(words.say("The quote, line by line"))
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    return (
        f'<table class="tw-lines"><caption class="tw-unseen">{caption}</caption>\n'
        f'<thead class="tw-unseen"><tr>{head}</tr></thead>\n'
    )


def _rows(view: QuoteView, alike: Sequence[Explanation]) -> str:
    """A line, or those that are priced alike as one; each opens to what it is worked out from."""
    first = alike[0].line
    if len(alike) == 1:
        reasons = sentences(view, alike[0])
        return _row(view, first, view.stretch(first), _why(view, first, first, reasons))
    lines = [one.line for one in alike]
    each = [f"{view.stretch(line)}: {view.count(line)} = {view.amount(line)}" for line in lines]
    together = sum_of(lines)
    return _row(view, together, view.times(lines), _why(view, first, together, each))


def _row(view: QuoteView, line: Line, stretch: str, why: str) -> str:
    clauses = clause_links(view.policy, line.clauses)
    marks = marks_html(view.words, view.notes_on_line(line))
    time = f'<span class="tw-lines__time">{escape(stretch)}</span> ' if stretch else ""
    return (
        f'<tr><th scope="row">{time}{escape(view.label(line))}</th>'
        f'<td class="tw-figure">{escape(view.amount(line))}</td>'
        f'<td class="tw-lines__clauses">{clauses}{marks}</td></tr>\n'
        f'<tr class="tw-why"><td colspan="3">{why}</td></tr>'
    )


def _why(view: QuoteView, first: Line, line: Line, reasons: Iterable[str]) -> str:
    """What a line, or several from the `first` on, is worked out from, and the clauses."""
    ask = view.words.say("Why this amount?")
    key = "-".join(("why", first.kind, first.rule, str(_place(view, first))))
    told = "\n".join(f"<li>{escape(sentence)}</li>" for sentence in reasons)
    return (
        f'<details data-key="{escape(key)}"><summary>'
        f'<span class="tw-lines__detail">{escape(view.count(line))}</span> '
        f'<span class="tw-why__ask">{escape(ask)}</span></summary>\n'
        f"<ul>\n{told}\n</ul>\n{_clauses(view, line.clauses)}</details>"
    )


def _place(view: QuoteView, line: Line) -> int:
    """The place of a line among those of its rule."""
    own = [one for one in view.quote.lines if (one.kind, one.rule) == (line.kind, line.rule)]
    return own.index(line)


def _clauses(view: QuoteView, clauses: Iterable[str]) -> str:
    """Clauses in full, each with its number."""
    items = "\n".join(_clause(view, clause) for clause in clauses)
    return f'<ul class="tw-clauses">\n{items}\n</ul>'


def _clause(view: QuoteView, clause: str) -> str:
    def written() -> str:
        return f"<li>{clause_links(view.policy, [clause])} {view.clause_html(clause)}</li>"

    return view.kept("item", clause, written)


def _sums(view: QuoteView) -> str:
    rows = [
        f'<tr><th scope="row">{escape(label)}</th>'
        f'<td class="tw-figure">{escape(amount)}</td>'
        f"<td>{marks_html(view.words, notes)}</td></tr>"
        for label, amount, notes in view.totals()
    ]
    return "<tfoot>\n" + "\n".join(rows) + "\n</tfoot>\n" if rows else ""


def clause_links(policy: Policy, clauses: Iterable[str]) -> str:
    """Links to clauses of the page, each named by its number."""
    return " ".join(
        f'<a class="tw-ref" href="#clause-{escape(clause)}">'
        f"{escape(clause_number(policy, clause))}</a>"
        for clause in clauses
    )


def _list(css_class: str, title: str, items: list[str]) -> str:
    if not items:
        return ""
    entries = "\n".join(f"<li>{escape(item)}</li>" for item in items)
    return (
        f'<div class="{css_class}"><p class="tw-label">{escape(title)}</p>\n'
        f"<ul>\n{entries}\n</ul></div>"
    )


def _notes(view: QuoteView) -> str:
    """How many readings of ours and facts from elsewhere the quote rests on; it opens to them."""
    return "\n".join(part for part in (_readings(view), _outside(view)) if part)


def _readings(view: QuoteView) -> str:
    readings = view.readings()
    summary = view.words.say_count(
        "Rests on {count} reading of ours", "Rests on {count} readings of ours", len(readings)
    )
    return _noted("reading", "readings", summary, readings)


def _outside(view: QuoteView) -> str:
    facts = view.outside()
    summary = view.words.say_count(
        "Rests on {count} fact from outside the page",
        "Rests on {count} facts from outside the page",
        len(facts),
    )
    return _noted("outside", "outside", summary, facts)


def _noted(kind: str, key: str, summary: str, notes: Iterable[str]) -> str:
    """Notes of a kind under a line that opens; each with the sign that stands where it counts."""
    items = "\n".join(f"<li>{SIGNS[kind]} {escape(note)}</li>" for note in notes)
    if not items:
        return ""
    opening = _opening(key, summary, f"<ul>\n{items}\n</ul>")
    return f'<div class="tw-{kind}">{opening}</div>'


def _basis(view: QuoteView) -> str:
    """The clauses the quote rests on, in full, so that a printed quote stands by itself."""
    clauses = _clauses(view, view.clauses_relied_on())
    return _opening("basis", view.words.say("The clauses behind this quote"), clauses)


def _terms(view: QuoteView) -> str:
    return view.kept(
        "terms",
        view.policy.digest,
        lambda: (
            f'<p class="tw-terms">{escape(view.terms())}. {escape(view.source())} '
            f'<code class="tw-digest">{escape(view.policy.digest)}</code></p>'
        ),
    )


def quote_text(quote: Quote, words: Words, slots: SlotTable, *, reasons: bool = False) -> str:
    """A quote as plain text for a terminal; with `reasons`, how each line came about."""
    view = QuoteView(quote, words, slots)
    rows = [_text_row(view, line) for line in quote.lines]
    if rows:  # sums of nothing would read as a price of nothing
        rows += [(label, "", amount, marks_text(notes)) for label, amount, notes in view.totals()]
    headline, total = view.headline(), view.total()
    parts = [
        view.scenario_title(),
        "; ".join(view.answers()),
        "",
        *_aligned(rows),
        "",
        headline,
        "" if total == headline else total,
        view.breakdown(),
    ]
    parts += [view.response(), *_missing_text(view)]
    parts += _reasons_text(view) if reasons else []
    parts += _bulleted(words.say("Why this time?"), response_reasons(view)) if reasons else []
    parts += _bulleted(words.say("Good to know first"), view.conditions())
    parts += _noted_text(words.say("How we read the terms here"), "reading", view.readings())
    parts += _noted_text(words.say("From outside the page"), "outside", view.outside())
    parts += ["", f"{view.terms()}. {view.source()} {view.policy.digest}"]
    kept = [part for index, part in enumerate(parts) if part or (index and parts[index - 1])]
    return "\n".join(kept) + "\n"


def _missing_text(view: QuoteView) -> list[str]:
    """Each sentence on what is missing once, with its times below where there are several."""
    told = []
    for alike in folded_gaps(view.quote.missing):
        told.append(view.missing(*alike))
        told += [f"  {view.stretch(one)}" for one in alike] if len(alike) > 1 else []
    return told


def _text_row(view: QuoteView, line: Line) -> tuple[str, str, str, str]:
    label = f"{view.label(line)} {view.stretch(line)}".rstrip()
    clauses = " ".join(clause_number(view.policy, clause) for clause in line.clauses)
    clauses = f"{clauses} {marks_text(view.notes_on_line(line))}".rstrip()
    return label, view.count(line), view.amount(line), clauses


def _reasons_text(view: QuoteView) -> list[str]:
    """Every line with its reasons and its clauses in full."""
    told = ["", view.words.say("How each line came about")] if view.quote.lines else []
    for one in explain(view.quote):
        told += ["", f"{view.label(one.line)} {view.stretch(one.line)}".rstrip()]
        told += [f"  {sentence}" for sentence in sentences(view, one)]
        told += [
            f"  {clause_number(view.policy, clause)}: {view.text(clause)}"
            for clause in one.line.clauses
        ]
    return told


def _aligned(rows: list[tuple[str, str, str, str]]) -> list[str]:
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
    return [
        f"{label:<{widths[0]}}  {count:<{widths[1]}}  {amount:>{widths[2]}}  {clauses}".rstrip()
        for label, count, amount, clauses in rows
    ]


def _bulleted(title: str, items: list[str]) -> list[str]:
    return ["", title, *(f"- {item}" for item in items)] if items else []


def _noted_text(title: str, kind: str, notes: list[str]) -> list[str]:
    return _bulleted(title, [f"{SIGNS[kind]} {note}" for note in notes])

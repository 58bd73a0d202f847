"""The page of one policy in one language: a pure function from policy and words to Markdown."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from termwise.pages.calculator.form import CalculatorUrls, answer_label, calculator_html
from termwise.pages.pictures.cost import cost_picture
from termwise.pages.pictures.week import week_pictures
from termwise.pages.policy.editions import editions
from termwise.pages.policy.holidays import holiday_table
from termwise.pages.policy.tables import price_table, response_table
from termwise.pages.policy_view import PolicyView
from termwise.pages.ready_html import ready_html
from termwise_calculator.pricing.quote import Quote
from termwise_calculator.telling.markup import escape
from termwise_calculator.telling.view import QuoteView

STALE = ("stale", "missing")


def policy_page(view: PolicyView, urls: CalculatorUrls) -> str:
    """The whole page as Markdown with front matter; every figure in it comes from a slot."""
    say = view.words.say
    parts = [
        _front_matter(view, urls),
        f"# {view.policy.name}",
        _provenance_line(view),
        _notices(view),
        _heading(say("What will it cost?"), "cost"),
        calculator_html(view, urls),
        _heading(say("At a glance"), "glance"),
        _glance(view),
        _heading(say("Prices"), "rates"),
        price_table(view),
        response_table(view),
        week_pictures(view),
        holiday_table(view),
        cost_picture(view),
        *_examples(view),
        _heading(say("Terms"), "terms"),
        *_sections(view),
        *_open_points(view),
        *_steps(view),
        *_faq(view),
        *_coverage(view),
        *_channels(view),
        *_contacts(view),
        *_history(view),
        _heading(say("Where this comes from"), "provenance"),
        _provenance(view),
    ]
    return "\n\n".join(_blocks(part for part in parts if part)) + "\n"


def _blocks(parts: Iterable[str]) -> Iterator[str]:
    """Front matter and headings as they are; all HTML between two of them as one ready block."""
    for is_html, run in groupby(parts, key=lambda part: part.startswith("<")):
        block = "\n\n".join(run)
        yield ready_html(block) if is_html else block


def _front_matter(view: PolicyView, urls: CalculatorUrls) -> str:
    """The head of the file; with `runtime` the page starts Python before its content is there."""
    description = view.words.say(
        "Terms and prices of {name}, with a calculator that names the clause behind every line.",
        name=view.policy.name,
    )
    return (
        f'---\ntitle: "{view.policy.name}"\ndescription: "{description}"\n'
        f'runtime: "{urls.runtime}"\n---'
    )


def _heading(title: str, anchor: str, level: int = 2) -> str:
    return f"{'#' * level} {title} {{#{anchor}}}"


def language_name(view: PolicyView) -> str:
    """The governing language, as the page's language calls it."""
    names = {
        "en": view.words.say("English"),
        "pl": view.words.say("Polish"),
        "da": view.words.say("Danish"),
        "pt": view.words.say("Portuguese"),
    }
    return names[view.policy.language]


def _provenance_line(view: PolicyView) -> str:
    words, policy = view.words, view.policy
    since = words.say("Terms in force since {date}", date=words.date(policy.effective))
    digest = f'<code class="tw-digest">{escape(short_digest(policy.digest))}</code>'
    parts = [
        escape(since),
        escape(words.say("Governing language: {language}", language=language_name(view))),
        escape(words.say("unofficial restatement")),
        f'<a href="#provenance">{escape(words.say("digest"))} {digest}</a>',
    ]
    return f'<p class="tw-provenance">{"".join(f"<span>{part}</span>" for part in parts)}</p>'


def short_digest(digest: str) -> str:
    """The first characters of a digest, enough to compare by eye."""
    return digest.removeprefix("sha256:")[:12] + "…"


def _notices(view: PolicyView) -> str:
    say, texts = view.words.say, view.words.text_ids()
    notices = [
        say(
            "Independent, unofficial restatement. Termwise is not affiliated with {name}.",
            name=view.policy.name,
        )
    ]
    if any(view.state(text_id).machine for text_id in texts):
        notices.append(
            say("Machine-made translation, not reviewed by a person. The governing text decides.")
        )
    if any(view.state(text_id).state in STALE for text_id in texts):
        notices.append(
            say("Parts without an up-to-date translation are shown in the governing language.")
        )
    return "\n".join(f'<p class="tw-notice">{escape(notice)}</p>' for notice in notices)


def _glance(view: PolicyView) -> str:
    items = [
        f"<li>{view.inline('glance.' + item['id'])}&nbsp;{_optional_link(view, item)}</li>"
        for item in view.document["glance"]
    ]
    return _block("ul", "tw-glance", items)


def _block(tag: str, css_class: str, items: list[str]) -> str:
    return f'<{tag} class="{css_class}">\n' + "\n".join(items) + f"\n</{tag}>"


def _examples(view: PolicyView) -> Iterator[str]:
    """Worked examples, priced while the page is made."""
    cases = [*_usual_cases(view), *view.document["examples"]]
    items = [_example(view, case) for case in cases]
    if items:
        yield _heading(view.words.say("Worked examples"), "examples", level=3)
        yield _block("ul", "tw-examples", items)


def _usual_cases(view: PolicyView) -> Iterator[Mapping[str, Any]]:
    """The likeliest case of each service but the first, which the calculator shows."""
    written = [{**example, "id": None} for example in view.document["examples"]]
    for service in [*view.policy.services.values()][1:]:
        default = {"start": service.default.start, "minutes": service.default.minutes}
        case: dict[str, Any] = {"id": None, "service": service.id, **default, "set": {}}
        if case not in written:
            yield case


def _example(view: PolicyView, example: Mapping[str, Any]) -> str:
    quote = example_quote(view, example)
    shown = QuoteView(quote, view.words, view.provider.slots)
    details = [escape(part) for part in (shown.breakdown(), shown.response()) if part]
    details += [escape(shown.missing(missing)) for missing in quote.missing]
    return (
        f"<li>{_example_case(view, quote, example)}: <strong>{escape(shown.total())}</strong>"
        f'<span class="tw-lines__detail">{"<br>".join(details)}</span></li>'
    )


def example_quote(view: PolicyView, example: Mapping[str, Any]) -> Quote:
    """Price a worked example of the policy."""
    return view.provider.quote(example["service"], example_raw(view, example))


def example_raw(view: PolicyView, example: Mapping[str, Any]) -> dict[str, str]:
    """A worked example as the values a form would hold."""
    raw = dict(example["set"])
    if example["minutes"] is not None:
        raw["minutes"] = str(example["minutes"])
    if example["start"] is not None:
        raw["start"] = view.provider.local_start(example["start"])
    return raw


def _example_case(view: PolicyView, quote: Quote, example: Mapping[str, Any]) -> str:
    words, scenario = view.words, quote.scenario
    parts = [view.inline(f"service.{scenario.service.id}.name")]
    start = quote.local(scenario.start)
    if example["start"] is not None and start is not None:
        parts.append(escape(f"{words.weekday(start.weekday())} {words.clock(start)}"))
    if scenario.minutes is not None:
        parts.append(escape(words.minutes(scenario.minutes)))
    for question_id, answer in example["set"].items():
        question = view.policy.questions[question_id]
        label = view.inline(f"question.{question_id}.label")
        parts.append(f"{label} {_answer(view, question.kind, answer, question_id)}")
    return "; ".join(parts)


def _answer(view: PolicyView, kind: str, answer: str, question_id: str) -> str:
    if kind == "minutes":
        return escape(view.words.minutes(int(answer)))
    if kind == "number":
        number = escape(view.words.number(Decimal(answer)))
        unit = view.unit(question_id, Decimal(answer))
        return view.words.say("{number} {unit}", number=number, unit=unit)
    if kind == "date":
        return escape(view.words.date(date.fromisoformat(answer)))
    if kind == "version":
        return escape(answer)
    return answer_label(view, view.policy.questions[question_id], answer)


def _sections(view: PolicyView) -> Iterator[str]:
    for section in view.document["sections"]:
        title = view.plain(f"section.{section['id']}")
        yield _heading(title, f"section-{section['id']}", level=3)
        yield "\n".join(_clause(view, clause) for clause in section["clauses"])


def _clause(view: PolicyView, clause_id: str) -> str:
    number = view.policy.clause_numbers[clause_id]
    label = view.words.say("Link to § {number}", number=number)
    anchor = f"clause-{escape(clause_id)}"
    return (
        f'<div class="tw-clause" id="{anchor}">'
        f'<span class="tw-clause__number">§ {escape(number)}</span>'
        f'<p class="tw-clause__text">{view.inline(clause_id)}</p>'
        f'<a class="tw-clause__link" href="#{anchor}" aria-label="{escape(label)}">#</a>'
        f"{_original(view, clause_id)}{_notes_of(view, clause_id)}</div>"
    )


def _original(view: PolicyView, text_id: str) -> str:
    """The governing text on demand; a notice where it already stands in for a translation."""
    if view.language == view.policy.language:
        return ""
    state = view.state(text_id).state
    if state in STALE:
        notice = view.words.say("No up-to-date translation; this is the governing text.")
        return f'<p class="tw-notice tw-notice--stale">{escape(notice)}</p>'
    summary = view.words.say("Show the governing text ({language})", language=language_name(view))
    return (
        f'<details class="tw-original" data-pagefind-ignore><summary>{escape(summary)}</summary>'
        f'<p lang="{view.governing.html_lang}">{view.original(text_id)}</p></details>'
    )


def _notes_of(view: PolicyView, clause_id: str) -> str:
    """Readings and gaps beside the clause they belong to."""
    readings = [
        _note(view, "reading", "tw-reading", note.id)
        for note in view.policy.readings.values()
        if note.clause == clause_id
    ]
    gaps = [
        _note(view, "gap", "tw-gap", note.id)
        for note in view.policy.gaps.values()
        if note.clause == clause_id
    ]
    return "".join(readings + gaps)


def _note(view: PolicyView, kind: str, css_class: str, note_id: str) -> str:
    label = view.words.say("Our reading") if kind == "reading" else view.words.say("Left open")
    return (
        f'<p class="{css_class}"><span class="tw-label">{escape(label)}</span> '
        f"{view.inline(f'{kind}.{note_id}')}</p>"
    )


def _open_points(view: PolicyView) -> Iterator[str]:
    """Every gap and reading once more in one place."""
    policy = view.policy
    if not policy.gaps and not policy.readings:
        return
    yield _heading(view.words.say("What the provider leaves open"), "open")
    for kind, css_class, notes in (
        ("gap", "tw-gap", policy.gaps),
        ("reading", "tw-reading", policy.readings),
    ):
        for note in notes.values():
            yield (
                f'<div class="{css_class}" id="{kind}-{escape(note.id)}">'
                f"{_note(view, kind, 'tw-note', note.id)} {view.clause_link(note.clause)}</div>"
            )


def _steps(view: PolicyView) -> Iterator[str]:
    items = [
        f"<li>{view.inline('step.' + step['id'])} {_optional_link(view, step)}</li>"
        for step in view.document["steps"]
    ]
    if items:
        yield _heading(view.words.say("Step by step"), "steps")
        yield _block("ol", "tw-steps-list", items)


def _optional_link(view: PolicyView, item: Mapping[str, Any]) -> str:
    return view.clause_link(item["clause"]) if item.get("clause") else ""


def _faq(view: PolicyView) -> Iterator[str]:
    items = [_answered(view, item) for item in view.document["faq"]]
    if items:
        yield _heading(view.words.say("Questions and answers"), "faq")
        yield _block("dl", "tw-faq", items)


def _answered(view: PolicyView, item: Mapping[str, Any]) -> str:
    text_id = f"faq.{item['id']}"
    return (
        f'<dt id="faq-{escape(item["id"])}">{view.inline(text_id + ".question")}</dt>'
        f"<dd>{view.inline(text_id + '.answer')} {_optional_link(view, item)}</dd>"
    )


def _coverage(view: PolicyView) -> Iterator[str]:
    say, coverage = view.words.say, view.document["coverage"]
    titles = (("covered", say("What is covered")), ("excluded", say("What is not covered")))
    for kind, title in titles:
        items = [
            f"<li>{view.inline(f'{kind}.' + item['id'])} {_optional_link(view, item)}</li>"
            for item in coverage[kind]
        ]
        if items:
            yield _heading(title, kind)
            yield _block("ul", "tw-coverage", items)


def _channels(view: PolicyView) -> Iterator[str]:
    items = [
        f"<dt>{view.inline('channel.' + item['id'] + '.name')}</dt>"
        f"<dd>{view.inline('channel.' + item['id'] + '.text')} {_optional_link(view, item)}</dd>"
        for item in view.document["channels"]
    ]
    if items:
        yield _heading(view.words.say("Ways to ask for help"), "channels")
        yield _block("dl", "tw-facts", items)


def _contacts(view: PolicyView) -> Iterator[str]:
    items = [
        f"<dt>{escape(_contact_kind(view, contact['kind']))}</dt><dd>{_contact_link(contact)}</dd>"
        for contact in view.document["contacts"]
    ]
    if items:
        yield _heading(view.words.say("Contacts"), "contacts")
        yield _block("dl", "tw-facts", items)


def _contact_kind(view: PolicyView, kind: str) -> str:
    say = view.words.say
    return {"email": say("E-mail"), "phone": say("Telephone"), "web": say("Web")}[kind]


def _contact_link(contact: Mapping[str, str]) -> str:
    value = contact["value"]
    schemes = {"email": "mailto:", "phone": "tel:", "web": "https://"}
    target = value.replace(" ", "") if contact["kind"] == "phone" else value
    return f'<a href="{schemes[contact["kind"]]}{escape(target)}">{escape(value)}</a>'


def _history(view: PolicyView) -> Iterator[str]:
    changes = editions(view)
    if changes:
        yield _heading(view.words.say("How the terms change"), "history")
        yield changes


def _outside_fact(view: PolicyView, fact: Mapping[str, str]) -> str:
    """A fact and where it is taken from; origins are named in English on every page."""
    origin = f'<span lang="en">({escape(fact["origin"])})</span>'
    return f"{view.inline('outside.' + fact['id'])} {origin}"


def _provenance(view: PolicyView) -> str:
    words, policy, source = view.words, view.policy, view.document["source"]
    rows = [
        (
            words.say("Source page"),
            f'<span lang="{view.governing.html_lang}">{escape(source["title"])}</span>',
        )
    ]
    if source["site"]:
        rows.append((words.say("Published at"), escape(source["site"])))
    rows += [
        (words.say("Read on"), escape(words.date(date.fromisoformat(source["read"])))),
        (words.say("Terms in force since"), escape(words.date(policy.effective))),
    ]
    if view.has("source.note"):
        rows.append((words.say("Note"), view.inline("source.note")))
    outside = words.say("From outside the page")
    rows += [(outside, _outside_fact(view, fact)) for fact in view.document["outside"]]
    digest = f'<code class="tw-digest">{escape(policy.digest)}</code>'
    rows.append((words.say("Digest of these terms"), digest))
    items = [f"<dt>{escape(term)}</dt><dd>{text}</dd>" for term, text in rows]
    return _block("dl", "tw-facts", items)

"""The worked examples of a policy page, priced while it is made."""

from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import Markup

from termwise.pages.markdown_text import heading
from termwise.pages.policy.blocks import block
from termwise.pages.policy_view import PolicyView
from termwise.pages.safe_text import html, joined
from termwise_calculator.pricing.quote import Quote
from termwise_calculator.telling.view import QuoteView
from termwise_calculator.terms.policy import Service

Example = Mapping[str, Any]


def worked_examples(view: PolicyView) -> Iterator[str]:
    """The usual cases and those that the policy names."""
    cases = [*_usual_cases(view), *view.document["examples"]]
    items = [_example(view, case) for case in cases]
    if items:
        yield heading(view.words.say("Worked examples"), "examples", level=3)
        yield block("ul", "tw-examples", items)


def _usual_cases(view: PolicyView) -> Iterator[Example]:
    """The likeliest case of each service but the first, which the calculator shows."""
    written = [{**example, "id": None} for example in view.document["examples"]]
    for service in [*view.policy.services.values()][1:]:
        case = default_case(service)
        if case not in written:
            yield case


def default_case(service: Service) -> Example:
    """The likeliest case of a service, as an example without a name."""
    default = {"start": service.default.start, "minutes": service.default.minutes}
    return {"id": None, "service": service.id, **default, "set": {}}


def _example(view: PolicyView, example: Example) -> Markup:
    quote = example_quote(view, example)
    shown = QuoteView(quote, view.words, view.provider.slots, for_html=True)
    made_of = shown.breakdown() if quote.total else ""  # the table above says that tax is open
    details = [part for part in (made_of, shown.response()) if part]
    details += (shown.missing(one) for one in quote.missing if one.what != "price")
    # That a price is open says the total itself; why, the clause.
    left_open = tuple(dict.fromkeys(one.clause for one in quote.missing if one.what == "price"))
    return html(
        "<li>{case}: <strong>{total}</strong> {left_open}"
        '<span class="tw-lines__detail">{details}</span></li>',
        case=case_words(view, quote, example),
        total=shown.total(),
        left_open=view.clause_links(left_open),
        details=joined(details, "<br>"),
    )


def example_quote(view: PolicyView, example: Example) -> Quote:
    """Price a worked example of the policy."""
    return view.provider.shown_quote(example["service"], example_raw(view, example))


def example_raw(view: PolicyView, example: Example) -> dict[str, str]:
    """A worked example as the values a form would hold."""
    raw = dict(example["set"])
    if example["minutes"] is not None:
        raw["minutes"] = str(example["minutes"])
    if example["start"] is not None:
        raw["start"] = view.provider.local_start(example["start"])
    return raw


def case_words(view: PolicyView, quote: Quote, example: Example) -> Markup:
    """A case in short: "Remote help; Monday 10:00; 60 minutes"."""
    words, scenario = view.words, quote.scenario
    parts: list[str] = [view.inline(f"service.{scenario.service.id}.name")]
    start = quote.local(scenario.start)
    if example["start"] is not None and start is not None:
        parts.append(words.weekday_time(start))
    if scenario.minutes is not None:
        parts.append(words.minutes(scenario.minutes))
    told = QuoteView(quote, words, view.provider.slots, for_html=True)
    for question, answer in scenario.answers.items():
        who = f"question.{question}.{answer}"
        if question not in example["set"]:
            continue
        if view.policy.questions[question].kind == "yes-no" and view.has(who):
            parts.append(view.inline(who))
        else:
            parts.append(told.answered(question, answer))
    return joined(parts, "; ")

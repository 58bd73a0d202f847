"""What a policy says around its terms: in short, step by step, questions, coverage, contacts."""

from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import Markup

from termwise.pages.markdown_text import heading
from termwise.pages.policy.blocks import block, fact, optional_link
from termwise.pages.policy.editions import editions
from termwise.pages.policy_view import PolicyView
from termwise.pages.safe_text import html

Entry = Mapping[str, Any]
SCHEMES = {"email": "mailto:", "phone": "tel:", "web": "https://"}


def glance(view: PolicyView) -> Markup:
    """The terms in short."""
    items = (
        html(
            "<li>{}&nbsp;{}</li>",
            view.with_marks("glance." + item["id"]),
            optional_link(view, item),
        )
        for item in view.document["glance"]
    )
    return block("ul", "tw-glance", items)


def steps(view: PolicyView) -> Iterator[str]:
    """How one asks for help, step by step."""
    items = [_item(view, "step", step) for step in view.document["steps"]]
    if items:
        yield heading(view.words.say("Step by step"), "steps")
        yield block("ol", "tw-steps-list", items)


def _item(view: PolicyView, kind: str, item: Entry) -> Markup:
    text = view.with_marks(f"{kind}.{item['id']}")
    return html("<li>{} {}</li>", text, optional_link(view, item))


def faq(view: PolicyView) -> Iterator[str]:
    """Questions and answers."""
    items = [_answered(view, item) for item in view.document["faq"]]
    if items:
        yield heading(view.words.say("Questions and answers"), "faq")
        yield block("dl", "tw-faq", items)


def _answered(view: PolicyView, item: Entry) -> Markup:
    text_id = f"faq.{item['id']}"
    return html(
        '<dt id="faq-{}">{}</dt><dd>{} {}</dd>',
        item["id"],
        view.inline(text_id + ".question"),
        view.with_marks(text_id + ".answer"),
        optional_link(view, item),
    )


def coverage(view: PolicyView) -> Iterator[str]:
    """What is covered, and what is not."""
    say = view.words.say
    titles = (("covered", say("What is covered")), ("excluded", say("What is not covered")))
    for kind, title in titles:
        items = [_item(view, kind, item) for item in view.document["coverage"][kind]]
        if items:
            yield heading(title, kind)
            yield block("ul", "tw-coverage", items)


def channels(view: PolicyView) -> Iterator[str]:
    """The ways to ask for help."""
    items = [_channel(view, item) for item in view.document["channels"]]
    if items:
        yield heading(view.words.say("Ways to ask for help"), "channels")
        yield block("dl", "tw-facts", items)


def _channel(view: PolicyView, item: Entry) -> Markup:
    text_id = f"channel.{item['id']}"
    told = html("{} {}", view.with_marks(text_id + ".text"), optional_link(view, item))
    return fact(view.inline(text_id + ".name"), told)


def contacts(view: PolicyView) -> Iterator[str]:
    """Addresses and numbers."""
    items = [
        fact(_contact_kind(view, contact["kind"]), _contact_link(contact))
        for contact in view.document["contacts"]
    ]
    if items:
        yield heading(view.words.say("Contacts"), "contacts")
        yield block("dl", "tw-facts", items)


def _contact_kind(view: PolicyView, kind: str) -> str:
    say = view.words.say
    return {"email": say("E-mail"), "phone": say("Telephone"), "web": say("Web")}[kind]


def _contact_link(contact: Mapping[str, str]) -> Markup:
    value = contact["value"]
    target = value.replace(" ", "") if contact["kind"] == "phone" else value
    return html('<a href="{}{}">{}</a>', SCHEMES[contact["kind"]], target, value)


def history(view: PolicyView) -> Iterator[str]:
    """How the terms change."""
    yield heading(view.words.say("How the terms change"), "history")
    yield editions(view)

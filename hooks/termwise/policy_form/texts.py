"""Every translatable text of a policy by its id, and where it stands in the file."""

from collections.abc import Iterator
from dataclasses import dataclass

from termwise.policy_form.policy_file import PolicyFile
from termwise.policy_form.questions import (
    ChoiceQuestion,
    NumberQuestion,
    TotalQuestion,
    YesNoQuestion,
)
from termwise.policy_form.yaml_text.source import Path


@dataclass(frozen=True, slots=True)
class GoverningText:
    """A text in the governing language. `states` tells whether it stands for a clause's figures.

    `counted` marks a unit, which may have plural forms.
    """

    id: str
    path: Path
    text: str
    states: bool = False
    counted: bool = False


def governing_texts(policy: PolicyFile) -> list[GoverningText]:
    """All texts of a policy that translators translate, in the order of the file."""
    return [
        *_about(policy),
        *_questions(policy),
        *_rules(policy),
        *_services(policy),
        *_page(policy),
        *_clauses(policy),
        *_notes(policy),
    ]


def _about(policy: PolicyFile) -> Iterator[GoverningText]:
    if policy.source.note is not None:
        yield GoverningText("source.note", ("source", "note"), policy.source.note)
    for fact_id, fact in policy.outside.items():
        path: Path = ("outside", fact_id, "text")
        yield GoverningText(f"outside.{fact_id}", path, fact.text, states=True)


def _questions(policy: PolicyFile) -> Iterator[GoverningText]:
    for question_id, question in policy.questions.items():
        name, path = f"question.{question_id}", ("questions", question_id)
        yield GoverningText(f"{name}.label", (*path, "label"), question.label)
        if not isinstance(question, TotalQuestion) and question.help is not None:
            yield GoverningText(f"{name}.help", (*path, "help"), question.help)
        if isinstance(question, NumberQuestion):
            yield GoverningText(f"{name}.unit", (*path, "unit"), question.unit, counted=True)
        if isinstance(question, YesNoQuestion):
            for answer, who in question.said.items():
                yield GoverningText(f"{name}.{answer}", (*path, "said", answer), who)
        if isinstance(question, ChoiceQuestion):
            for option, label in question.options.items():
                yield GoverningText(f"{name}.{option}", (*path, "options", option), label)


def _rules(policy: PolicyFile) -> Iterator[GoverningText]:
    for charge_id, charge in policy.charges.items():
        yield GoverningText(f"charge.{charge_id}", ("charges", charge_id, "label"), charge.label)
    for discount_id, discount in policy.discounts.items():
        path = ("discounts", discount_id, "label")
        yield GoverningText(f"discount.{discount_id}", path, discount.label)
    for surcharge_id, surcharge in policy.surcharges.items():
        path = ("surcharges", surcharge_id, "label")
        yield GoverningText(f"surcharge.{surcharge_id}", path, surcharge.label)
    for limit_id, limit in policy.limits.items():
        yield GoverningText(f"limit.{limit_id}", ("limits", limit_id, "label"), limit.label)
    for allowance_id, allowance in policy.allowances.items():
        path = ("allowances", allowance_id, "label")
        yield GoverningText(f"allowance.{allowance_id}", path, allowance.label)
    for condition_id, condition in policy.conditions.items():
        path = ("conditions", condition_id, "text")
        yield GoverningText(f"condition.{condition_id}", path, condition.text)
    for response_id, response in policy.responses.items():
        path = ("responses", response_id, "label")
        yield GoverningText(f"response.{response_id}", path, response.label)


def _services(policy: PolicyFile) -> Iterator[GoverningText]:
    for service_id, service in policy.services.items():
        name, path = f"service.{service_id}", ("services", service_id)
        yield GoverningText(f"{name}.name", (*path, "name"), service.name)
        yield GoverningText(f"{name}.summary", (*path, "summary"), service.summary)


def _page(policy: PolicyFile) -> Iterator[GoverningText]:
    for index, line in enumerate(policy.glance):
        yield GoverningText(f"glance.{line.id}", ("glance", index, "text"), line.text)
    for index, step in enumerate(policy.steps):
        yield GoverningText(f"step.{step.id}", ("steps", index, "text"), step.text)
    for index, entry in enumerate(policy.faq):
        path = ("faq", index)
        yield GoverningText(f"faq.{entry.id}.question", (*path, "question"), entry.question)
        yield GoverningText(f"faq.{entry.id}.answer", (*path, "answer"), entry.answer)
    for index, item in enumerate(policy.coverage.covered):
        yield GoverningText(f"covered.{item.id}", ("coverage", "covered", index, "text"), item.text)
    for index, item in enumerate(policy.coverage.excluded):
        excluded: Path = ("coverage", "excluded", index, "text")
        yield GoverningText(f"excluded.{item.id}", excluded, item.text)
    for index, channel in enumerate(policy.channels):
        path = ("channels", index)
        yield GoverningText(f"channel.{channel.id}.name", (*path, "name"), channel.name)
        yield GoverningText(f"channel.{channel.id}.text", (*path, "text"), channel.text)


def _clauses(policy: PolicyFile) -> Iterator[GoverningText]:
    for index, section in enumerate(policy.sections):
        path = ("sections", index)
        yield GoverningText(f"section.{section.id}", (*path, "title"), section.title)
        for position, clause in enumerate(section.clauses):
            clause_path: Path = (*path, "clauses", position, "text")
            yield GoverningText(clause.id, clause_path, clause.text, states=True)


def _notes(policy: PolicyFile) -> Iterator[GoverningText]:
    for reading_id, reading in policy.readings.items():
        path: Path = ("readings", reading_id, "text")
        yield GoverningText(f"reading.{reading_id}", path, reading.text, states=True)
    for gap_id, note in policy.gaps.items():
        path = ("gaps", gap_id, "text")
        yield GoverningText(f"gap.{gap_id}", path, note.text, states=True)

"""What `termwise coverage` prints: each region without one published price, with an example."""

from collections.abc import Iterator

from calculator.coverage import Region, uncovered
from calculator.money import plain
from calculator.policy import Policy, When
from calculator.view import clause_number
from hooks.bands import bounds_of
from hooks.providers import Provider

LANGUAGE = "en"


def coverage_lines(provider: Provider) -> Iterator[str]:
    """One paragraph for each region of a provider; what is left unsaid about tax comes last."""
    policy = provider.policy
    for region in uncovered(policy):
        yield _paragraph(provider, region)
    if policy.tax is None and policy.currency != "XXX":
        yield f"{policy.provider}: whether prices include tax is not published."


def undeclared(policy: Policy) -> list[Region]:
    """The regions that are mistakes of the policy: an undeclared gap, or two prices."""
    return [region for region in uncovered(policy) if not region.is_declared]


def _paragraph(provider: Provider, region: Region) -> str:
    policy = provider.policy
    clauses = ", ".join(f"{clause} ({clause_number(policy, clause)})" for clause in region.clauses)
    return (
        f"{policy.provider}/{region.service}: {_finding(region)}\n"
        f"  when      {_when(provider, region)}\n"
        f"  clauses   {clauses}\n"
        f"  example   {example_command(provider, region)}"
    )


def _finding(region: Region) -> str:
    rule = region.rule or "no charge applies"
    if region.claimed_by:
        return f"{rule}: {' and '.join(region.claimed_by)} both claim the price"
    if region.gap:
        return f"{rule}: not published (declared gap {region.gap})"
    return f"{rule}: no price, and no gap is declared"


def _when(provider: Provider, region: Region) -> str:
    words = provider.words[LANGUAGE]
    time = words.window(region.window) if region.window else "at any time"
    return f"{time}; {readable_answers(region.answers)}"


def readable_answers(when: When) -> str:
    """Answers as staff write them ("client: yes; product: subiekt or gestor")."""
    if not when.answers:
        return "any answers"
    return "; ".join(f"{question}: {' or '.join(answers)}" for question, answers in when.answers)


def example_command(provider: Provider, region: Region) -> str:
    """A command that prices one scenario of the region."""
    service = provider.policy.services[region.service]
    parts = [f"termwise quote {provider.policy.provider}/{region.service}"]
    if region.window and region.window.spans and "start" in service.asks:
        parts.append(f"--start {provider.local_start(region.window.spans[0].start)}")
    if "minutes" in service.asks:
        parts.append("--minutes 1")
    parts += [_given(provider, name, answers[0]) for name, answers in region.answers.answers]
    return " ".join(parts)


def _given(provider: Provider, name: str, answer: str) -> str:
    """An answer as an option of the command; for a band, the number with which it begins."""
    question = provider.policy.questions[name]
    if question.bands:
        return f"--quantity {name}={plain(bounds_of(question, answer)[0])}"
    return f"--set {name}={answer}"

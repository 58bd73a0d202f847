"""Whatever stands in a policy or a PO file: it is read, or what is wrong is told with its place."""

from collections.abc import Collection

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from termwise.checking.remarks import remarks
from termwise.policy_form.yaml_text.source import LINE_BREAK, decode
from termwise.problems import UNSEEN, Problem, UnreadableFile
from termwise.reading.policy_text import ReadPolicy, read_policy_text
from termwise_calculator.pricing.price import price
from termwise_calculator.pricing.problems import ScenarioProblems
from termwise_calculator.pricing.scenario import read_scenario
from tests.fuzz.mutations import mistyped, mutated
from tests.places import ROOT, SOUND

FILES = {
    "tidewater": SOUND / "tidewater" / "policy.yaml",
    "northlight": ROOT / "tests" / "generality" / "policies" / "northlight" / "policy.yaml",
}
POLICIES = {name: file.read_text("utf-8") for name, file in FILES.items()}
PO_FILE = (SOUND / "tidewater" / "pl.po").read_text("utf-8")
SHARE = settings(max_examples=settings().max_examples // 4)
"""Of the examples of the profile: reading a policy takes long."""


def expect_told(problems: Collection[Problem], text: str) -> None:
    """Each problem has a place in the file, and is one line that can be shown."""
    lines = LINE_BREAK.split(text)
    for problem in problems:
        assert 1 <= problem.place.line <= len(lines), problem
        assert 1 <= problem.place.column <= len(lines[problem.place.line - 1]) + 1, problem
        assert not UNSEEN.search(str(problem)), problem


def read(raw: bytes) -> tuple[str, ReadPolicy | None]:
    """A policy as `check` reads it, or none where there are problems."""
    try:
        text = decode(raw, "policy.yaml")
    except UnreadableFile as refused:
        expect_told(refused.problems, raw.decode("utf-8-sig", "replace"))
        return "", None
    policy, problems = read_policy_text(text, "policy.yaml")
    assert (policy is None) == bool(problems)
    expect_told(problems, text)
    if policy is not None:
        expect_told(remarks(policy.written, policy.source), text)
    return text, policy


def expect_priced(policy: ReadPolicy) -> None:
    """Each service has a quote of its likeliest case, or says why it has none."""
    for edition in policy.editions:
        for service in edition.policy.services:
            try:
                scenario = read_scenario(edition.policy, service, {}, edition.known_day)
                quote = price(edition.policy, scenario)
            except ScenarioProblems:
                continue  # which days are holidays may not be known
            assert sum(line.amount for line in quote.lines if line.amount) == quote.subtotal


@pytest.mark.parametrize("name", POLICIES)
def test_a_changed_policy_is_read_or_told(name: str) -> None:
    """A sound one can be priced."""

    @SHARE
    @given(mutated(POLICIES[name]))
    def check(text: str) -> None:
        _, policy = read(text.encode("utf-8", "surrogatepass"))
        if policy is not None:
            expect_priced(policy)

    check()


def test_no_slip_of_the_finger_is_left_untold(tidewater: ReadPolicy) -> None:
    """One character of a policy or of a translation is another, one more or gone."""

    @SHARE
    @given(mistyped(POLICIES["tidewater"]), mistyped(PO_FILE))
    def check(text: str, po_file: str) -> None:
        read(text.encode("utf-8"))
        raw = po_file.encode("utf-8")
        _, problems = tidewater.read_translation(raw, "pl.po", "pl")
        expect_told(problems, po_file)

    check()


@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)))
def test_whatever_a_file_holds_is_told(raw: bytes) -> None:
    """A policy it is not."""
    assert read(raw)[1] is None


@pytest.fixture(scope="module")
def tidewater() -> ReadPolicy:
    """The policy that the PO file translates."""
    policy, problems = read_policy_text(POLICIES["tidewater"])
    assert policy is not None, problems
    return policy


def test_a_changed_translation_is_read_or_told(tidewater: ReadPolicy) -> None:
    """What is shown of it fills its slots."""

    @given(mutated(PO_FILE))
    def check(po_file: str) -> None:
        raw = po_file.encode("utf-8", "surrogatepass")
        translated, problems = tidewater.read_translation(raw, "pl.po", "pl")
        expect_told(problems, raw.decode("utf-8-sig", "replace"))
        assert translated.texts.keys() == {text.id for text in tidewater.texts}

    check()

"""A policy from its text: sound, or with everything that is wrong in it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from pydantic import ValidationError

from termwise.checking.follow_ons import without_follow_ons
from termwise.checking.legible import compilable, legible
from termwise.checking.prose.texts import UNKNOWN_SLOT, TextChecker
from termwise.checking.tariff.resting_values import resting_problems
from termwise.checking.uncovered.problems import coverage_problems
from termwise.checking.whole_policy import (
    can_be_compiled,
    check_policy,
    deceiving_values,
    text_problems,
)
from termwise.checking.written.blanks import with_blanks
from termwise.checking.written.references import reference_problems
from termwise.checking.written.shape import named_otherwise, shape_problems
from termwise.checking.written.unknown_names import unknown_names
from termwise.compiling.edition import Edition
from termwise.compiling.editions import compile_editions
from termwise.policy_form.fields import WrittenValue, references, written_values
from termwise.policy_form.policy_file import PolicyFile
from termwise.policy_form.texts import GoverningText, governing_texts
from termwise.policy_form.yaml_text.source import (
    Source,
    read_source,
)
from termwise.problems import Problem, UnreadableFile, first_of
from termwise.reading.folders import POLICY_FILE
from termwise.reading.told_once import told_once
from termwise.reading.translations import (
    UNKNOWN_MESSAGE,
    TranslatedTexts,
    read_translation,
)
from termwise_calculator.terms.policy import has_begun

FOLLOW_FROM_WHAT_IS_LEFT_OUT = (UNKNOWN_SLOT, UNKNOWN_MESSAGE)


@dataclass(frozen=True, slots=True)
class ReadPolicy:
    """A policy without problems: its source, as written there, its texts, its editions in order."""

    source: Source
    written: PolicyFile
    texts: tuple[GoverningText, ...]
    editions: tuple[Edition, ...]

    def values(self) -> list[WrittenValue]:
        """Every value as written, with its path, spot and kind."""
        return written_values(self.source)

    def edition_on(self, day: date) -> Edition:
        """The edition in force on a day; before the first terms, those."""
        in_force = [edition for edition in self.editions if has_begun(edition.effective, day)]
        return in_force[-1] if in_force else self.editions[0]

    def read_translation(
        self, content: bytes, file: str, language: str
    ) -> tuple[TranslatedTexts, list[Problem]]:
        """Read a PO file of this policy, with everything that is wrong in it."""
        checker = TextChecker(self.editions)
        return read_translation(content, file, language, self.texts, checker.check)


def read_policy_text(
    text: str, file: str = POLICY_FILE, folder: str | None = None, *, covered: bool = True
) -> tuple[ReadPolicy | None, list[Problem]]:
    """Read a policy from its text; None when there are problems. `folder` is its folder's name."""
    policy, problems, _ = read_checkable(text, file, folder, covered=covered)
    return policy, problems


@dataclass(frozen=True, slots=True)
class Checkable:
    """What a policy's translations are checked by, also where it has problems itself.

    Slots that its own texts name wrong are `told` already. Where it is not `whole`, something is
    left out or named otherwise that a translation may rightly name.
    """

    language: str
    texts: Sequence[GoverningText]
    editions: tuple[Edition, ...]
    told: frozenset[str] = frozenset()
    whole: bool = True

    def read_translation(
        self, content: bytes, file: str, language: str
    ) -> tuple[TranslatedTexts, list[Problem]]:
        """Read a PO file with everything that is wrong in it."""
        checker = TextChecker(self.editions)
        read, found = read_translation(content, file, language, self.texts, checker.check)
        new = [one for one in found if one.what != UNKNOWN_SLOT or one.found not in self.told]
        text = content.decode("utf-8", "replace")
        return read, list(told_once(_founded(new, whole=self.whole), text, file))


Read = tuple[ReadPolicy | None, list[Problem], Checkable | None]


def read_checkable(text: str, file: str, folder: str | None, *, covered: bool) -> Read:
    """A policy from its text, its problems, and what its translations can be checked by."""
    try:
        source = read_source(text, file)
        written = PolicyFile.model_validate(source.data)
    except UnreadableFile as error:
        return None, error.problems, None
    except ValidationError as error:
        return _read_in_part(source, error, folder)
    editions = _compiled(written)
    problems = check_policy(written, source, folder, covered=covered)
    texts = first_of(
        [*text_problems(written, editions, source), *resting_problems(written, editions, source)]
    )
    problems = _told({*problems, *texts}, source)
    checkable = _checkable(written, editions, source, problems)
    if not problems and covered:
        problems = coverage_problems(source, editions)
    if problems:
        return None, problems, checkable
    return ReadPolicy(source, written, tuple(checkable.texts), editions), [], checkable


def _read_in_part(source: Source, error: ValidationError, folder: str | None) -> Read:
    """A policy whose shape is wrong: what can be read of it is checked all the same."""
    problems = _shape_and_names(shape_problems(error, source), source)
    renamed = named_otherwise(error, source)
    part = legible(source, error)
    if part is None:
        return None, _told({*problems} - renamed, source), None
    written, editions = part.written, _compiled(part.written)
    texts = _founded(first_of(text_problems(written, editions, part.source)), whole=part.whole)
    meanings = part.beside(check_policy(written, part.source, folder, covered=False))
    told = {problem.place for problem in problems}
    others = {one for one in (*texts, *meanings) if one.place not in told}
    checkable = _checkable(written, editions, part.source, others, whole=part.whole)
    return None, _told({*problems, *others} - renamed, source), checkable


def _checkable(
    written: PolicyFile,
    editions: tuple[Edition, ...],
    source: Source,
    problems: Collection[Problem],
    *,
    whole: bool = True,
) -> Checkable:
    """What translations are checked by. Where ids are wrong, none of them is told what it names."""
    whole = whole and (not problems or not reference_problems(written, source))
    told = frozenset(one.found for one in problems if one.what == UNKNOWN_SLOT)
    return Checkable(written.language, governing_texts(written), editions, told, whole)


def _told(problems: Collection[Problem], source: Source) -> list[Problem]:
    return first_of(without_follow_ons(with_blanks(problems, source)))


def _compiled(written: PolicyFile) -> tuple[Edition, ...]:
    """Its editions, or what its texts are checked by where it cannot be compiled as it is."""
    return compile_editions(written if can_be_compiled(written) else compilable(written))


def _founded(problems: Iterable[Problem], *, whole: bool) -> list[Problem]:
    """Problems that do not come from what is left out of a policy."""
    return [one for one in problems if whole or one.what not in FOLLOW_FROM_WHAT_IS_LEFT_OUT]


def _shape_and_names(problems: list[Problem], source: Source) -> list[Problem]:
    """What is wrong with the shape, and the names of nothing that no such problem stands at."""
    told = {problem.place for problem in problems}
    unknown = unknown_names(source, references(source))
    others = chain(deceiving_values(source), (one for one in unknown if one.place not in told))
    return sorted({*problems, *first_of(others)})

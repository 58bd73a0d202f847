"""Reading a folder of policies: the one way into the house for every command, page and test."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from os.path import lexists
from pathlib import Path as FilePath

from babel.core import Locale, UnknownLocaleError
from pydantic import ValidationError

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
from termwise.languages import LANGUAGES
from termwise.policy_form.fields import WrittenValue, references, written_values
from termwise.policy_form.policy_file import PolicyFile
from termwise.policy_form.texts import GoverningText, governing_texts
from termwise.policy_form.values import TARIFF_KINDS
from termwise.policy_form.yaml_text.source import (
    Source,
    content_of,
    decode,
    read_source,
    replace_value,
    unreadable,
)
from termwise.problems import Place, Problem, UnreadableFile, counted, first_of, quoted
from termwise.reading.folders import POLICY_FILE, provider_folders
from termwise.reading.told_once import told_once
from termwise.reading.translations import (
    UNKNOWN_MESSAGE,
    TranslatedTexts,
    read_translation,
    untranslated,
)
from termwise_calculator.terms.policy import has_begun

__all__ = [
    "PolicyFolder",
    "ReadPolicy",
    "read_policies",
    "read_policy_text",
    "replace_value",
    "values",
]


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


@dataclass(frozen=True, slots=True)
class PolicyFolder:
    """Everything read from a folder: sound policies, translations by language, all problems."""

    policies: Mapping[str, ReadPolicy]
    translations: Mapping[str, Mapping[str, TranslatedTexts]]
    problems: list[Problem] = field(default_factory=list)

    def texts(self, provider: str, language: str) -> dict[str, dict[str, str | bool]]:
        """Each text of a provider as shown in a language: text, state, machine, language."""
        policy = self.policies[provider]
        translated = self.translations[provider].get(language)
        return {
            text.id: shown_text(text, policy.written.language, translated) for text in policy.texts
        }


def read_policies(directory: FilePath, *, covered: bool = True) -> PolicyFolder:
    """Read every provider of a folder; what is wrong is among the problems, never raised.

    Unless each case must be `covered` by one price or a recorded gap, that is no problem.
    """
    try:
        folders = provider_folders(directory)
    except OSError as error:
        return PolicyFolder({}, {}, [_no_folder(directory, error)])
    if not folders:
        return PolicyFolder({}, {}, [_no_policies(directory)])
    policies: dict[str, ReadPolicy] = {}
    translations: dict[str, Mapping[str, TranslatedTexts]] = {}
    problems: list[Problem] = []
    for folder in folders:
        one = read_provider(folder, covered=covered)
        policies |= one.policies
        translations |= one.translations
        problems += one.problems
    return PolicyFolder(policies, translations, sorted(problems))


def read_provider(folder: FilePath, *, covered: bool = True) -> PolicyFolder:
    """Read the folder of one provider, as one that holds no other."""
    policy, problems, checkable = _read(folder, covered=covered)
    problems = list(problems)
    translations = _read_translations(folder, checkable, problems) if checkable else {}
    if policy is None:
        return PolicyFolder({}, {}, sorted(problems))
    problems += _ids_of_others(folder, policy)
    provider = policy.written.provider
    return PolicyFolder({provider: policy}, {provider: translations}, problems)


def read_policy_text(
    text: str, file: str = POLICY_FILE, folder: str | None = None, *, covered: bool = True
) -> tuple[ReadPolicy | None, list[Problem]]:
    """Read a policy from its text; None when there are problems. `folder` is its folder's name."""
    policy, problems, _ = _read_text(text, file, folder, covered=covered)
    return policy, problems


@dataclass(frozen=True, slots=True)
class _Checkable:
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


_Read = tuple[ReadPolicy | None, list[Problem], _Checkable | None]


def _read_text(text: str, file: str, folder: str | None, *, covered: bool) -> _Read:
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
    problems = first_of(with_blanks({*problems, *texts}, source))
    checkable = _checkable(written, editions, source, problems)
    if not problems and covered:
        problems = coverage_problems(source, editions)
    if problems:
        return None, problems, checkable
    return ReadPolicy(source, written, tuple(checkable.texts), editions), [], checkable


def _read_in_part(source: Source, error: ValidationError, folder: str | None) -> _Read:
    """A policy whose shape is wrong: what can be read of it is checked all the same."""
    problems = _shape_and_names(shape_problems(error, source), source)
    renamed = named_otherwise(error, source)
    part = legible(source, error)
    if part is None:
        return None, first_of(with_blanks({*problems} - renamed, source)), None
    written, editions = part.written, _compiled(part.written)
    texts = _founded(first_of(text_problems(written, editions, part.source)), whole=part.whole)
    meanings = part.beside(check_policy(written, part.source, folder, covered=False))
    told = {problem.place for problem in problems}
    others = {one for one in (*texts, *meanings) if one.place not in told}
    checkable = _checkable(written, editions, part.source, others, whole=part.whole)
    return None, first_of(with_blanks({*problems, *others} - renamed, source)), checkable


def _checkable(
    written: PolicyFile,
    editions: tuple[Edition, ...],
    source: Source,
    problems: Collection[Problem],
    *,
    whole: bool = True,
) -> _Checkable:
    """What translations are checked by. Where ids are wrong, none of them is told what it names."""
    whole = whole and (not problems or not reference_problems(written, source))
    told = frozenset(one.found for one in problems if one.what == UNKNOWN_SLOT)
    return _Checkable(written.language, governing_texts(written), editions, told, whole)


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


def values(text: str, file: str = POLICY_FILE) -> list[WrittenValue]:
    """Every value of a policy's text with its path, spot and kind, for those who change values.

    Raises UnreadableFile when the text is not YAML.
    """
    return written_values(read_source(text, file))


def summary(folder: PolicyFolder) -> str:
    """One line on a sound folder: how much it holds, how much of the translations is missing."""
    policies = folder.policies.values()
    translations = [texts for one in folder.translations.values() for texts in one.values()]
    clauses = sum(len(section.clauses) for one in policies for section in one.written.sections)
    figures = sum(value.kind in TARIFF_KINDS for one in policies for value in one.values())
    languages = {one.written.language for one in policies} | {one.language for one in translations}
    return ", ".join(
        [
            counted(len(folder.policies), "provider"),
            counted(clauses, "clause"),
            counted(figures, "value"),
            counted(len(languages), "language"),
            counted(sum(one.count("stale") for one in translations), "stale translation"),
            counted(sum(one.count("missing") for one in translations), "missing translation"),
        ]
    )


def shown_text(
    text: GoverningText, governing: str, translated: TranslatedTexts | None
) -> dict[str, str | bool]:
    """A text as shown: the translation where there is a current one, else the governing text."""
    if translated is None:
        return {"text": text.text, "state": "governing", "machine": False, "language": governing}
    translation = translated.texts[text.id]
    current = translation.state == "translated"
    return {
        "text": translation.text if current else text.text,
        "state": translation.state,
        "machine": current and translation.machine,
        "language": translated.language if current else governing,
    }


def read_policy(
    folder: FilePath, *, covered: bool = True
) -> tuple[ReadPolicy | None, list[Problem]]:
    """Read the policy of one provider without its translations; None when there are problems."""
    policy, problems, _ = _read(folder, covered=covered)
    return policy, problems


def _read(folder: FilePath, *, covered: bool) -> _Read:
    file = folder / POLICY_FILE
    try:
        text = decode(content_of(file), str(file))
    except UnreadableFile as error:
        return None, error.problems, None
    return _read_text(text, str(file), folder.name, covered=covered)


def _read_translations(
    folder: FilePath, policy: _Checkable, problems: list[Problem]
) -> dict[str, TranslatedTexts]:
    """The translations of a policy; a language without a file has every text missing."""
    read: dict[str, TranslatedTexts] = {}
    for language in LANGUAGES:
        if language == policy.language:
            continue
        file = folder / f"{language}.po"
        read[language] = untranslated(language, policy.texts)
        if not lexists(file):
            continue
        try:
            content = content_of(file)
        except UnreadableFile as error:
            problems += error.problems
            continue
        read[language], found = policy.read_translation(content, str(file), language)
        problems += found
    problems += _strangers(folder, read)
    return read


def _ids_of_others(folder: FilePath, policy: ReadPolicy) -> list[Problem]:
    """Former ids under which another provider stands now: its history is not this one's."""
    return [
        Problem(
            policy.source.place(("formerly", number)),
            "This former id is another provider's",
            quoted(former),
            "an id that no folder beside this one has",
            "take it out of formerly, or the other folder away",
        )
        for number, former in enumerate(policy.written.formerly)
        if former != policy.written.provider and (folder.parent / former / POLICY_FILE).is_file()
    ]


def _strangers(folder: FilePath, read: Iterable[str]) -> list[Problem]:
    """PO files whose name is no language of the site, or the language that governs."""
    return [
        Problem(
            Place(str(file), 1, 1),
            "This file translates into no language that is wanted here",
            quoted(file.name) + _language_name(file.stem),
            ", ".join(f"{language}.po" for language in read),
            "name the file after its language, or take it away; a language is added for the whole "
            "site, in hooks/termwise/languages.py",
        )
        for file in sorted(folder.glob("*.po"))
        if file.stem not in read
    ]


def _no_folder(directory: FilePath, error: OSError) -> Problem:
    expected = "a folder" if isinstance(error, NotADirectoryError) else "a folder that can be read"
    return unreadable(directory, (error.strerror or "an error of the system").lower(), expected)


def _language_name(code: str) -> str:
    """Which language a code stands for, in brackets; nothing where it stands for none."""
    try:
        return f" ({Locale.parse(code).get_display_name('en')})"
    except (ValueError, UnknownLocaleError):
        return ""


def _no_policies(directory: FilePath) -> Problem:
    return Problem(
        Place(str(directory), 1, 1),
        "The folder holds no policies",
        "no folder inside it",
        "a folder for each provider, with policy.yaml in it",
        "give another folder with --policies, or copy the recipe in policies/README.md",
    )

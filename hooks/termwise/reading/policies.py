"""Reading a folder of policies: the one way into the house for every command, page and test."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from os.path import lexists
from pathlib import Path as FilePath

from babel.core import Locale, UnknownLocaleError

from termwise.languages import LANGUAGES
from termwise.policy_form.texts import GoverningText
from termwise.policy_form.values import TARIFF_KINDS
from termwise.policy_form.yaml_text.source import (
    content_of,
    decode,
    unreadable,
)
from termwise.problems import Place, Problem, UnreadableFile, counted, quoted
from termwise.reading.folders import POLICY_FILE, provider_folders
from termwise.reading.policy_text import Checkable, Read, ReadPolicy, read_checkable
from termwise.reading.translations import (
    TranslatedTexts,
    untranslated,
)


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


def _read(folder: FilePath, *, covered: bool) -> Read:
    file = folder / POLICY_FILE
    try:
        text = decode(content_of(file), str(file))
    except UnreadableFile as error:
        return None, error.problems, None
    return read_checkable(text, str(file), folder.name, covered=covered)


def _read_translations(
    folder: FilePath, policy: Checkable, problems: list[Problem]
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

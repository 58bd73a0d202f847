"""How far each provider is translated into each language, for its staff: counts and places."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import quote

from markupsafe import Markup

from termwise.languages import LANGUAGES, TABLE
from termwise.pages.edit_links import edit_mark
from termwise.pages.markers import ROOT, ROWS, unlike_markers
from termwise.pages.parts import ProviderContent, Sources
from termwise.pages.safe_text import html, joined
from termwise.policy_form.texts import GoverningText
from termwise.reading.folders import POLICY_FILE
from termwise.reading.policies import PolicyFolder
from termwise.reading.policy_text import ReadPolicy
from termwise.reading.translations import TranslatedTexts, Translation
from termwise.words.messages import message_words
from termwise_calculator.telling.words import Words

Waiting = tuple[GoverningText, Translation]
"""A text and its translation, which is stale or missing."""


def status_table(words: Words) -> Markup:
    """The table around the rows of the providers."""
    head = (html('<th scope="col">{}</th>', one) for one in _columns(words))
    return html(
        '<div class="tw-scroll" tabindex="0" role="region" aria-label="{}">\n'
        '<table class="tw-compare tw-status"><thead><tr>{}</tr></thead>\n'
        "<tbody>\n{}\n</tbody></table></div>",
        words.say("How far the policies are translated"),
        joined(head, ""),
        ROWS,
    )


def with_translation_status(
    content: ProviderContent, folder: PolicyFolder, sources: Sources
) -> ProviderContent:
    """What a provider contributes, with its row of the table."""
    row = {language: _row(message_words(language), folder, sources) for language in LANGUAGES}
    return replace(content, rows={**content.rows, "translations": row})


def _columns(words: Words) -> list[str]:
    return [words.say("Provider"), *(one.name for one in TABLE)]


def _row(words: Words, folder: PolicyFolder, sources: Sources) -> Markup:
    [(provider, policy)] = folder.policies.items()
    cells = (
        html('<td data-label="{}">{}</td>', one.name, cell)
        for one in TABLE
        for cell in [_cell(words, policy, folder.translations[provider].get(one.code), sources)]
    )
    return html(
        '<tr><th scope="row"><a href="{}providers/{}/">{}</a></th>{}</tr>',
        ROOT,
        provider,
        unlike_markers(policy.written.name),
        joined(cells, ""),
    )


def _cell(
    words: Words, policy: ReadPolicy, translated: TranslatedTexts | None, sources: Sources
) -> Markup:
    if translated is None:
        return html("{}", words.say("the original"))
    if not any(one.line for one in translated.texts.values()):
        return html("{}", words.say("not begun"))
    return joined(_told(words, policy, translated, sources), "<br>")


def _told(
    words: Words, policy: ReadPolicy, translated: TranslatedTexts, sources: Sources
) -> Iterator[Markup]:
    texts = translated.texts
    yield html("{}", words.say("Translated: {count}", count=str(translated.count("translated"))))
    if machine := sum(one.machine for one in texts.values()):
        yield html("{}", words.say("Not reviewed: {count}", count=str(machine)))
    for state, told in (
        ("stale", words.say("Stale: {count}", count=str(translated.count("stale")))),
        ("missing", words.say("Missing: {count}", count=str(translated.count("missing")))),
    ):
        waiting = [(one, texts[one.id]) for one in policy.texts if texts[one.id].state == state]
        if waiting:
            file = f"{translated.language}.po"
            places = _places(words, policy, waiting, sources.path, file)
            yield html("<details><summary>{}</summary><ul>{}</ul></details>", told, places)


def _places(
    words: Words, policy: ReadPolicy, waiting: Iterable[Waiting], folder: str, file: str
) -> Markup:
    """Where each text waits: at its message, or in the policy where there is none."""
    return joined((_place(words, policy, one, folder, file) for one in waiting), "")


def _place(words: Words, policy: ReadPolicy, waiting: Waiting, folder: str, file: str) -> Markup:
    text, translation = waiting
    line = translation.line
    if not line:
        file, line = POLICY_FILE, policy.source.place(text.path).line
    place = f"{file}:{line}"
    return html(
        "<li><code>{}</code> {} {}</li>",
        text.id,
        place,
        edit_mark(line, words.say("Edit: {what}", what=place), f"../{quote(folder)}/{file}"),
    )

"""What a hand-written page says where it is behind the English one."""

from pathlib import Path

from markupsafe import Markup

from termwise.pages.safe_text import html
from termwise.reading.page_translations import ENGLISH, page_translation
from termwise_calculator.telling.words import Words


def with_stale_notice(markdown: str, file: Path, docs: Path, way_home: str) -> str:
    """A page's Markdown, with a notice below its title where its translation is stale.

    `way_home` leads from the page to the home of its language, which lies in the English one.
    """
    translation = page_translation(file)
    if translation is None or not translation.stale:
        return markdown
    from termwise.reading.providers import message_words  # noqa: PLC0415 (large, and rarely needed)

    language = file.stem.rpartition(".")[2]
    address = f"{way_home}../{_address(translation.source.relative_to(docs))}"
    title, line, rest = markdown.lstrip().partition("\n")
    return f"{title}\n\n{stale_notice(message_words(language), address)}\n{line}{rest}"


def stale_notice(words: Words, english: str) -> Markup:
    """That the English page says more or else, with a link to it."""
    return html(
        '<p class="tw-notice tw-notice--stale">{} <a href="{}" hreflang="{}">{}</a></p>',
        words.say("The English page has changed since this translation was made."),
        english,
        ENGLISH,
        words.say("Read it in English"),
    )


def _address(page: Path) -> str:
    """The address of an English page from the site's root."""
    address = page.with_suffix("").as_posix()
    return address.removesuffix("index") if page.stem == "index" else f"{address}/"

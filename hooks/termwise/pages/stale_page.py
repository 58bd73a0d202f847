"""What a hand-written page says where it is behind the English one."""

from pathlib import PurePosixPath

from markupsafe import Markup

from termwise.pages.safe_text import html
from termwise.reading.page_translations import ENGLISH, PageTranslation
from termwise.words.messages import message_words
from termwise_calculator.telling.words import Words


def with_stale_notice(markdown: str, translation: PageTranslation | None, way_home: str) -> str:
    """A page's Markdown, with a notice below its title where its translation is stale.

    `way_home` leads from the page to the home of its language, which lies in the English one.
    """
    if translation is None or not translation.stale:
        return markdown
    address = f"{way_home}../{_address(translation.name)}"
    notice = stale_notice(message_words(translation.language), address)
    title, _, rest = markdown.lstrip().partition("\n")
    return f"{title}\n\n{notice}\n\n{rest}"


def stale_notice(words: Words, english: str) -> Markup:
    """That the English page says more or else, with a link to it."""
    return html(
        '<p class="tw-notice tw-notice--stale">{} <a href="{}" hreflang="{}">{}</a></p>',
        words.say("The English page has changed since this translation was made."),
        english,
        ENGLISH,
        words.say("Read it in English"),
    )


def _address(page: str) -> str:
    """The address of an English page from the site's root."""
    address = page.removesuffix(".md")
    return address.removesuffix("index") if PurePosixPath(page).stem == "index" else f"{address}/"

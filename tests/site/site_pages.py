"""The built site as a reader of HTML sees it: pages, their ids, links and what they load."""

from dataclasses import dataclass, field
from functools import cache, cached_property
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

LANGUAGES = {"en": "", "pl": "pl/", "da": "da/", "pt": "pt/"}
TAGS = {"en": "en", "pl": "pl", "da": "da", "pt": "pt-PT"}
HAND_WRITTEN = (
    *("", "providers/", "compare/", "staff-guide/", "rate-card-examples/", "about/", "speed/"),
    "glossary/",
)
PROVIDERS = ("duxtel", "iponto", "mastiff", "remote-utilities", "satisoft")
POLICIES = tuple(f"providers/{provider}/" for provider in PROVIDERS)
EDITIONS = tuple(f"{place}first/" for place in POLICIES)
"""None of the providers says since when its terms hold, and none has a dated row."""
HISTORIES = tuple(f"{policy}history/" for policy in POLICIES)


@dataclass
class Element:
    """A start tag with its attributes."""

    tag: str
    attributes: dict[str, str]


@dataclass
class HtmlPage(HTMLParser):
    """One page: its address inside the site, and its elements in the order of the text."""

    address: str
    text: str
    elements: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.feed(self.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keeps each element (HTMLParser's way of handing them over)."""
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))

    def all(self, tag: str, **attributes: str) -> list[dict[str, str]]:
        """The attributes of every element of a kind, restricted to those with certain ones."""
        return [
            element.attributes
            for element in self.elements
            if element.tag == tag and attributes.items() <= element.attributes.items()
        ]

    @cached_property
    def ids(self) -> list[str]:
        """All ids, repeated ones included."""
        return [found for element in self.elements if (found := element.attributes.get("id"))]

    @property
    def addresses(self) -> list[str]:
        """Everything that the page links to or loads."""
        names = ("href", "src", "action", "data-bundle", "data-runtime", "data-index")
        return [
            element.attributes[name]
            for element in self.elements
            for name in names
            if name in element.attributes
        ]

    def resolve(self, address: str) -> tuple[str, str]:
        """The place inside the site that an address leads to, and the anchor there."""
        target = urlsplit(urljoin(f"https://site/{self.address}", address))
        return unquote(target.path).lstrip("/"), unquote(target.fragment)


@cache
def pages(site: Path) -> dict[str, HtmlPage]:
    """Every page of the built site by its address; the lost page is `404.html`."""
    files = sorted(site.rglob("*.html"))
    addresses = [file.relative_to(site).as_posix().removesuffix("index.html") for file in files]
    return {
        address: HtmlPage(address, file.read_text("utf-8"))
        for address, file in zip(addresses, files, strict=True)
    }


def is_elsewhere(address: str) -> bool:
    """Whether an address leaves the site: another host, mail, telephone."""
    parts = urlsplit(address)
    return bool(parts.scheme or parts.netloc)

"""The list of pages for search engines, each with its counterparts in the other languages."""

import gzip
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree

from termwise.languages import LANGUAGES, TABLE
from termwise.site.stage import address_of

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
LINKS = "http://www.w3.org/1999/xhtml"


def write(site: Path, address: str, names: Iterable[str]) -> None:
    """Write the list, and a compressed one beside it, of pages by their names."""
    ElementTree.register_namespace("", NAMESPACE)
    ElementTree.register_namespace("xhtml", LINKS)
    listed = ElementTree.Element(f"{{{NAMESPACE}}}urlset")
    pages = list(names)
    for language in LANGUAGES:
        for name in pages:
            _list(listed, address, name, language)
    ElementTree.indent(listed)
    written = ElementTree.tostring(listed, encoding="utf-8", xml_declaration=True) + b"\n"
    (site / "sitemap.xml").write_bytes(written)
    (site / "sitemap.xml.gz").write_bytes(gzip.compress(written, mtime=0))


def _list(listed: ElementTree.Element, address: str, name: str, language: str) -> None:
    entry = ElementTree.SubElement(listed, f"{{{NAMESPACE}}}url")
    place = ElementTree.SubElement(entry, f"{{{NAMESPACE}}}loc")
    place.text = address + address_of(name, language)
    for other in TABLE:
        link = {
            "rel": "alternate",
            "hreflang": other.tag,
            "href": address + address_of(name, other.code),
        }
        ElementTree.SubElement(entry, f"{{{LINKS}}}link", link)

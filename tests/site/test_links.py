"""Nothing leads nowhere."""

from pathlib import Path

from tests.conftest import SITE_URL
from tests.site.site_pages import HtmlPage, is_elsewhere, pages


def test_every_internal_link_and_anchor_resolves(built_site: Path) -> None:
    """Links in HTML blocks are not known to MkDocs, so they are followed here."""
    broken = [
        f"{page.address or 'home'} -> {address}"
        for page in pages(built_site).values()
        for address in page.addresses
        if not is_elsewhere(address) and not _resolves(built_site, page, address)
    ]
    assert not broken


def test_links_to_elsewhere_are_links_for_people_only(built_site: Path) -> None:
    """A page may name its source; it must not load anything from there."""
    loaded = [
        f"{page.address}: {element.tag} {element.attributes}"
        for page in pages(built_site).values()
        for element in page.elements
        if element.tag != "a"
        and element.attributes.get("rel") not in ("canonical", "alternate")
        and any(is_elsewhere(element.attributes.get(name, "")) for name in ("href", "src"))
        and not element.attributes.get("src", "").startswith("data:")
    ]
    assert not loaded


def test_ids_are_unique_on_each_page(built_site: Path) -> None:
    """A second element with the same id would take the links of the first."""
    for page in pages(built_site).values():
        repeated = {found for found in page.ids if page.ids.count(found) > 1}
        assert not repeated, page.address


def test_stylesheets_load_nothing_from_elsewhere(built_site: Path) -> None:
    """Fonts and images of a stylesheet are requests as well."""
    for sheet in built_site.rglob("*.css"):
        text = sheet.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "url(http" not in text.replace('"', "").replace("'", ""), sheet
        assert "@import" not in text, sheet


def _resolves(site: Path, page: HtmlPage, address: str) -> bool:
    # The service worker puts the way to the root of the site into the page that it shows offline.
    path, anchor = page.resolve(address.replace("{root}/", "/"))
    if page.address == "404.html":  # shown at any depth, so its addresses start at the root
        path = path.removeprefix(SITE_URL.split("/", 3)[3])
    if path in pages(site):
        return not anchor or anchor in pages(site)[path].ids
    return not anchor and (site / path).is_file()


def test_every_script_ends_as_hosts_know_it(built_site: Path) -> None:
    """Browsers run what is sent as JavaScript; nginx and others do not know that .mjs is."""
    assert list(built_site.rglob("*.js"))
    assert not list(built_site.rglob("*.mjs"))

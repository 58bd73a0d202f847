"""Names that hold a digest, for the scripts and styles that pages load.

A page then names exactly the files it was made with. A browser may keep them for good, and the
page of one release never meets a script of another, whatever is kept, old or half published.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from mkdocs.structure.files import File, Files

from termwise import places
from termwise.kept.digests import digest_of

FOLDERS = {
    "assets/javascripts/": f"{places.ASSETS}/scripts-",
    "assets/stylesheets/": f"{places.ASSETS}/styles-",
}
"""Folders of the site, each with the beginning of the name that it gets."""


def name_folders(files: Files, site: Path) -> dict[str, str]:
    """Moves each folder of the site to a name with the digest of all its files; tells both names.

    Files of a folder name one another by relative addresses, so they move together.
    """
    names = {}
    for folder, beginning in FOLDERS.items():
        found = [file for file in files if file.src_uri.startswith(folder)]
        names[folder] = f"{beginning}{_digest(found)}/"
        for file in found:
            file.dest_uri = names[folder] + file.src_uri.removeprefix(folder)
            file.abs_dest_path = str(site / file.dest_uri)  # static-i18n has set it: none follows
    return names


def renamed(html: str, names: Mapping[str, str]) -> str:
    """A page with the new names in place of the old ones."""
    for old, new in names.items():
        html = html.replace(old, new)
    return html


def _digest(files: Iterable[File]) -> str:
    """Sixteen hexadecimal digits that change with any name or content."""
    ordered = sorted(files, key=lambda each: each.src_uri)
    parts = (part for file in ordered for part in (file.src_uri, file.content_bytes))
    return digest_of(*parts)[:16]

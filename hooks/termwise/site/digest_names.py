"""Names that hold a digest, for the scripts and styles that pages load.

A page then names exactly the files it was made with. A browser may keep them for good, and the
page of one release never meets a script of another, whatever is kept, old or half published.
"""

from collections.abc import Mapping

from termwise import places
from termwise.kept.digests import digest_of, integrity_of
from termwise.pages.parts import SiteAsset

FOLDERS = {
    "assets/javascripts/": f"{places.ASSETS}/scripts-",
    "assets/stylesheets/": f"{places.ASSETS}/styles-",
}
"""Folders of the site, each with the beginning of the name that it gets."""


def named(files: Mapping[str, bytes]) -> tuple[list[SiteAsset], dict[str, str]]:
    """Files of these folders under names with the digest of all in a folder; and both names.

    Files of a folder name one another by relative addresses, so they move together. Where a page
    asks for a script, the new name brings its digest along: browsers then run no other content.
    """
    moved, names, scripts = [], {}, {}
    for folder, beginning in FOLDERS.items():
        own = {path: files[path] for path in sorted(files) if path.startswith(folder)}
        parts = (part for path, content in own.items() for part in (path, content))
        names[folder] = f"{beginning}{digest_of(*parts)[:16]}/"
        for path, content in own.items():
            target = names[folder] + path.removeprefix(folder)
            moved.append(SiteAsset(target, content))
            if target.endswith(".js"):
                scripts[f'{path}"'] = f'{target}" integrity="{integrity_of(content)}"'
    return moved, scripts | names


def renamed(html: str, names: Mapping[str, str]) -> str:
    """A page with the new names in place of the old ones."""
    for old, new in names.items():
        html = html.replace(old, new)
    return html

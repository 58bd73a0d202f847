"""Names that hold a digest, for the scripts and styles that pages load.

A page then names exactly the files it was made with. A browser may keep them for good, and the
page of one release never meets a script of another, whatever is kept, old or half published.
"""

from collections.abc import Mapping
from pathlib import Path

from termwise import places
from termwise.kept.digests import digest_of_files, files_in, integrity_of

FOLDERS = {
    "assets/javascripts/": f"{places.ASSETS}/scripts-",
    "assets/stylesheets/": f"{places.ASSETS}/styles-",
}
"""Folders of the site, each with the beginning of the name that it gets."""


def only_of(source: Path, site: Path) -> None:
    """Remove from these folders what is not of the source tree: a theme brings files of its own."""
    for folder in FOLDERS:
        own = {file.relative_to(source) for file in files_in(source / folder)}
        for file in files_in(site / folder):
            if file.relative_to(site) not in own:
                file.unlink()


def name_folders(site: Path) -> dict[str, str]:
    """Move each folder to a name with the digest of all its files; tells both names.

    Files of a folder name one another by relative addresses, so they move together. Where a page
    asks for a script, the new name brings its digest along: browsers then run no other content.
    """
    names, scripts = {}, {}
    for folder, beginning in FOLDERS.items():
        files = files_in(site / folder)
        names[folder] = f"{beginning}{digest_of_files(files, site)[:16]}/"
        for file in files:
            target = site / names[folder] / file.relative_to(site / folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            file.replace(target)
            if target.suffix == ".js":
                asked, path = f'{folder}{target.name}"', target.relative_to(site).as_posix()
                scripts[asked] = f'{path}" integrity="{integrity_of(target.read_bytes())}"'
    return scripts | names


def renamed(html: str, names: Mapping[str, str]) -> str:
    """A page with the new names in place of the old ones."""
    for old, new in names.items():
        html = html.replace(old, new)
    return html

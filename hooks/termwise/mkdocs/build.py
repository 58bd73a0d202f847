"""Building and serving the whole site: MkDocs over the policies of a folder."""

import os
import subprocess
from pathlib import Path

from termwise import places
from termwise.content.made import made_content

CONFIGURATION = str(places.ROOT / "mkdocs.yml")


def build_site(
    policies: Path, site: Path, *, compressed: bool = False, earlier_site: Path | None = None
) -> None:
    """Build the site into a folder; with `compressed` copies of its files, if wanted.

    Superseded terms that git does not have are carried over from an `earlier_site`.

    Raises UnsoundPolicies, and mkdocs.exceptions.Abort when anything else is wrong.
    """
    _tell_configuration(policies)
    content = made_content(policies, earlier_site)
    from mkdocs.commands.build import build  # noqa: PLC0415 (slow; other commands do without)
    from mkdocs.config import load_config  # noqa: PLC0415

    config = load_config(CONFIGURATION, site_dir=str(site.resolve()))
    config.extra["made"] = content
    config.plugins.on_startup(command="build", dirty=False)
    build(config)
    config.plugins.on_shutdown()
    if compressed:
        from termwise.site.precompressed import precompress  # noqa: PLC0415 (only where it is wanted)

        precompress(site)


def serve_site(policies: Path, address: str | None) -> None:
    """Serve the site, built anew whenever a policy, a translation or a page changes."""
    _tell_configuration(policies)
    from mkdocs.commands.serve import serve  # noqa: PLC0415

    serve(CONFIGURATION, livereload=True, dev_addr=address)


def _tell_configuration(policies: Path) -> None:
    """Set what mkdocs.yml reads from the environment: which policies, and for which day."""
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    os.environ["TERMWISE_POLICIES"] = str(policies.resolve())
    made = commit_time()
    if made is not None:
        # One commit gives one site, on whichever day it is built.
        os.environ.setdefault("SOURCE_DATE_EPOCH", str(made))


def commit_time() -> int | None:
    """When the commit at hand was made, in seconds since 1970; None outside a git checkout."""
    git = ["git", "-C", str(places.ROOT), "log", "-1", "--format=%ct"]
    try:
        written = subprocess.run(git, capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    return int(written) if written.strip() else None

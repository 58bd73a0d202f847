"""Building and serving the whole site: MkDocs over the policies of a folder."""

import os
from datetime import date
from pathlib import Path
from time import monotonic

from termwise import places
from termwise.content.made import made_content
from termwise.progress import result, step
from termwise.today import DAY

CONFIGURATION = str(places.ROOT / "mkdocs.yml")


def build_site(
    policies: Path,
    site: Path,
    *,
    compressed: bool = False,
    day: date | None = None,
    earlier_site: Path | None = None,
) -> None:
    """Build the site into a folder, as of a day or today; with `compressed` copies, if wanted.

    Superseded terms that git does not have are carried over from an `earlier_site`.

    Raises UnsoundPolicies, and mkdocs.exceptions.Abort when anything else is wrong.
    """
    began = monotonic()
    if day is not None:
        os.environ[DAY] = day.isoformat()
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

        step("Compressed copies")
        precompress(site)
    files = [file.stat().st_size for file in site.rglob("*") if file.is_file()]
    size, took = sum(files) / 1e6, monotonic() - began
    result(f"Built in {took:.1f} s: {site / 'index.html'} ({len(files)} files, {size:.1f} MB)")


def serve_site(policies: Path, address: str) -> None:
    """Serve the site, built anew whenever a policy, a translation or a page changes."""
    _tell_configuration(policies)
    from mkdocs.commands.serve import serve  # noqa: PLC0415

    serve(CONFIGURATION, livereload=True, dev_addr=address)


def _tell_configuration(policies: Path) -> None:
    """Set what mkdocs.yml reads from the environment: which policies."""
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    os.environ["TERMWISE_POLICIES"] = str(policies.resolve())

"""The generated part of the site, made in a process of its own (`process.py`).

Reading, checking and pricing need much that MkDocs does not. A process takes all that with it when
it ends, and the build needs no more memory than a build of pages written by hand. What waits for it
meanwhile has imported little, since both are there at the same time.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from termwise.content.kept import KeptPart
    from termwise.pages.parts import SiteContent

FREED_AT_ONCE = {"MALLOC_MMAP_THRESHOLD_": "131072"}
"""The C library of Linux gives large blocks back, also after it has seen one of 10 MB freed."""


class UnsoundPolicies(ValueError):
    """Policies that no site is made from: every problem, one a line."""


def made_content(policies: Path) -> "SiteContent":
    """Everything generated for a site. Raises UnsoundPolicies."""
    run = subprocess.run(
        [sys.executable, "-m", "termwise.content.process", str(policies)],
        env={**FREED_AT_ONCE, **os.environ},
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        check=True,
    )
    made = json.loads(run.stdout)
    if made["problems"]:
        raise UnsoundPolicies("\n".join(made["problems"]))
    return _put_together(made, policies.name)


def _put_together(made: Mapping[str, Any], policies: str) -> "SiteContent":
    from termwise.content.kept import filled  # noqa: PLC0415 (only now: see above)
    from termwise.pages.parts import (  # noqa: PLC0415
        PagePlace,
        SiteAsset,
        SiteContent,
        SitePage,
        json_asset,
    )

    shared, parts = _kept(made["shared"]), [_kept(part) for part in made["providers"]]
    parts.sort(key=lambda kept: str(kept[1]["entry"]["name"]).casefold())
    listed = json_asset("api/v1/policies.json", {"policies": [told["entry"] for _, told in parts]})
    files = [asset for part, _ in (*parts, shared) for asset in part.assets()]
    runtime = [SiteAsset(uri, Path(file)) for uri, file in made["runtime"].items()]
    return SiteContent(
        pages=tuple(
            SitePage(PagePlace(**place), language, part.page(place["name"], language), edited)
            for part, told in parts
            for edited in [f"{policies}/{told['entry']['provider']}/policy.yaml"]
            for place in told["pages"]
            for language in told["rows"]["providers"]
        ),
        assets=(*files, listed, *runtime),
        markers=filled(shared[1]["rows"], [told["rows"] for _, told in parts]),
    )


def _kept(folder: str) -> "tuple[KeptPart, Mapping[str, Any]]":
    from termwise.content.kept import KeptPart  # noqa: PLC0415

    part = KeptPart(Path(folder))
    return part, part.told

"""A second release of a built site: another program, other terms, nothing of the first left."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from pathlib import Path

from termwise.site.service_worker import NAME, tell_release

DIGEST = "sha256:" + "2" * 64
"""What the terms of Mastiff are called in the second release, in English."""


def next_release(site: Path, target: Path) -> Path:
    """Copy a site with another worker, and another bundle for Mastiff, each under its new name."""
    shutil.copytree(site, target, copy_function=os.link)
    (worker,) = target.glob("assets/termwise/worker-*.js")
    bundle = _bundle_of(target / "providers" / "mastiff" / "index.html")
    names = [
        _replaced(worker, worker.read_text("utf-8") + "// Release 2\n"),
        _replaced(bundle, re.sub(r"sha256:[0-9a-f]{64}", DIGEST, bundle.read_text("utf-8"))),
    ]
    for page in target.rglob("providers/*/index.html"):
        text = page.read_text("utf-8")
        for old, new in names:
            text = text.replace(old, new)
        _write(page, text)
    _tell_anew(target)
    return target


def _bundle_of(page: Path) -> Path:
    """The bundle that a page names; those of superseded terms lie beside it."""
    named = re.search(r'data-bundle="([^"]*)"', page.read_text("utf-8"))
    assert named is not None
    return (page.parent / named[1]).resolve()


def _replaced(file: Path, text: str) -> tuple[str, str]:
    """Put the text in place of the file, under the name of its digest; both names."""
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    new = re.sub(r"[0-9a-f]{16}", digest, file.name)
    file.unlink()
    (file.parent / new).write_text(text, "utf-8")
    return file.name, new


def _tell_anew(site: Path) -> None:
    worker = site / NAME
    told, _ = worker.read_text("utf-8").split("\n", 1)
    release = json.loads(told.removeprefix("const RELEASE = ").removesuffix(";"))
    worker.unlink()
    offline = release["offline"].items()
    tell_release(site, {beginning: (site / path).read_text("utf-8") for beginning, path in offline})


def _write(file: Path, text: str) -> None:
    file.unlink()  # it is shared with the first release
    file.write_text(text, "utf-8")

"""Stands in for pyodide._package_loader in the browser: no package is ever loaded.

Two paths and a list of nothing are all that the boot asks of it. The paths are objects because
JavaScript calls their `__str__`, and not pathlib's because nothing else would load pathlib.
"""

import sys

# Not used, but one of the objects that a memory image must hold.
from pyodide_js import loadedPackages  # type: ignore[import-not-found]  # noqa: F401


class Folder:
    """A path that is only ever shown."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __str__(self) -> str:
        return self.path


SITE_PACKAGES = Folder("/lib/python{}.{}/site-packages".format(*sys.version_info))
DSO_DIR = Folder("/usr/lib")


def init_loaded_packages() -> None:
    """Tell the boot that no package is installed."""

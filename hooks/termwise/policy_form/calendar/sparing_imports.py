"""One module of a package, without all that the package imports for itself.

Some libraries import a module for each country or language as soon as one is wanted: time, and
memory that a build keeps to its end.
"""

import sys
from importlib.machinery import ModuleSpec
from importlib.util import find_spec, module_from_spec


def spare_imports_of(package: str) -> None:
    """Declare a package without running its own module, so that each of its modules comes alone.

    Nothing changes where the package has been imported before, or is not installed.
    """
    if package in sys.modules or not (found := find_spec(package)):
        return
    declared = ModuleSpec(package, None, is_package=True)
    declared.submodule_search_locations = found.submodule_search_locations
    sys.modules[package] = module_from_spec(declared)

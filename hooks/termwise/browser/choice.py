"""How the browser's Python is made: the setting, and what is said where a stage does not fit."""

import os
from collections.abc import Mapping

from termwise.browser.tools import RuntimeBuildError, Unfit

SETTING = "TERMWISE_RUNTIME"
STAGES = ("trimmed", "memory", "library")
"""The fastest for visitors first; the last rests on Pyodide's public interface alone."""

USUAL = "trimmed"
AUTO = "auto"
"""The fastest that fits."""


class WrongSetting(RuntimeBuildError):
    """The setting has a value that it cannot have."""


def wanted_runtime(environment: Mapping[str, str] = os.environ) -> str:
    """One of the stages, or AUTO. Raises WrongSetting."""
    found = environment.get(SETTING, "") or USUAL
    if found not in (*STAGES, AUTO):
        expected = ", ".join((*STAGES[::-1], AUTO))
        raise WrongSetting(f"{SETTING}: found {found}; expected one of {expected}")
    return found


def simpler_than(stage: str) -> tuple[str, ...]:
    """The stages that need to know less of Pyodide than this one."""
    return STAGES[STAGES.index(stage) + 1 :]


def misfit_line(unfit: Unfit, version: str) -> str:
    """Which stage did not fit, why, and what to set, in a line."""
    simpler = " or ".join(simpler_than(unfit.stage))
    mend = f"set {SETTING}={simpler}" if simpler else "no stage is simpler"
    return (
        f"The browser's Python: the stage {unfit.stage} does not fit Pyodide {version}: "
        f"{unfit.what}; to mend: {mend}"
    )

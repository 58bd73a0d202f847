"""A site of other policies: terms that change, and a provider whose texts are awkward."""

from pathlib import Path

import pytest

from tests.conftest import BUILDING, build_site
from tests.pages.awkward import write_awkward_policies
from tests.pages.dated_policies import TODAY, write_dated_policies
from tests.shared import made_once, one_at_a_time


def site_of_other_policies(factory: pytest.TempPathFactory) -> Path:
    """The site, made once in a run."""

    def build(target: Path) -> None:
        policies = write_dated_policies(factory.mktemp("other") / "policies")
        write_awkward_policies(policies)
        more = {"TERMWISE_POLICIES": str(policies), "TERMWISE_DAY": TODAY.isoformat()}
        with one_at_a_time(factory, BUILDING):
            build_site(target, **more)

    return made_once(factory, "other-policies", build)

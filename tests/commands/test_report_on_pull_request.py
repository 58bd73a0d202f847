"""What is posted on a pull request: the report, or what there is to mend; and who may post it."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.places import ROOT, SOUND

WORKFLOWS = ROOT / ".github" / "workflows"
IDENTITY = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A repository with the script and a sound policy, committed on its main branch."""
    shutil.copytree(SOUND, tmp_path / "policies")
    shutil.copytree(ROOT / ".ci", tmp_path / ".ci")
    (tmp_path / ".venv").symlink_to(ROOT / ".venv")
    for command in (["init", "-qb", "main"], ["add", "policies"], ["commit", "-qm", "Begin"]):
        subprocess.run(["git", *IDENTITY, *command], cwd=tmp_path, check=True)
    return tmp_path


def report(checkout: Path) -> str:
    """What the script writes, which must always end well."""
    paths = os.pathsep.join((str(ROOT / "hooks"), str(ROOT / "calculator")))
    run = subprocess.run(
        [checkout / ".ci" / "report", "main"],
        env=os.environ | {"PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout


def edit(checkout: Path, old: str, new: str) -> None:
    """Change one place of the policy."""
    file = checkout / "policies" / "tidewater" / "policy.yaml"
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), "utf-8")


def test_the_report_tells_a_change_or_what_there_is_to_mend(checkout: Path) -> None:
    """First the mark by which the comment is found again."""
    edit(checkout, "percent: 20%", "percent: 25%")
    changed = report(checkout)
    assert changed.startswith("<!-- termwise report -->\n# What changes in terms and prices\n")
    assert "25%" in changed
    edit(checkout, "percent: 25%", "percent: a quarter")
    broken = report(checkout)
    assert broken.startswith("<!-- termwise report -->\n# What there is to mend\n")
    assert "`policies/tidewater/policy.yaml:84:14`: discounts.client-discount.percent" in broken


def test_a_broken_branch_below_is_told(checkout: Path) -> None:
    """The change is sound, but there is nothing to compare it with."""
    edit(checkout, "percent: 20%", "percent: a fifth")
    subprocess.run(["git", *IDENTITY, "commit", "-qam", "Break"], cwd=checkout, check=True)
    edit(checkout, "percent: a fifth", "percent: 20%")
    told = report(checkout)
    assert "The policies are sound: 1 provider, " in told
    assert "Nothing can be compared, since the policies at " in told
    assert "policy.yaml:84:14: " in told


def test_whoever_runs_a_pull_request_may_not_write() -> None:
    """The workflow that may write checks out nothing, and puts no text of others into a script."""
    review, comment = (
        yaml.load((WORKFLOWS / name).read_text("utf-8"), yaml.CBaseLoader)
        for name in ("review.yml", "comment.yml")
    )
    assert review["permissions"] == {"contents": "read"}
    assert comment["on"]["workflow_run"]["workflows"] == [review["name"]]
    steps = [step for job in comment["jobs"].values() for step in job["steps"]]
    assert not any("checkout" in step.get("uses", "") for step in steps)
    assert not any("${{" in step.get("run", "") for step in steps)
    uploaded = {
        step["with"]["name"]
        for step in review["jobs"]["review"]["steps"]
        if "with" in step and "path" in step["with"]
    }
    [posted] = [one["with"]["name"] for one in steps if "name" in one.get("with", {})]
    assert posted in uploaded
    assert {"report", "preview"} == uploaded


def test_a_preview_is_built_for_the_address_where_it_is_put() -> None:
    """By the same variable and number, and only by who runs nothing of the pull request."""
    review, comment = (
        yaml.load((WORKFLOWS / name).read_text("utf-8"), yaml.CBaseLoader)
        for name in ("review.yml", "comment.yml")
    )
    [build] = [
        one for one in review["jobs"]["review"]["steps"] if "make build" in one.get("run", "")
    ]
    [put] = [one for one in comment["jobs"]["preview"]["steps"] if one.get("id") == "put"]
    script = {"ADDRESS": "https://pr-NUMBER.terms.example/", "NUMBER": "12"}
    addresses = []
    for step, number in ((build, "$NUMBER"), (put, "$number")):
        assert step["env"]["ADDRESS"] == "${{ vars.PREVIEW_ADDRESS }}"
        [filled] = re.findall(r"\$\{ADDRESS/NUMBER/\$\w+\}", step["run"])
        assert filled == f"${{ADDRESS/NUMBER/{number}}}"
        echo = f'number=$NUMBER; echo "{filled}"'
        told = subprocess.run(["bash", "-c", echo], env=script, capture_output=True, check=True)
        addresses.append(told.stdout.decode().strip())
    assert addresses == ["https://pr-12.terms.example/"] * 2
    assert not any("secrets." in str(job) for job in review["jobs"].values())


def test_the_report_is_made_though_the_check_has_failed() -> None:
    """Which is when it is needed most; the check shows its problems at their lines."""
    workflow = yaml.load((WORKFLOWS / "review.yml").read_text("utf-8"), yaml.CBaseLoader)
    steps = workflow["jobs"]["review"]["steps"]
    [check] = [
        at for at, step in enumerate(steps) if "check --format github" in step.get("run", "")
    ]
    later = [step for step in steps[check + 1 :] if step.get("if") == "${{ !cancelled() }}"]
    assert any(".ci/report" in step.get("run", "") for step in later)
    assert any(step.get("with", {}).get("name") == "report" for step in later)


FORGE = """#!/usr/bin/env bash
# A forge with one pull request: its comments are files, and what changes it stands in `calls`.
case "$*" in
  *--paginate*) ls comments ;;
  */pulls/*) echo "$HEAD" ;;
  *POST*) cp report.md comments/41; echo post >> calls ;;
  *PATCH*) number=${4##*/}; cp report.md "comments/$number"; echo "patch $number" >> calls ;;
esac
"""


def test_every_push_renews_the_one_comment(tmp_path: Path) -> None:
    """The first makes it; a report that another pull request brings is not posted at all."""
    workflow = yaml.load((WORKFLOWS / "comment.yml").read_text("utf-8"), yaml.CBaseLoader)
    [post] = [one for one in workflow["jobs"]["comment"]["steps"] if "run" in one]
    (tmp_path / "comments").mkdir()
    (tmp_path / "gh").write_text(FORGE, "utf-8")
    (tmp_path / "gh").chmod(0o755)
    (tmp_path / "number").write_text("7\n", "utf-8")
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    setting = {"PATH": path, "REPOSITORY": "us/terms", "REVIEWED": "c0ffee", "PREVIEW": ""}

    def push(report: str, **changed: str) -> int:
        (tmp_path / "report.md").write_text(report, "utf-8")
        environment = setting | {"HEAD": "c0ffee"} | changed
        command = ["bash", "-e", "-c", post["run"]]
        return subprocess.run(command, cwd=tmp_path, env=environment, check=False).returncode

    assert push("first") == 0
    assert push("second", PREVIEW="https://pr-7.terms.example/") == 0
    assert push("of another", HEAD="beef") != 0
    assert (tmp_path / "calls").read_text("utf-8") == "post\npatch 41\n"
    [comment] = (tmp_path / "comments").iterdir()
    told = "second\n[The pages as they would be](https://pr-7.terms.example/)\n"
    assert comment.read_text("utf-8") == told

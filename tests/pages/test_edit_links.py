"""Each clause leads to its line in the file that says so, where that may be edited."""

import re
from collections.abc import Mapping

import pytest

from termwise.pages.edit_links import MARK, edit_mark, with_edit_links
from termwise.pages.policy.clauses import sections
from termwise.pages.policy.responses import response_table
from termwise.pages.policy.tables import price_table
from termwise.pages.policy_view import PolicyView
from termwise.reading.providers import Provider
from tests.places import POLICIES

ADDRESS = "https://forge.example/our/terms/edit/main/policies/mastiff/policy.yaml"
LINK = re.compile(r'<a class="tw-clause__edit" href="([^"#]+)#L(\d+)" aria-label="([^"]+)">✎</a>')
PRICED = re.compile(r"\b(price|times|percent|minutes|within|label|text|reseller):")


def test_each_clause_leads_to_the_line_where_its_text_begins(
    providers: Mapping[str, Provider],
) -> None:
    """In every language to the governing text."""
    lines = (POLICIES / "mastiff" / "policy.yaml").read_text("utf-8").splitlines()
    view = PolicyView(providers["mastiff"], "da")
    page = "\n".join(sections(view))
    links = LINK.findall(with_edit_links(page, ADDRESS))
    clauses = [one for section in view.document["sections"] for one in section["clauses"]]
    assert len(links) == len(clauses) > 10
    for (address, line, label), clause in zip(links, clauses, strict=True):
        assert address == ADDRESS
        assert lines[int(line) - 1].strip().startswith("text: ")
        above = next(one for one in reversed(lines[: int(line)]) if "- id: " in one)
        assert above.strip() == f"- id: {clause}"
        assert label == f"Redigér § {view.policy.clause_numbers[clause]}"


def test_where_nothing_may_be_edited_nothing_is_left_of_it() -> None:
    """Neither a link nor a mark."""
    mark = edit_mark(7, "Edit § 1")
    assert MARK.fullmatch(mark)
    assert with_edit_links(f"a{mark}b", "") == "ab"


def test_a_number_is_text_whatever_it_holds() -> None:
    """No clause can break out of its link."""
    mark = edit_mark(7, 'Edit § --> <b> "')
    [(_, _, label)] = LINK.findall(with_edit_links(mark, ADDRESS))
    assert label == "Edit § --&gt; &lt;b&gt; &quot;"


@pytest.mark.parametrize("name", ["duxtel", "iponto", "mastiff", "remote-utilities", "satisoft"])
def test_each_price_leads_to_the_line_that_holds_it(
    providers: Mapping[str, Provider], name: str
) -> None:
    """What is made from a price leads to its factor; what is nothing, or unknown, to its rule."""
    lines = (POLICIES / name / "policy.yaml").read_text("utf-8").splitlines()
    view = PolicyView(providers[name], "da")
    page = with_edit_links(price_table(view) + response_table(view), ADDRESS)
    found = [LINK.findall(row) for row in page.split('<tr><th scope="row">')[1:]]
    assert found
    for links in found:
        [(_, line, label)] = links
        assert PRICED.search(lines[int(line) - 1]), (label, lines[int(line) - 1])
        assert label.startswith("Redigér: ")
    if name == "mastiff":
        written = [lines[int(line) - 1].strip() for [(_, line, _)] in found]
        assert "evening: {times: 2, clause: evening-rate}" in written

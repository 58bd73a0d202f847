"""The editor of a policy in the browser: the same checks, pages and report, a patch for git."""

import json
import re
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import PREFIX, visitor
from tests.browser.site_server import SiteServer
from tests.places import POLICIES

pytestmark = pytest.mark.browser

FILE = POLICIES / "mastiff" / "policy.yaml"
PUBLISHED = FILE.read_text("utf-8")
KEEP_WORKER = """
window.Worker = class extends Worker {
  constructor(...given) {
    super(...given);
    window.python = this;
  }
};
"""
WRITE = """
(area, text) => {
  area.value = text;
  area.dispatchEvent(new Event("input", { bubbles: true }));
}
"""
"""To type hundreds of lines at once, as `fill` does, takes a browser some seconds."""
FORGE = "https://forge.example/us/terms/edit/main/policies/mastiff/policy.yaml"


class EditorPage:
    """The page, as the tests speak of it."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.complaints: list[str] = []
        self.hosts: set[str] = set()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda said: said.type == "error" and self.complaints.append(said.text))
        page.on("request", lambda asked: self.hosts.add(asked.url.split("/")[2]))

    @property
    def element(self) -> Locator:
        """The editor itself."""
        return self.page.locator("termwise-editor")

    def part(self, name: str) -> Locator:
        """A part of the editor."""
        return self.element.locator(f"[data-part={name}]")

    def action(self, name: str) -> Locator:
        """A button."""
        return self.element.locator(f"[data-action={name}]")

    def value(self, *path: str) -> Locator:
        """The control of the form for a value of the file."""
        return self.element.locator(f"[data-path='{json.dumps(path, separators=(',', ':'))}']")

    def open(self) -> None:
        """Open the page; nothing starts by itself."""
        self.page.goto(self.address)
        expect(self.action("start")).to_be_visible()

    def draft(self) -> Any:
        """What is kept of the file in this browser, as data; None where nothing is."""
        kept = self.page.evaluate("key => localStorage.getItem(key)", self._key)
        return kept and json.loads(kept)

    def keep_draft(self, draft: Mapping[str, str]) -> None:
        """Keep a draft as the page does."""
        keep = "([key, draft]) => localStorage.setItem(key, draft)"
        self.page.evaluate(keep, [self._key, json.dumps(draft)])

    @property
    def _key(self) -> str:
        return f"termwise-draft {self.element.get_attribute('data-path')}"

    def start(self) -> None:
        """Start by the keyboard, and wait for what Python shows."""
        self.action("start").focus()
        self.page.keyboard.press("Enter")
        self.expect_state("sound")

    def expect_state(self, state: str) -> None:
        """Wait until the last edit is computed."""
        expect(self.element).to_have_attribute("data-state", state)

    def type_line(self, old: str, new: str) -> None:
        """Change the text in the file in one place."""
        self.write(self.part("text").input_value().replace(old, new, 1))

    def write(self, text: str) -> None:
        """Put another text in the place of the file's, as somebody who pastes it does."""
        self.part("text").evaluate(WRITE, text)


@pytest.fixture(scope="module")
def editor(browser: Browser, server: SiteServer) -> Iterator[EditorPage]:
    """Mastiff's editor on a phone, with Python running, and the draft of somebody long ago."""
    context = visitor(browser, viewport={"width": 390, "height": 844}, accept_downloads=True)
    context.add_init_script(KEEP_WORKER)
    page = EditorPage(context.new_page(), f"{server.origin}{PREFIX}edit/mastiff/")
    page.open()
    page.keep_draft({"base": "another", "text": PUBLISHED.replace("100.00", "90.00", 1)})
    page.start()
    yield page
    context.close()


def test_a_draft_on_another_version_is_told_and_can_be_thrown_away(editor: EditorPage) -> None:
    """What was begun on the file of then is opened as it is, until somebody discards it."""
    expect(editor.part("draft")).to_contain_text("begun on another version of the file")
    expect(editor.value("charges", "labour", "price")).to_have_value("90.00")
    editor.action("discard").click()
    expect(editor.part("unchanged")).to_be_visible(timeout=60_000)
    assert editor.part("text").input_value() == PUBLISHED
    assert editor.draft() is None


def test_a_changed_price_shows_everywhere_and_is_one_line_for_git(
    editor: EditorPage, tmp_path: Path
) -> None:
    """Page, quotes and report tell it; the patch applies to the file of the repository."""
    price = editor.value("charges", "labour", "price")
    price.fill("110.00")
    expect(editor.part("patch")).to_contain_text("+    price: 110.00")
    editor.expect_state("sound")
    expect(editor.part("quotes")).to_contain_text("PLN 405.90")
    expect(editor.part("quotes")).to_contain_text("PLN 369.00")
    expect(editor.part("report")).to_contain_text("charges.labour.price: 100.00 110.00")
    expect(editor.part("page")).to_contain_text("PLN 110.00")
    expect(price).to_be_focused()
    with editor.page.expect_download() as given:
        editor.action("download-patch").click()
    patch = Path(given.value.path()).read_text("utf-8")
    assert re.findall(r"^[+-] .*", patch, re.MULTILINE) == [
        "-    price: 100.00",
        "+    price: 110.00",
    ]
    copy = tmp_path / "policies" / "mastiff" / "policy.yaml"
    copy.parent.mkdir(parents=True)
    copy.write_bytes(FILE.read_bytes())
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    subprocess.run(["git", "apply"], cwd=tmp_path, check=True, input=patch, text=True)
    with editor.page.expect_download() as given:
        editor.action("download").click()
    assert Path(given.value.path()).read_bytes() == copy.read_bytes()


def test_a_problem_is_told_at_its_place_and_leads_there(editor: EditorPage) -> None:
    """In the words of `termwise check`; what was shown before stays, marked."""
    editor.type_line("price: 110.00", "price: 110,00")
    editor.expect_state("wrong")
    text = editor.part("text").input_value()
    line = text[: text.index("price: 110,00")].count("\n") + 1
    problem = editor.part("problems").locator("li")
    expect(problem).to_have_count(1)
    expect(problem).to_contain_text("did you mean “110.00”?")
    field = problem.get_by_role("link", name="price")
    address = f"{editor.address.removesuffix('edit/mastiff/')}staff-guide/#"
    target = str(field.evaluate("link => link.href"))
    assert target.startswith(address)
    guide = editor.page.request.get(address).text()
    assert f'id="{target.removeprefix(address)}"' in guide
    expect(editor.element.locator(".tw-editor__marked")).to_have_text(str(line))
    expect(editor.part("page")).to_have_class(re.compile("stale"))
    problem.get_by_role("button", name=f"Line {line}, column 12").press("Enter")
    expect(editor.part("text")).to_be_focused()
    selected = "area => area.value.slice(area.selectionStart, area.selectionEnd)"
    assert editor.part("text").evaluate(selected) == "110,00"


def test_what_may_be_a_slip_is_asked_and_stops_nothing(editor: EditorPage) -> None:
    """The question stands where problems do, until the file says that it is meant so."""
    mended = editor.part("text").input_value().replace("price: 110,00", "price: 110.00")
    # Nothing rests on the fact any more.
    editor.write(mended.replace("    values: [timezone]\n", "", 1))
    editor.expect_state("sound")
    expect(editor.part("state")).to_have_text("Nothing is wrong. Questions, which stop nothing: 1")
    question = editor.part("problems").locator("li")
    expect(question).to_contain_text("add “outside.warsaw-time” to the list “meant:”")
    expect(editor.part("page")).not_to_have_class(re.compile("stale"))
    editor.write(PUBLISHED.replace("100.00", "110.00", 1))
    editor.expect_state("sound")
    expect(question).to_have_count(0)


def test_the_file_and_the_patch_are_copied(editor: EditorPage) -> None:
    """As they would be downloaded; where a browser refuses, it says so."""
    context = editor.page.context
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    copied = "() => navigator.clipboard.readText()"
    editor.action("copy").click()
    expect(editor.part("done")).to_have_text("Copied.")
    assert editor.page.evaluate(copied) == editor.part("text").input_value()
    editor.action("copy-patch").click()
    expect(editor.part("done")).to_have_text("Copied.")
    editor.page.wait_for_function(
        "patch => navigator.clipboard.readText().then((text) => text === patch)",
        arg=editor.part("patch").text_content(),
    )
    context.clear_permissions()
    editor.page.evaluate("void (navigator.clipboard.writeText = () => Promise.reject())")
    editor.action("copy").click()
    expect(editor.part("done")).to_contain_text("cannot copy")


def test_a_draft_outlives_the_page(editor: EditorPage) -> None:
    """It is opened again, and that is told.

    Where the page names the forge's editor, as it does on a site with an address to edit at, that
    stands beside the buttons.
    """
    expect(editor.part("forge")).to_be_hidden()
    editor.value("charges", "labour", "price").fill("120.00")
    expect(editor.part("patch")).to_contain_text("+    price: 120.00")
    editor.expect_state("sound")
    link = f'<p class="tw-edit"><a href="{FORGE}">Edit</a></p></article>'
    editor.page.route(
        editor.address,
        lambda route: route.fulfill(
            response=(given := route.fetch()), body=given.text().replace("</article>", link)
        ),
    )
    editor.open()
    editor.start()
    editor.page.unroute(editor.address)
    expect(editor.part("forge")).to_have_attribute("href", FORGE)
    expect(editor.part("forge")).to_be_visible()
    expect(editor.part("draft")).to_contain_text("was opened again")
    expect(editor.value("charges", "labour", "price")).to_have_value("120.00")


def test_it_fits_a_phone_and_asks_nobody_else(editor: EditorPage, server: SiteServer) -> None:
    """Nothing is fetched from elsewhere, axe finds nothing, light or dark."""
    editor.expect_state("sound")
    for scheme in ("light", "dark"):
        editor.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert violations(editor.page) == []
    assert editor.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert editor.hosts == {server.origin.removeprefix("http://")}
    assert editor.complaints == []


@pytest.mark.parametrize("provider", [one.parent.name for one in POLICIES.glob("*/policy.yaml")])
def test_windows_read_as_they_do_here(
    editor: EditorPage, server: SiteServer, provider: str
) -> None:
    """The digest of the terms covers each minute of each window, in a zone whose clock changes.

    The page's own Python is asked, behind the back of the page.
    """
    compiled = server.file_at(f"{PREFIX}api/v1/{provider}.json")
    assert compiled is not None
    sources = next((compiled.parents[2] / "assets/termwise/sources").glob(f"{provider}.*.json"))
    address = f"{server.origin}{PREFIX}assets/termwise/sources/{sources.name}"
    shown = editor.page.evaluate(
        """
        ([sources]) => new Promise((resolve, reject) => {
          const ask = (id, asked) => window.python.postMessage({ id, ...asked });
          window.python.onmessage = ({ data: { id, answer, failure } }) => {
            if (failure) reject(new Error(failure.message));
            else if (id === 1) ask(2, { ask: "published_text", with: [] });
            else if (id === 2) ask(3, { ask: "show", with: [answer] });
            else if (id === 3) resolve(JSON.parse(answer).page);
          };
          ask(1, { open: { sources, language: "en" } });
        })
        """,
        [address],
    )
    digest = json.loads(compiled.read_bytes())["digest"]
    assert digest in shown

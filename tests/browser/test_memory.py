"""Python comes back as the build kept it; where its memory does not fit, it boots anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from termwise.browser.memory.image import header_of
from termwise.kept.digests import sha256_of
from tests.browser.calculator_page import CalculatorPage
from tests.browser.conftest import PREFIX
from tests.browser.site_server import SiteServer

pytestmark = pytest.mark.browser

RESTORED = "  return state;\n}\n"
KEEP_DIGEST = "  self.restored = crypto.subtle.digest('SHA-256', HEAPU8.slice());\n"
ANSWERING = "  const started = performance.now();\n"
TRAP = "  if (!whole) throw new WebAssembly.RuntimeError('unreachable');\n"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1"
)
HEXADECIMAL = """
async () => Array.from(new Uint8Array(await self.restored), (byte) =>
  byte.toString(16).padStart(2, "0")).join("")
"""


def image_of(site: Path) -> bytes:
    """The kept memory in the built site."""
    return next(site.glob("assets/termwise/memory-*.bin")).read_bytes()


def libraries_served(server: SiteServer) -> list[str]:
    """The requests for the archive that Python boots from without an image."""
    return [request.path for request in server.served if "/python-" in request.path]


def test_the_restored_memory_is_that_of_the_build(calculator: CalculatorPage, built_site: Path):
    """Byte for byte: nothing that this browser wrote while it started is left in it."""
    calculator.alter_worker((RESTORED, KEEP_DIGEST + RESTORED))
    calculator.when_ready()
    restored = calculator.page.workers[0].evaluate(HEXADECIMAL)
    assert restored == header_of(image_of(built_site))["digest"]


def test_nothing_but_the_image_is_fetched_for_python(
    calculator: CalculatorPage, server: SiteServer
):
    """The library is for those whom the image does not suit."""
    server.served.clear()
    calculator.when_ready()
    assert libraries_served(server) == []


def test_the_image_fits_where_pyodide_starts_as_on_an_iphone(browser: Browser, server: SiteServer):
    """There it calls functions through JavaScript, which it tells by the name of the browser."""
    context = browser.new_context(user_agent=IPHONE)
    page = context.new_page()
    server.served.clear()
    calculator = CalculatorPage(page, f"{server.origin}{PREFIX}providers/mastiff/").when_ready()
    calculator.type_minutes("150")
    calculator.expect_minutes(150)
    assert libraries_served(server) == []
    context.close()


def test_python_boots_where_the_image_does_not_fit(
    calculator: CalculatorPage, server: SiteServer, built_site: Path
):
    """An image of another build of Pyodide: the visitor waits longer, and has the same quotes."""
    image = image_of(built_site)
    build = str(header_of(image)["build"]).encode()
    foreign = image.replace(build, build[::-1])
    assert foreign != image
    calculator.alter_worker((sha256_of(image), sha256_of(foreign)))
    calculator.page.route(
        "**/memory-*.bin",
        lambda route: route.fulfill(body=foreign, headers={"Content-Encoding": "identity"}),
    )
    warnings: list[str] = []
    calculator.page.on("console", lambda said: warnings.append(said.text))
    server.served.clear()
    calculator.when_ready().type_minutes("150")
    calculator.expect_minutes(150)
    assert len(libraries_served(server)) == 1
    assert ["does not fit" in text for text in warnings] == [True]
    assert calculator.complaints == []


def test_the_whole_interpreter_answers_what_the_trimmed_one_cannot(
    calculator: CalculatorPage, server: SiteServer
):
    """A function that the build left out was called: the visitor waits once, and has the quote."""
    calculator.alter_worker((ANSWERING, ANSWERING + TRAP))
    server.served.clear()
    calculator.when_ready().type_minutes("150")
    calculator.expect_minutes(150)
    assert len(libraries_served(server)) == 1
    assert [request for request in server.served if request.path.endswith("pyodide.asm.wasm")]
    assert calculator.complaints == []

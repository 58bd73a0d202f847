"""Where things lie in the checkout. Nothing else works a place out from where its code lies."""

from pathlib import Path

TERMWISE = Path(__file__).resolve().parent
ROOT = TERMWISE.parents[1]

CALCULATOR_PROJECT = ROOT / "calculator"
"""The project that the calculator's wheel is made of."""

CALCULATOR = CALCULATOR_PROJECT / "termwise_calculator"
DOCS = ROOT / "docs"
EXAMPLES = DOCS / "examples"
"""The worked examples: shown on the site, and what the browser's Python must be able to price."""

RECIPE = ROOT / "policies" / "README.md"
"""How a policy is written, with one to copy."""

BENCH = DOCS / "data"
"""The kept runs of the benchmark, which the page "Speed" draws."""

SCRIPTS = DOCS / "assets" / "javascripts"
NODE_MODULES = ROOT / "node_modules"
CACHE = ROOT / ".termwise-cache"
"""What is kept from one run to the next; it may be removed at any time."""

ASSETS = "assets/termwise"
"""The folder of the site whose files have their digests in their names."""

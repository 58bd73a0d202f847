"""The way in: `termwise`."""

import sys


def main() -> None:
    """Run the command that is asked for; a quote that can be told at once does not wait for it."""
    if sys.argv[1:2] == ["quote"]:
        from termwise.commands.plain_quote import quote_at_once  # noqa: PLC0415

        status = quote_at_once(sys.argv[2:])
        if status is not None:
            sys.exit(status)
    from termwise.commands.termwise import main as commands  # noqa: PLC0415

    commands()

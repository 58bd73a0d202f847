"""The names of files that tell of changes, for pages that link to them and for who writes them."""

FEED = "history.atom"
"""Beside a provider's page, and at the home of a language."""

CALENDAR = "changes.ics"
"""At the home of a language."""

"""The languages of the site, the default first."""

LANGUAGES = ("en", "pl", "da", "pt")

"""The languages of the site, the default first."""

LANGUAGES = ("en", "pl", "da", "pt")
HTML_LANGUAGES = {"en": "en", "pl": "pl", "da": "da", "pt": "pt-PT"}
"""As `<html lang>` spells them."""

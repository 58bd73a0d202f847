"""Text made safe for HTML, without `html`: its table of 2,231 entities costs a browser 70 ms."""


def escape(text: str) -> str:
    """Escape text for HTML content and quoted attributes, exactly as `html.escape` does."""
    # Five searches for what is rarely there; `translate` looks at each letter of its own.
    return (
        text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace('"', "&quot;")
        .replace("'", "&#x27;")
    )

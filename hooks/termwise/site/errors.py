"""What stops the making of a site."""


class SiteError(RuntimeError):
    """A site that cannot be made, or must not be published; the message says why."""

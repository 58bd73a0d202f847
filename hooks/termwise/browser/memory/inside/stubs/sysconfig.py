"""Stands in for sysconfig in the browser: zoneinfo imports it, but is told where its zones are."""


def get_config_var(_name: str) -> None:
    """Know of no setting of the build."""

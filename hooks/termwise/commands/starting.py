"""`termwise new`: the folder of a provider, with the beginning of its policy."""

import re
from pathlib import Path

from termwise import places
from termwise.commands.quote_asked import WrongUse
from termwise.policy_form.skeleton import recipe_in, skeleton
from termwise.policy_form.values import ID_PATTERN
from termwise.reading.folders import POLICY_FILE


def start_policy(policies: Path, provider: str, site: str = "") -> Path:
    """Write the beginning of a policy; its file. Raises WrongUse where it cannot be written.

    Where a site is published, editors find the schema there, also in a forge.
    """
    if not re.fullmatch(ID_PATTERN, provider):
        raise WrongUse(
            f"“{provider}” cannot be a provider's name here: write lower-case letters and digits, "
            "words joined by hyphens, such as example-help."
        )
    folder = policies / provider
    if folder.exists() or folder.is_symlink():
        raise WrongUse(f"{folder} exists already: choose another name, or edit what lies there.")
    text = skeleton(recipe_in(places.RECIPE.read_text(encoding="utf-8")), provider, site)
    try:
        folder.mkdir()
        (folder / POLICY_FILE).write_text(text, encoding="utf-8")
    except OSError as error:
        reason = (error.strerror or "an error of the system").lower()
        raise WrongUse(f"{folder} cannot be written: {reason}.") from None
    return folder / POLICY_FILE

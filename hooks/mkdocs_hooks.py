"""What mkdocs.yml names: MkDocs loads a file, so this one hands it the events of the package."""

from termwise.mkdocs.events import *  # noqa: F403

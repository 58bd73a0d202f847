"""`termwise translations`: PO files begun and renewed, and what in them is stale or missing."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from termwise.kept.files import replace_file
from termwise.languages import BY_CODE, LANGUAGES
from termwise.policy_form.yaml_text.source import decode
from termwise.problems import Place, Problem, UnreadableFile, counted, quoted
from termwise.reading.folders import POLICY_FILE
from termwise.reading.po_entries import NoEntry
from termwise.reading.policy_text import ReadPolicy
from termwise.reading.renewed_translations import Renewed, renewed, template
from termwise.today import now


class PoFile(NamedTuple):
    """A translation of a policy, which may have no file yet."""

    path: Path
    language: str
    policy: ReadPolicy

    def content(self) -> bytes:
        """What stands in it; nothing where it is not there. Raises UnreadableFile."""
        try:
            return self.path.read_bytes() if self.path.exists() else b""
        except OSError as error:
            raise UnreadableFile([_unusable(self.path, error)]) from None

    def renew(self) -> str:
        """Bring it up to the policy, and say what has become of it. Raises UnreadableFile."""
        content = self.content()
        try:
            text = decode(content, str(self.path))
            new = renewed(text, self.language, self.policy.written.name, self.policy.texts, now())
            if new.text != text:
                mark = b"\xef\xbb\xbf" if content.startswith(b"\xef\xbb\xbf") else b""
                replace_file(self.path, mark + new.text.encode())
        except NoEntry as broken:
            raise UnreadableFile(self._broken(broken)) from None
        except OSError as error:
            raise UnreadableFile([_unusable(self.path, error)]) from None
        return f"{self.path}: {_said(new) if content else _begun(new)}"

    def waiting(self) -> Iterator[str]:
        """Each text that is stale or missing, with its place here or else in the policy.

        Raises UnreadableFile.
        """
        content = self.content()
        read, _ = self.policy.read_translation(content, str(self.path), self.language)
        language = BY_CODE[self.language].name
        for text in self.policy.texts:
            found = read.texts[text.id]
            if found.state != "translated":
                place = self.policy.source.place(text.path)
                if found.line:
                    place = Place(str(self.path), found.line, 1)
                yield f"{place}: {found.state} in {language}: {text.id}: {quoted(text.text)}"

    def problems(self) -> list[Problem]:
        """What is wrong in it, as `termwise check` tells it."""
        content = self.content()
        if not content:
            return []
        return self.policy.read_translation(content, str(self.path), self.language)[1]

    def _broken(self, broken: NoEntry) -> list[Problem]:
        line = decode(self.content(), str(self.path)).splitlines()[broken.line - 1]
        return self.problems() or [
            Problem(
                Place(str(self.path), broken.line, 1),
                "The PO file cannot be renewed",
                quoted(line),
                "a comment, or a keyword and a text in quotes",
                "mend this line by hand",
            )
        ]


def template_of(policy: ReadPolicy) -> str:
    """The template of a policy for a language that the site has not yet."""
    return template(policy.written.name, policy.texts, now())


def files_of(policies: Path, policy: ReadPolicy) -> list[PoFile]:
    """The translations that a policy should have, one for each other language of the site."""
    folder = policies / policy.written.provider
    assert folder == Path(policy.source.file).parent, f"{POLICY_FILE} lies in its provider's folder"
    others = (one for one in LANGUAGES if one != policy.written.language)
    return [PoFile(folder / f"{language}.po", language, policy) for language in others]


def _begun(new: Renewed) -> str:
    return f"begun, with {counted(len(new.added), 'message')} to translate"


def _said(new: Renewed) -> str:
    parts = {"new": new.added, "changed": new.changed, "obsolete": new.obsolete}
    told = [f"{len(ids)} {what} ({', '.join(ids)})" for what, ids in parts.items() if ids]
    return ", ".join(told) or "nothing to renew"


def _unusable(path: Path, error: OSError) -> Problem:
    return Problem(
        Place(str(path), 1, 1),
        "This cannot be read or written",
        (error.strerror or "an error of the system").lower(),
        "a file that can be written",
        "check the name and the permissions",
    )

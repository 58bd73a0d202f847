"""Links from a report to the lines of the files that it speaks of, where these can be read."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from termwise.policy_form.yaml_text.source import Path
from termwise.reading.folders import POLICY_FILE
from termwise.reading.policies import PolicyFolder


@dataclass(frozen=True, slots=True)
class Links:
    """Names in Markdown, each leading to its line in the files of a folder.

    `address` is that of the folder of policies; without it names are names alone.
    """

    folder: PolicyFolder
    address: str = ""

    def value(self, provider: str, path: Path, shown: str) -> str:
        """A value or an entry of a policy, as it is named."""
        return self._to(provider, POLICY_FILE, self._line(provider, path), shown)

    def text(self, provider: str, text_id: str, shown: str = "") -> str:
        """A text of a policy; one that is gone leads nowhere."""
        shown = shown or f"`{text_id}`"
        texts = self.folder.policies[provider].texts if self.address else ()
        found = (one.path for one in texts if one.id == text_id)
        path = next(found, None)
        return shown if path is None else self.value(provider, path, shown)

    def translation(self, provider: str, language: str, text_id: str) -> str:
        """The message of a text in a PO file; where there is none, the text itself."""
        translated = self.folder.translations[provider].get(language)
        found = translated.texts.get(text_id) if translated else None
        if not found or not found.line:
            return self.text(provider, text_id)
        return self._to(provider, f"{language}.po", found.line, f"`{text_id}`")

    def translations(self, provider: str, language: str, text_ids: Iterable[str]) -> list[str]:
        """Several messages, in their order."""
        return [self.translation(provider, language, one) for one in text_ids]

    def _line(self, provider: str, path: Path) -> int:
        return self.folder.policies[provider].source.place(path).line

    def _to(self, provider: str, file: str, line: int, shown: str) -> str:
        if not self.address:
            return shown
        return f"[{shown}]({self.address.rstrip('/')}/{quote(provider)}/{file}#L{line})"

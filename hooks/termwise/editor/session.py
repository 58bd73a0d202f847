"""One provider's file while it is edited: what is wrong, what it makes, what changes by it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from termwise.checking.remarks import remarks
from termwise.editor.fields import form_fields
from termwise.editor.patch import patch
from termwise.editor.quotes import compared_quotes
from termwise.editor.shown import page_html, report_html
from termwise.pages.calculator.form import CalculatorUrls
from termwise.pages.policy.page import policy_page
from termwise.pages.policy_view import PolicyView
from termwise.policy_form.yaml_text.source import Path as ValuePath
from termwise.policy_form.yaml_text.source import Source, read_source
from termwise.policy_form.yaml_text.written_back import NotWritable, written_back
from termwise.problems import Problem, UnreadableFile
from termwise.reading.folders import POLICY_FILE
from termwise.reading.policies import PolicyFolder, read_provider
from termwise.reading.providers import Provider, load_provider
from termwise.reports.field_links import field_in
from termwise.reports.markdown import change_report
from termwise.today import now, today_in

BOM, WINDOWS = "\ufeff", "\r\n"


def open_editor(sources: str, language: str) -> "Editor":
    """The editor of a provider whose files are given as JSON, with words in a language."""
    given = json.loads(sources)
    return Editor(given["provider"], given["path"], given["files"], language)


@dataclass
class Editor:
    """Answers in JSON, for JavaScript. Texts come from a field, with line ends of one character."""

    provider: str
    path: str
    """The folder of the provider, from the root of the repository."""
    files: Mapping[str, str]
    language: str
    _root: Path = field(default_factory=lambda: Path(mkdtemp()))
    _read: tuple[str, PolicyFolder] | None = None

    def __post_init__(self) -> None:
        self._published = self._folder("published", self.files[POLICY_FILE])
        self._texts = [text.path for one in self._published.policies.values() for text in one.texts]

    def published_text(self) -> str:
        """The text to begin with, as a field holds it."""
        return self.files[POLICY_FILE].removeprefix(BOM).replace(WINDOWS, "\n")

    def check(self, text: str) -> str:
        """The problems of a text or what is asked of it, each with its field in the reference.

        With the form for it, and the change as a patch.
        """
        folder = self._folder_of(text)
        asked: list[Problem] = []
        for policy in folder.policies.values():
            self._texts = [one.path for one in policy.texts]
            asked += remarks(policy.written, policy.source)
        source = _source(text)
        return json.dumps(
            {
                "problems": [_told(one, source) for one in folder.problems],
                "asked": [_told(one, source) for one in asked],
                "fields": form_fields(source, self._texts) if source else None,
                "patch": self.patch(text),
            }
        )

    def show(self, text: str) -> str:
        """The page, quotes and the report on the change; nothing of a text with problems."""
        folder = self._folder_of(text)
        if folder.problems:
            return json.dumps({})
        provider, published = self._loaded(folder), None
        shown = {"page": self._page(provider), "report": ""}
        if not self._published.problems:
            published = self._loaded(self._published)
            shown["report"] = report_html(
                change_report(self._published, folder, "the published file", "yours", now())
            )
        return json.dumps(shown | {"quotes": compared_quotes(published, provider, self.language)})

    def write(self, text: str, path: str, value: str) -> str:
        """The text with one value written anew; as it is where there is no such place."""
        steps: ValuePath = tuple(json.loads(path))
        try:
            return written_back(read_source(text, POLICY_FILE), steps, value)
        except (UnreadableFile, NotWritable):
            return text

    def patch(self, text: str) -> str:
        """The change as a patch for the repository; empty where nothing has changed."""
        return patch(f"{self.path}/{POLICY_FILE}", self.files[POLICY_FILE], self.written(text))

    def written(self, text: str) -> str:
        """A text as the file has it, whose lines may end as on Windows."""
        published = self.files[POLICY_FILE]
        if WINDOWS in published:
            text = text.replace("\n", WINDOWS)
        return BOM + text if published.startswith(BOM) and not text.startswith(BOM) else text

    def _page(self, provider: Provider) -> str:
        urls = CalculatorUrls(bundle="", runtime="")
        return page_html(policy_page(PolicyView(provider, self.language), urls))

    def _loaded(self, folder: PolicyFolder) -> Provider:
        [(name, policy)] = folder.policies.items()
        return load_provider(folder, name, today_in(policy.written.timezone))

    def _folder_of(self, text: str) -> PolicyFolder:
        """What a text reads as, with the translations as they are published."""
        if self._read is None or self._read[0] != text:
            self._read = (text, self._folder("edited", text))
        return self._read[1]

    def _folder(self, name: str, text: str) -> PolicyFolder:
        folder = self._root / name / self.provider
        folder.mkdir(parents=True, exist_ok=True)
        for file, content in self._written_files(text):
            (folder / file).write_bytes(content.encode())
        return read_provider(folder)

    def _written_files(self, text: str) -> Iterator[tuple[str, str]]:
        yield from (one for one in self.files.items() if one[0] != POLICY_FILE)
        yield POLICY_FILE, text


def _source(text: str) -> Source | None:
    """A text as YAML; None while it is none, so that the form stays the last one."""
    try:
        return read_source(text, POLICY_FILE)
    except UnreadableFile:
        return None


def _told(problem: Problem, source: Source | None) -> dict[str, Any]:
    place = problem.place
    file = Path(place.file).name
    about = field_in(source, place) if source and file == POLICY_FILE else None
    return {
        "file": file,
        "line": place.line,
        "column": place.column,
        "what": problem.what,
        "found": problem.found,
        "expected": problem.expected,
        "mend": problem.mend,
        "field": about and about._asdict(),
    }

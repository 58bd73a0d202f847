"""PO files brought up to their policy: what is new is added, what has changed is marked.

An entry whose governing text has changed keeps its translation, flagged as fuzzy, with the text
that was translated beside it (`#|`). One whose text is gone is kept as obsolete (`#~`) at the end
of the file, and taken back if the text returns. All other entries stay byte for byte.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

from babel.messages.catalog import Catalog

from termwise.languages import BY_CODE
from termwise.policy_form.texts import GoverningText
from termwise.reading.po_entries import PoEntry, entries_in, new_entry

MOMENT = "%Y-%m-%d %H:%M%z"


@dataclass(slots=True)
class Renewed:
    """A file as it is to be, and the ids of the texts that are new, changed or gone in it."""

    text: str = ""
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    obsolete: list[str] = field(default_factory=list)


def renewed(
    text: str, language: str, name: str, texts: Sequence[GoverningText], now: datetime
) -> Renewed:
    """A PO file of these texts; an empty one is begun. `name` is the provider's.

    Raises NoEntry where a line is none of a PO file.
    """
    result = Renewed()
    file = _File(text, header(language, name, now))
    wanted = {one.id: one.text for one in texts}
    for entry in file.current():
        if entry.context and entry.context not in wanted:
            result.obsolete.append(entry.context)
            file.set_aside(entry)
    before = file.header
    for one in texts:
        found = file.entry_of(one.id)
        if found is None:
            result.added.append(one.id)
        elif found.text("msgid").strip() != one.text.strip():
            found.restate(one.text)
            result.changed.append(one.id)
        before = found or file.add(one, before)
    result.text = file.text()
    return result


class _File:
    """The entries of a file, which has a header from now on."""

    def __init__(self, text: str, header: str) -> None:
        self._end = "\r\n" if "\r\n" in text else "\n"
        self._entries = entries_in(text)
        self._placed: list[PoEntry] = []
        if not any(entry.is_header for entry in self._entries):
            self._placed.append(PoEntry([line + self._end for line in header.splitlines()]))
            self._entries.insert(0, self._placed[0])
        self.header = next(entry for entry in self._entries if entry.is_header)

    def current(self) -> list[PoEntry]:
        """All but the header and what is obsolete."""
        return [one for one in self._entries if not (one.is_header or one.obsolete)]

    def entry_of(self, context: str) -> PoEntry | None:
        """The first entry of a text."""
        return next((one for one in self.current() if one.context == context), None)

    def set_aside(self, entry: PoEntry) -> None:
        """Keep an entry as obsolete at the end; without a translation nothing of it is kept."""
        self._entries.remove(entry)
        if entry.text("msgstr").strip():
            entry.set_aside()
            self._entries.append(entry)
            self._placed.append(entry)

    def add(self, text: GoverningText, before: PoEntry) -> PoEntry:
        """Add an entry behind another, one that was obsolete if there is such."""
        kept = (one for one in self._entries if one.obsolete and one.context == text.id)
        entry = next(kept, None)
        if entry is None:
            entry = new_entry(text.id, text.text, self._end)
        else:
            self._entries.remove(entry)
            entry.take_back()
            if entry.text("msgid").strip() != text.text.strip():
                entry.restate(text.text)
        index = next(at for at, one in enumerate(self._entries) if one is before)
        self._entries.insert(index + 1, entry)
        self._placed.append(entry)
        return entry

    def text(self) -> str:
        """All entries, with a blank line around those that have another place than before."""
        if not self._placed:
            return self._joined()
        for entry, following in pairwise(self._entries):
            if not entry.lines[-1].endswith("\n"):
                entry.lines[-1] += self._end
            if entry.lines[-1].strip() and (entry in self._placed or following in self._placed):
                entry.lines.append(self._end)
        return self._joined().rstrip("\r\n") + self._end

    def _joined(self) -> str:
        return "".join(line for entry in self._entries for line in entry.lines)


def template(name: str, texts: Sequence[GoverningText], now: datetime) -> str:
    """What a translation into another language begins with, as `msginit` and Weblate take it."""
    entries = (new_entry(one.id, one.text, "\n") for one in texts)
    # What the language decides, and who translates, is as gettext leaves it.
    begun = {
        "POT-Creation-Date": now.strftime(MOMENT),
        "PO-Revision-Date": "YEAR-MO-DA HO:MI+ZONE",
        "Last-Translator": "FULL NAME <EMAIL@ADDRESS>",
        "Language-Team": "LANGUAGE <LL@li.org>",
        "Language": "",
    }
    return "\n".join((_header(name, begun), "", *("".join(one.lines) for one in entries)))


def header(language: str, name: str, now: datetime) -> str:
    """The beginning of a file in a language that nobody has translated yet."""
    plural = Catalog(locale=BY_CODE[language].locale).plural_forms
    begun = {
        "PO-Revision-Date": now.strftime(MOMENT),
        "Last-Translator": "Automatically generated",
        "Language-Team": "none",
        "Language": language,
    }
    return _header(name, begun, {"Plural-Forms": plural})


def _header(name: str, begun: Mapping[str, str], then: Mapping[str, str] | None = None) -> str:
    fields = {
        "Project-Id-Version": "Termwise",
        **begun,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        **(then or {}),
    }
    lines = (f"# {name}: translation of policy.yaml", 'msgid ""', 'msgstr ""')
    return "\n".join((*lines, *(f'"{field}: {value}\\n"' for field, value in fields.items())))

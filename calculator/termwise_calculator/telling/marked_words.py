"""Two versions of a text as one, with the words that differ marked for eyes and for ears."""

from collections.abc import Iterator, Sequence

from termwise_calculator.telling.markup import escape
from termwise_calculator.telling.words import Words


def marked_words(old: str, new: str, words: Words) -> str:
    """The words of both texts as HTML: what only one of them has is `<del>` or `<ins>`.

    Spaces part words; one that does not break, as within an amount, does not.
    """
    before, after = old.split(" "), new.split(" ")
    parts, from_old, from_new = [], 0, 0
    for at_old, at_new in [*_shared(before, after), (len(before), len(after))]:
        parts.append(removed(" ".join(before[from_old:at_old]), words))
        parts.append(added(" ".join(after[from_new:at_new]), words))
        parts += map(escape, after[at_new : at_new + 1])
        from_old, from_new = at_old + 1, at_new + 1
    return " ".join(part for part in parts if part)


def removed(text: str, words: Words) -> str:
    """Words that are no longer there; nothing for none."""
    return _mark("del", words.say_in("difference", "removed:"), text)


def added(text: str, words: Words) -> str:
    """Words that were not there before; nothing for none."""
    return _mark("ins", words.say_in("difference", "added:"), text)


def _mark(element: str, label: str, text: str) -> str:
    """Screen readers pass over the element, so that its label is read out."""
    if not text:
        return ""
    unseen = f'<span class="tw-unseen">{escape(label)} </span>'
    return f"<{element}>{unseen}{escape(text)}</{element}>"


def _shared(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The places of the most words, in their order, that both have."""
    counts = _counts(before, after)
    at_old = at_new = 0
    while at_old < len(before) and at_new < len(after):
        if before[at_old] == after[at_new]:
            yield at_old, at_new
            at_old, at_new = at_old + 1, at_new + 1
        elif counts[at_old + 1][at_new] >= counts[at_old][at_new + 1]:
            at_old += 1
        else:
            at_new += 1


def _counts(before: Sequence[str], after: Sequence[str]) -> list[list[int]]:
    """How many words both share from each pair of places on, at most."""
    counts = [[0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for old in reversed(range(len(before))):
        for new in reversed(range(len(after))):
            counts[old][new] = (
                counts[old + 1][new + 1] + 1
                if before[old] == after[new]
                else max(counts[old + 1][new], counts[old][new + 1])
            )
    return counts

"""What differs for one case between the terms that its link names and the terms in force now."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from termwise_calculator.telling.marked_words import added, marked_words, removed
from termwise_calculator.telling.markup import escape
from termwise_calculator.telling.validity import terms_held
from termwise_calculator.telling.view import QuoteView, clause_number
from termwise_calculator.telling.words import Text, Words
from termwise_calculator.terms.policy import Policy


class ChangedClause(NamedTuple):
    """A clause that a case relies on, as it was and as it is; None where it was not, or is gone."""

    clause: str
    old: Text | None
    new: Text | None


def comparison_html(then: QuoteView, now: QuoteView) -> str:
    """The amounts by both terms, and the clauses behind them that have changed, as HTML."""
    words = now.words
    differing = [_phrases(then)[0], *_only_in(then, now)], [_phrases(now)[0], *_only_in(now, then)]
    table = _table(words, (then.policy, differing[0]), (now.policy, differing[1]))
    parts = [_heading(_told(then, now)), table, *_clauses(then, now)]
    return "\n".join(parts) + "\n"


def refusal_html(then: QuoteView, words: Words, now: Policy, problems: Sequence[str]) -> str:
    """The amount by the terms of the link, and why those in force now have none, as HTML."""
    refused = words.say("This case cannot be priced now: {why}", why=" ".join(problems))
    table = _table(words, (then.policy, [then.total()]), (now, [refused]))
    return "\n".join([_heading(_changed(words)), table]) + "\n"


def changed_clauses(then: QuoteView, now: QuoteView) -> Iterator[ChangedClause]:
    """The clauses behind either quote that do not read as they did, in the order of the terms."""
    behind = {*then.clauses_relied_on(), *now.clauses_relied_on()}
    for clause in dict.fromkeys((*now.policy.clause_numbers, *then.policy.clause_numbers)):
        changed = ChangedClause(clause, _text(then, clause), _text(now, clause))
        if clause in behind and _read(changed.old) != _read(changed.new):
            yield changed


def _text(view: QuoteView, clause: str) -> Text | None:
    """A clause with its figures."""
    if clause not in view.policy.clause_numbers:
        return None
    return view.words.text(clause)._replace(text=view.text(clause))


def _read(text: Text | None) -> str | None:
    return text.text if text else None


def _told(then: QuoteView, now: QuoteView) -> str:
    if _phrases(then) != _phrases(now):
        return _changed(now.words)
    return now.words.say(
        "The terms have changed since this link was made; the price of this case has not."
    )


def _changed(words: Words) -> str:
    return words.say("The terms have changed since this link was made.")


def _phrases(view: QuoteView) -> list[str]:
    """What a customer compares: the amount, what it is made of, when somebody answers."""
    return [view.total(), view.breakdown(), view.response()]


def _only_in(view: QuoteView, other: QuoteView) -> list[str]:
    """What of it, beside the amount, the other quote does not say."""
    pairs = zip(_phrases(view)[1:], _phrases(other)[1:], strict=True)
    return [phrase for phrase, others in pairs if phrase and phrase != others]


def _heading(text: str) -> str:
    return f'<p class="tw-label">{escape(text)}</p>'


def _table(
    words: Words, then: tuple[Policy, Sequence[str]], now: tuple[Policy, Sequence[str]]
) -> str:
    """What each of two terms says: the first phrase stands out."""
    rows = [
        _row(words.say_in("terms", "Then"), terms_held(words, then[0]), then[1]),
        _row(words.say_in("terms", "Now"), terms_held(words, now[0]), now[1]),
    ]
    return "\n".join(('<table class="tw-since"><tbody>', *rows, "</tbody></table>"))


def _row(when: str, terms: str, phrases: Sequence[str]) -> str:
    amount, *more = (escape(phrase) for phrase in phrases)
    below = "".join(f'<span class="tw-since__more">{phrase}</span>' for phrase in more)
    return (
        f'<tr><th scope="row">{escape(when)} '
        f'<span class="tw-since__more">{escape(terms)}</span></th>'
        f"<td><strong>{amount}</strong> {below}</td></tr>"
    )


def _clauses(then: QuoteView, now: QuoteView) -> Iterator[str]:
    changed = [_clause(one, then, now) for one in changed_clauses(then, now)]
    if changed:
        yield _heading(now.words.say("Clauses behind it that have changed"))
        yield "\n".join(('<ul class="tw-clauses">', *changed, "</ul>"))


def _clause(changed: ChangedClause, then: QuoteView, now: QuoteView) -> str:
    """A clause by its number, a link where the terms in force have it, with its words marked."""
    clause, old, new = changed
    number = escape(clause_number(now.policy if new else then.policy, clause))
    if new:
        number = f'<a class="tw-ref" href="#clause-{escape(clause)}">{number}</a>'
    return f"<li>{number} {_marked(old, new, now.words)}</li>"


def _marked(old: Text | None, new: Text | None, words: Words) -> str:
    if old and new and old.language == new.language:
        marked = marked_words(old.text, new.text, words)
        return _in_language(new, marked, words)
    gone = _in_language(old, removed(old.text, words), words) if old else ""
    come = _in_language(new, added(new.text, words), words) if new else ""
    return f"{gone} {come}".strip()


def _in_language(text: Text, marked: str, words: Words) -> str:
    """Text that is not in the reader's language says so."""
    if text.language == words.language:
        return marked
    return f'<span lang="{escape(text.language)}">{marked}</span>'

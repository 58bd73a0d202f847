"""Runs inside Pyodide while trim.mjs notes which of the interpreter's functions are called.

Every method of the types that the calculator's values have is called, and every function of the
modules written in C that are in its memory. Wrong arguments do as well: what a function would have
called by name is kept with it. So whatever a policy or a visitor may cause is among the kept ones.
"""

import datetime
import decimal
import functools
import itertools
import json
import re
import sys
import zoneinfo
from collections.abc import Callable, Iterator
from typing import Any

# These wait, speak, end the program, change how it runs, or take for ever with large numbers.
NEVER = (
    *("breakpoint", "input", "open", "print", "copyright", "credits", "license"),
    *("_exit", "abort", "kill", "settrace", "setprofile", "__pow__", "__rpow__"),
)
MODULES = (
    *("builtins", "itertools", "_functools", "_operator", "_collections", "_json", "_decimal"),
    *("_datetime", "_sre", "math", "_struct", "_string", "_codecs", "_contextvars", "_weakref"),
)


WARSAW = zoneinfo.ZoneInfo("Europe/Warsaw")


def values() -> list[Any]:
    """One of each kind, made anew: no call meets another's traces. Small, so that none is long."""
    day = datetime.datetime(2026, 3, 29, 2, 30)  # noqa: DTZ001 (this kind, too)
    return [
        *(None, True, 3, -7, 2**70, 1.5, 1j, "a b", "ąłß", b"ab", bytearray(b"c")),
        *([2, 1], {"a": 1}, {1, 2}, frozenset({2}), (1, "a"), range(5), slice(1, 2)),
        *(decimal.Decimal("2.5"), decimal.getcontext(), WARSAW),
        *(day, day.date(), day.time(), day - day, datetime.UTC),
        *(str, int, len, "a".upper, str.upper, values, ValueError("a"), memoryview(b"a"), sys),
        *(iter("ab"), iter([1]), iter({1}), iter({}), {}.keys(), {}.values(), {}.items()),
        *(zip("ab"), map(str, "a"), filter(None, "a"), enumerate("a"), reversed([1])),
        *(itertools.chain("a"), itertools.count(), property(len), letters()),
    ]


def letters() -> Iterator[str]:
    """A generator."""
    yield from "ab"


def call(function: Callable[..., Any], *arguments: Any) -> None:
    """Call it, whatever comes of it; an error is asked for its words."""
    try:
        function(*arguments)
    except BaseException as error:  # noqa: BLE001 (whatever it is)
        (str(error), repr(error))


def call_methods() -> None:
    """Call each method of each value: with nothing, with a value like it, and with two of them."""
    for number, kind in enumerate(map(type, values())):
        for name in dir(kind):
            for count in range(3):
                own, *others = [values()[number] for _ in range(count + 1)]
                if name not in NEVER and hasattr(own, name):
                    call(getattr(own, name), *others)


def mix_texts() -> None:
    """Each method of texts with texts of one, two and four bytes to a character, and their JSON.

    Other functions serve each width, and a visitor may type anything.
    """
    texts = ("a b", "ąłß €", "\U0001f600 b")
    for own, other in itertools.product(texts, texts):
        for name in dir(str):
            for arguments in ((), (other,), (other, own), ([own, other],)):
                if name not in NEVER:
                    call(getattr(own, name), *arguments)
        call(lambda own, other: f"“{own}” {other}", own, other)
        call(lambda own, other: f"{own!r:>20}{own[:3]}{other}", own, other)
        call(lambda own, other: json.dumps({own: [other]}, ensure_ascii=False), own, other)
        call(lambda own, other: json.loads(json.dumps({own: [other]})), own, other)
        call(lambda own, other: json.loads(f'{{"{own}": "{other}"}}'), own, other)


def call_functions() -> None:
    """Call each function and class of the modules, with arguments of the usual kinds."""
    for module in [sys.modules[name] for name in MODULES if name in sys.modules]:
        for name, function in list(vars(module).items()):
            if name not in NEVER and callable(function):
                for arguments in ((), ("a",), (1,), ([2, 1],), (str, "a"), (2, 1)):
                    call(function, *arguments)


def convert_times() -> None:
    """Read the clock of a place in winter, in summer, and when it is changed."""
    for month, day, hour in ((1, 1, 1), (7, 1, 1), (3, 29, 2), (10, 25, 2)):
        there = datetime.datetime(2026, month, day, hour, 30, tzinfo=WARSAW)
        for time in (there, there.replace(fold=1), there.replace(year=2050)):
            call(datetime.datetime.fromisoformat, time.astimezone(datetime.UTC).isoformat())


def write_and_read() -> None:
    """Ways through JSON, right and wrong, and numbers as text."""
    data = {"a": [1, 2.5, 10**30, None, True, 'ąłß\n"', {"b": -1}], "c": [], "d": {}}
    for plain, indent in ((True, None), (False, None), (False, 1)):
        text = json.dumps(data, ensure_ascii=plain, indent=indent, sort_keys=True)
        call(json.loads, text.encode())
    for text in ("", "{", "[1,", '{"a" 1}', '"\\u12"', "nul", "[1.]"):
        call(json.loads, text)
    for value, form in ((decimal.Decimal(2), ".2f"), (2.5, ">8,.1f"), (12345, ","), ("a", "^5")):
        call(format, value, form)
        call("%s %r".__mod__, (value, form))


def search() -> None:
    """Every pattern of the calculator in texts of one, two and four bytes to a character."""
    modules = [each for name, each in sys.modules.items() if name.startswith("termwise_calculator")]
    kept = [each for module in modules for each in vars(module).values()]
    patterns = [each for each in kept if isinstance(each, re.Pattern)]
    for pattern, text in itertools.product(patterns, ("a1-b22 é", "€ 1 | {ą}", "\U0001f600 1")):
        for method in (pattern.finditer, pattern.findall, pattern.split, pattern.fullmatch):
            call(lambda method, text: str([*method(text)]), method, text)
        call(pattern.sub, lambda match: match[0] + "x", text)


def iterate() -> None:
    """Whatever can be gone through, into each kind of collection; sorted, and kept for later."""
    ending = [each for each in values() if not isinstance(each, itertools.count)]
    for each in (*ending, reversed({"a": 1}), reversed(range(2)), iter(letters().__next__, "b")):
        for collect in (list, tuple, sorted, dict.fromkeys, "".join):
            call(collect, each)
    for some in ([3, 1, 2], [2.5, 1], ["b", "ą"], [(2, "a"), (1, "b")]):
        call(lambda some: max(sorted(some, key=str, reverse=True)), some)
    for size in (None, 0, 2):
        call(lambda kept: [kept(each) for each in (1, 2, 3, 1)], functools.lru_cache(size)(str))


def calculate() -> None:
    """Powers of small numbers, and what is no number."""
    for base in (2, 2.0, decimal.Decimal(2)):
        call(pow, base, base)
        call(divmod, base, 0)


call_methods()
mix_texts()
call_functions()
convert_times()
write_and_read()
search()
iterate()
calculate()

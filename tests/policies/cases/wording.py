"""A quote as the case files write one."""

from collections.abc import Mapping
from typing import Any


def in_words(quote: Mapping[str, Any]) -> dict[str, Any]:
    """What a case may expect of a quote, by its keys in the case files."""
    lines, missing, scenario = quote["lines"], quote["missing"], quote["input"]
    response = quote["response"] or {"target_minutes": None, "due": None, "clauses": []}
    named = [*lines, response, *({"clauses": [gap["clause"]]} for gap in missing)]
    texts = {key: text(quote[key]) for key in ("currency", "subtotal", "net", "gross")}
    return texts | {
        "terms": text(quote["terms"]["effective"]),
        "start": text(scenario["start"]),
        "minutes": text(scenario["minutes"]),
        "set": [f"{question} {answer}" for question, answer in scenario["set"].items()],
        "lines": [line_in_words(line) for line in lines],
        "times": times(lines),
        "tax": text(quote["tax"] and quote["tax"]["amount"]),
        "complete": quote["complete"],
        "missing": [gap["why"] for gap in missing],
        "missing_times": times(missing),
        "clauses": sorted({clause for one in named for clause in one["clauses"]}),
        "readings": quote["readings"],
        "conditions": quote["conditions"],
        "response_minutes": text(response["target_minutes"]),
        "response_due": text(response["due"]),
        "response_average": "yes" if response.get("average") else "no",
    }


def line_in_words(line: Mapping[str, str]) -> str:
    """A line as the case files write one: `labour 2 × 60 min × 100.00 × 4 = 800.00`."""
    charge, price_, factor = line["charge"], line["unit_price"], line["factor"]
    if line["unit"] == "discount":
        return f"{charge} {factor} of {price_} = {line['amount']}"
    if line["unit"] == "min":
        return f"{charge} {line['quantity']} min free"
    factors = [line["quantity"], line["unit"], price_] + ([factor] if factor != "1" else [])
    return f"{charge} {' × '.join(factors)} = {line['amount']}"


def times(items: list[dict[str, str]]) -> list[str]:
    """The stretches of local time that items cover."""
    return [f"{item['from']} to {item['to']}" for item in items if "from" in item]


def text(value: object) -> str:
    """A value as text; "none" for what is not stated."""
    return "none" if value is None else str(value)

"""What a price is for that counts what has begun as whole: "per 60 minutes or part of them".

Price tables and texts say it alike. A translation asks for the case it needs of a length:
“za każdy rozpoczęty okres {length:genitive}”.
"""

from decimal import Decimal

from termwise_calculator.telling.words import Words
from termwise_calculator.time.lengths import SECOND, Minutes


def per_started(words: Words, minutes: Minutes) -> str:
    """What a price is for that counts begun lengths."""
    if minutes == 1:
        return words.say("per minute or part of it")
    if minutes == SECOND:
        return words.say("per second or part of it")
    return words.say("per {length} or part of them", length=words.minutes(minutes))


def per_started_units(words: Words, number: Decimal, question: str) -> str:
    """What a price is for that counts begun units of a question: "per 10 km or part of them"."""
    alone = words.unit(question, number) if number == 1 else ""
    return words.say_count(
        "per {unit} or part of it",
        "per {unit} or part of them",
        agreeing(number),
        unit=alone or words.units(question, number),
    )


def agreeing(number: Decimal | int) -> int:
    """What “it” or “them” agrees with: parts of one are more than one."""
    return int(number) if number == int(number) else 2

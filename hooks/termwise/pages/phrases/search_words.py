"""The words by which readers look for what a clause is about, whatever words the clause uses."""

from collections.abc import Mapping

from termwise_calculator.telling.words import Words


def search_words(words: Words) -> Mapping[str, str]:
    """For each subject of a clause the words that readers may type, in the page's language.

    The context tells translators that their words need not be these: any that people type will do.
    """
    say_in = words.say_in
    return {
        "price": say_in(
            "typed by who searches",
            "price prices cost costs fee charge rate tariff how much pay, an hour, hourly",
        ),
        "free": say_in(
            "typed by who searches", "free of charge, no charge, costs nothing, pay nothing, no fee"
        ),
        "free time": say_in(
            "typed by who searches", "free minutes, free time, included minutes, allowance, a year"
        ),
        "discount": say_in("typed by who searches", "discount reduction rebate cheaper off"),
        "surcharge": say_in("typed by who searches", "surcharge supplement extra charge"),
        "limit": say_in("typed by who searches", "maximum minimum at most at least limit cap"),
        "tax": say_in("typed by who searches", "VAT GST tax net gross excluding including"),
        "hours": say_in(
            "typed by who searches",
            "opening hours, office hours, open, available, evening, night, weekend, times",
        ),
        "time zone": say_in("typed by who searches", "time zone, local time, clock, difference"),
        "response time": say_in(
            "typed by who searches",
            "response time, reaction time, how long do I wait, answer, reply, fast",
        ),
    }


def alike_words(words: Words) -> str:
    """Groups of words that mean the same to who searches, whatever the terms call it: "a b; c d".

    Forms that differ from their beginning on belong here, too; those that only end otherwise are
    found anyway.
    """
    return words.say_in(
        "alike to who searches",
        "opening open hours available schedule; refund refunded refunds reimbursement reimbursed "
        "money back; phone telephone; estimate quotation quote; advance prepaid prepay upfront; "
        "guarantee guaranteed warranty; weekend saturday sunday; email mail; card credit; "
        "safe safety secure security confidential confidentiality privacy; "
        "cancel stop interrupt terminate; carry rollover expire unused lost; "
        "language english polish german danish portuguese french spanish; "
        "bug bugs error errors fault faults defect defects; minimum minimal least; half 50; "
        "install installed installing installation; change changes amend amended; "
        "zl zloty zlotys pln; dollar dollars aud",
    )


def unsearched_words(words: Words) -> str:
    """The little words that say nothing of what a reader looks for."""
    return words.say_in(
        "left out of a search",
        "a after an and anything are as at be before by can could do does for from have how i if "
        "in is it me my need of on or s should something that the their there this to want was we "
        "what when where which who will with you your",
    )

"""The words around every page: header, search, footer, the lost page and the offline one."""

from termwise_calculator.telling.words import Words


def frame_words(words: Words) -> dict[str, str]:
    """By the names that the templates in `docs/overrides` call them by."""
    say = words.say
    return {
        "tagline": say("support terms you can check"),
        "description": say(
            "Support terms in plain language, with a calculator that reads the same file as "
            "the page."
        ),
        "navigation": say("Main navigation"),
        "contents": say("On this page"),
        "language": say("Language"),
        "offer": say("Read this page in English"),
        "edit": say("Edit the source of this page"),
        "feed": say("What has changed: all providers"),
        **_tools(words),
        **_footer(words),
        **_lost(words),
    }


def _tools(words: Words) -> dict[str, str]:
    """Colours and search, in the header."""
    say = words.say
    return {
        "theme": say("Colours"),
        "theme_system": say("As the device"),
        "theme_light": words.say_in("colours", "Light"),
        "theme_dark": words.say_in("colours", "Dark"),
        "search": say("Search"),
        "search_label": say("Search this site in English"),
        "close": say("Close"),
        "search_none": say("Nothing found for these words."),
        "search_failed": say(
            "The search could not be loaded. Check your connection and try again."
        ),
    }


def _footer(words: Words) -> dict[str, str]:
    say = words.say
    return {
        "unofficial": say(
            "Termwise is an independent and unofficial restatement of published support terms. It "
            "is not affiliated with any of the providers. What binds you is the provider’s own "
            "text."
        ),
        "machine_made": say(
            "This language version of the interface and the pages is a machine translation that "
            "nobody has reviewed yet."
        ),
        "how_made": say("How these pages are made, and what they keep about you (nothing)"),
        "licences": say("Licences of the software and data in this site"),
        "glossary": say("What the words of terms and quotes mean"),
        "staff": say("For staff of a provider: edit terms"),
    }


def _lost(words: Words) -> dict[str, str]:
    """Of an address that leads nowhere, and of a page that is not on the device."""
    say = words.say
    return {
        "lost": say("This page does not exist"),
        "lost_hint": say("The address may have changed."),
        "lost_home": say("Go to the home page"),
        "offline": say("This page is not on your device"),
        "offline_hint": say(
            "There is no connection, and this page is not kept here. Once a calculator has "
            "answered you, its page works without one, and so do the pages that you open after "
            "it."
        ),
        "offline_again": words.say_in("offline", "Try again"),
    }

"""The page of the editor in the browser: what stands there before Python does, and its words.

The markup is what `docs/assets/javascripts/editor` expects. Without the editor the page still says
what it is for, and where the file is.
"""

import json
from dataclasses import replace

from markupsafe import Markup

from termwise.kept.digests import sha256_of
from termwise.languages import DEFAULT_LANGUAGE, LANGUAGES
from termwise.pages.data_files import named_asset
from termwise.pages.markdown_text import front_matter, heading
from termwise.pages.parts import EditorRuntime, GeneratedPage, PagePlace, ProviderContent, Sources
from termwise.pages.ready_html import ready_html
from termwise.pages.safe_text import html, joined
from termwise.reading.folders import POLICY_FILE
from termwise.words.messages import message_words
from termwise_calculator.telling.words import Words

GROUPS = ("prices", "percentages", "dates", "times", "texts")


def with_editor(
    content: ProviderContent, sources: Sources, runtime: EditorRuntime
) -> ProviderContent:
    """What a provider contributes, with the editor of its file."""
    name, title = content.provider, str(content.entry["name"])
    data = {"provider": name, "path": sources.path, "files": dict(sources.files)}
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    asset = named_asset(f"sources/{name}", written)
    assert isinstance(asset.content, bytes)
    place = PagePlace(f"edit/{name}", f"providers/{name}")
    page = {
        language: _page(message_words(language), name, title, sources, runtime, asset.uri)
        for language in LANGUAGES
    }
    link = html('<li><a href="{{root}}edit/{}/">{}</a></li>', name, title)
    return replace(
        content,
        pages=(*content.pages, GeneratedPage(place, page)),
        assets={**content.assets, asset.uri: asset.content},
        rows={**content.rows, "editors": dict.fromkeys(LANGUAGES, link)},
    )


def editor_list() -> Markup:
    """The list of the editors, in the staff guide."""
    return html("<ul>\n{{rows}}\n</ul>")


def _page(
    words: Words, provider: str, name: str, sources: Sources, runtime: EditorRuntime, uri: str
) -> str:
    root = "../" * (2 + (words.language != DEFAULT_LANGUAGE))
    title = words.say("Edit the policy of {name}", name=name)
    head = front_matter(
        title=title,
        description=words.say("The policy file of {name} in an editor, for its staff.", name=name),
        scripts="editor",
        audience="staff",
        head='<meta name="robots" content="noindex">',
    )
    editor = html(
        '<div><termwise-editor class="tw-editor" data-provider="{provider}" data-path="{path}" '
        'data-runtime="{runtime}" data-sources="{sources}" data-base="{base}" '
        'data-language="{language}" data-words="{said}">\n{parts}\n</termwise-editor></div>',
        provider=provider,
        path=f"{sources.path}/{POLICY_FILE}",
        runtime=root + runtime.worker,
        sources=root + uri,
        base=sha256_of(sources.files[POLICY_FILE].encode())[:16],
        language=words.language,
        said=json.dumps(_said(words), ensure_ascii=False),
        parts=joined([_start(words, runtime), _desk(words)]),
    )
    return "\n\n".join([head, heading(title, level=1), ready_html(editor)]) + "\n"


def _start(words: Words, runtime: EditorRuntime) -> Markup:
    say = words.say
    return html(
        "<p>{what}</p>\n<p>{limits}</p>\n<p>{english}</p>\n"
        "<noscript><p>{no_script}</p></noscript>\n"
        '<p class="tw-notice" data-part="draft" hidden><span></span> '
        '<button type="button" class="tw-button" data-action="discard">{discard}</button></p>\n'
        '<p data-part="begin"><button type="button" class="tw-button" data-action="start" hidden>'
        '{start}</button> <span class="tw-editor__hint">{size}</span></p>\n'
        '<p data-part="state" role="status" class="tw-editor__state"></p>',
        what=say(
            "Change the file and see what it does before anybody else does: what is wrong, the "
            "page, quotes and the report. All of it is computed in this browser, by the code that "
            "makes this site, and nothing is sent anywhere."
        ),
        limits=say(
            "What you change here is not published. Hand in the file or the patch; the checks of "
            "the repository decide. Translations are read as they are published and cannot be "
            "changed here, nor can files be added."
        ),
        english=say(
            "The words of the checks and of the report are English, as on the command line."
        ),
        no_script=say("The editor needs JavaScript."),
        discard=say("Discard the draft"),
        start=say("Start the editor"),
        size=say("Downloads up to {size} MB the first time.", size=str(runtime.megabytes)),
    )


def _desk(words: Words) -> Markup:
    say = words.say
    return html(
        '<div data-part="desk" hidden>\n'
        '<section aria-labelledby="edit-problems"><h2 id="edit-problems">{problems}</h2>'
        '<ol class="tw-editor__problems" data-part="problems"></ol></section>\n'
        '<div class="tw-editor__both">\n'
        '<section aria-labelledby="edit-file"><h2 id="edit-file">{file}</h2>'
        '<div class="tw-editor__text"><div class="tw-editor__lines" data-part="lines" '
        'aria-hidden="true"></div><textarea data-part="text" aria-labelledby="edit-file" '
        'aria-describedby="edit-keys" wrap="off" spellcheck="false" autocapitalize="off" '
        'autocomplete="off"></textarea></div>'
        '<p id="edit-keys" class="tw-editor__hint">{keys}</p></section>\n'
        '<section aria-labelledby="edit-values"><h2 id="edit-values">{values}</h2>'
        '<p><label for="edit-find">{find}</label> <input id="edit-find" type="search" '
        'data-part="find" autocomplete="off"></p>'
        '<div data-part="fields">{groups}</div></section>\n</div>\n'
        '<section aria-labelledby="edit-hand-in"><h2 id="edit-hand-in">{hand_in}</h2>'
        '<p data-part="unchanged">{unchanged}</p>'
        '<pre tabindex="0" role="group" aria-labelledby="edit-hand-in" data-part="patch" '
        "hidden></pre>"
        '<p class="tw-actions">{actions}</p><p data-part="done" role="status"></p></section>\n'
        '<section aria-labelledby="edit-quotes"><h2 id="edit-quotes">{quotes}</h2>'
        '<div data-part="quotes" tabindex="0" role="group" aria-labelledby="edit-quotes"></div>'
        "</section>\n"
        '<section aria-labelledby="edit-report"><h2 id="edit-report">{report}</h2>'
        '<div data-part="report" tabindex="0" role="group" aria-labelledby="edit-report" lang="en">'
        "</div></section>\n"
        '<section aria-labelledby="edit-page"><h2 id="edit-page">{page}</h2>'
        '<div data-part="page" tabindex="0" role="group" aria-labelledby="edit-page" '
        'class="tw-editor__page"></div></section>\n</div>',
        problems=say("What is wrong, or may be"),
        file=say("The file"),
        keys=say("The Tab key leads on to the next control; indent with spaces."),
        values=say("The values in it"),
        find=say("Show only what contains"),
        groups=joined(_group(words, group) for group in GROUPS),
        hand_in=say("Your change"),
        unchanged=say("Nothing is changed yet."),
        actions=joined(_actions(words), " "),
        quotes=say("Quotes before and after"),
        report=say("The report on the change"),
        page=say("The page with your change"),
    )


def _group(words: Words, group: str) -> Markup:
    titles = {
        "prices": words.say("Prices"),
        "percentages": words.say("Percentages and factors"),
        "dates": words.say("Dates"),
        "times": words.say("Hours and lengths"),
        "texts": words.say("Texts"),
    }
    opened = html(" open") if group == "prices" else ""
    return html(
        '<details{} data-group="{}"><summary>{}</summary><div></div></details>',
        opened,
        group,
        titles[group],
    )


def _actions(words: Words) -> list[Markup]:
    say = words.say
    labels = {
        "download": say("Download the file"),
        "download-patch": say("Download the patch"),
        "copy": say("Copy the file"),
        "copy-patch": say("Copy the patch"),
    }
    buttons = [
        html('<button type="button" class="tw-button" data-action="{}">{}</button>', action, label)
        for action, label in labels.items()
    ]
    forge = html(
        '<a data-part="forge" rel="external" hidden>{}</a>',
        say("Open the file where it is kept, and paste yours"),
    )
    return [*buttons, forge]


def _said(words: Words) -> dict[str, str]:
    """What the script says, by its own names."""
    say = words.say
    return {
        "loading": say("Python is being loaded…"),
        "checking": say("Checking…"),
        "sound": say("Nothing is wrong."),
        "wrong": say("Problems: {count}", count="{count}"),
        "asked": say("Questions, which stop nothing: {count}", count="{count}"),
        "place": say("Line {line}, column {column}", line="{line}", column="{column}"),
        "elsewhere": say(
            "{file}, line {line}, column {column}",
            file="{file}",
            line="{line}",
            column="{column}",
        ),
        "line": say("line {line}", line="{line}"),
        "found": say("Found: {text}", text="{text}"),
        "expected": say("Expected: {text}", text="{text}"),
        "mend": say("To put it right: {text}", text="{text}"),
        "field": say("The field: {text}", text="{text}"),
        "waits": say("Shown as soon as nothing is wrong; this is how it was before."),
        "failed": say("The editor could not be loaded. Check your connection and try again."),
        "kept": say("Your draft is kept in this browser and was opened again."),
        "other_base": say(
            "Your draft was begun on another version of the file, which has changed since. The "
            "patch leads from the present version to your draft: make sure that it undoes "
            "nothing."
        ),
        "waiting_draft": say("A draft of yours is kept in this browser."),
        "not_kept": say("This browser cannot keep a draft: hand in your change before you leave."),
        "copied": say("Copied."),
        "not_copied": say("This browser cannot copy. Download it instead."),
    }

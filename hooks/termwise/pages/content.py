"""The generated part of the site: pure functions from policies and words to text.

Nothing of it reads a policy: everything can be called with policies from memory.
"""

from datetime import date

from termwise import places
from termwise.languages import DEFAULT_LANGUAGE, LANGUAGES
from termwise.pages.calculator.first_answers import answers_assets
from termwise.pages.calculator.first_scenarios import first_scenarios
from termwise.pages.comparison.first_case import first_start, scenarios_beside
from termwise.pages.comparison.row import RowFiles, compared
from termwise.pages.comparison.table import comparison
from termwise.pages.data_files import api_assets, entry, schema_asset
from termwise.pages.edition_pages import Bundles, PolicyPages, edition_bundles
from termwise.pages.history.files import edition_page, listed
from termwise.pages.home import rows_shown
from termwise.pages.parts import ProviderContent, SharedContent, SiteAsset
from termwise.pages.policy.plain_page import plain_page, plain_place
from termwise.pages.policy.searched import found_on
from termwise.pages.policy_view import PolicyView
from termwise.pages.provider_list import listed_provider, provider_list
from termwise.pages.quote_form import quote_schemas
from termwise.pages.ready_html import ready_html
from termwise.pages.speed.page import kept_run, speed_parts
from termwise.pages.staff.editor_page import editor_list
from termwise.pages.staff.examples import example_list
from termwise.pages.staff.fields import field_reference, schema_link
from termwise.pages.staff.translation_status import status_table
from termwise.policy_form.skeleton import shown_in
from termwise.reading.providers import Provider
from termwise.scenarios.worked import worked_examples
from termwise.words.messages import message_words


def provider_content(provider: Provider, worker: str, day: date) -> ProviderContent:
    """The pages and the files of one provider; `worker` is the browser's Python, from the root.

    `day` is that of the build, of UTC: the comparison is made for one moment everywhere.

    The terms in force stand at the provider's address, every edition at one of its own.
    """
    name = provider.policy.provider
    bundles = edition_bundles(provider)
    own, start = _bundles_of(provider, bundles), first_start(day)
    answers = dict(answers_assets(provider, own, worker, name, first_scenarios(provider)))
    beside = scenarios_beside(provider, start)
    in_row = dict(answers_assets(provider, own, worker, f"comparison/{name}", beside))
    row = RowFiles(bundles, in_row, worker)
    views = {language: PolicyView(provider, language) for language in LANGUAGES}
    pages = PolicyPages(provider, bundles, answers, worker)
    return ProviderContent(
        provider=name,
        entry=entry(provider),
        rows={
            "providers": {language: listed_provider(view) for language, view in views.items()},
            "compare": {one: compared(provider, one, start, row) for one in LANGUAGES},
        },
        pages=(pages.in_force(), *map(pages.of_edition, provider.editions)),
        assets=_contents(
            *api_assets(provider), *bundles.values(), *answers.values(), *in_row.values()
        )
        | {plain_place(view): plain_page(view).encode() for view in views.values()},
        terms=[
            listed(
                edition,
                provider.document["source"]["read"],
                edition_page(name, edition),
                {language: bundles[edition.digest, language].uri for language in LANGUAGES},
            )
            for edition in provider.editions
        ],
        found={language: found_on(view) for language, view in views.items()},
        home={language: pages.for_home(language) for language in LANGUAGES},
        shows=rows_shown(views[DEFAULT_LANGUAGE]),
    )


def shared_content(day: date) -> SharedContent:
    """What hand-written pages show beside the policies, and what stands around their rows.

    `day` is that of the build, of UTC.
    """
    start = first_start(day)
    words = {language: message_words(language) for language in LANGUAGES}
    examples = worked_examples()
    shown = shown_in(places.RECIPE.read_text("utf-8"))
    written = [one.written for listed in examples.values() for one in listed]
    fields = ready_html(field_reference([*shown, *written]))
    return SharedContent(
        rows={
            "providers": {
                language: ready_html(provider_list(words[language])) for language in words
            },
            "compare": {one: ready_html(comparison(words[one], start)) for one in words},
            "examples": {language: example_list(examples, language) for language in LANGUAGES},
            "fields": dict.fromkeys(LANGUAGES, fields),
            "schema": {language: ready_html(schema_link(language)) for language in LANGUAGES},
            "editors": dict.fromkeys(LANGUAGES, ready_html(editor_list())),
            "translations": {one: ready_html(status_table(words[one])) for one in words},
            **_speed_markers(),
        },
        assets=_contents(schema_asset()),
        quote_schemas=quote_schemas(),
    )


def _speed_markers() -> dict[str, dict[str, str]]:
    run = kept_run()
    parts = {language: speed_parts(run, message_words(language)) for language in LANGUAGES}
    return {
        name: {language: ready_html(parts[language][name]) for language in LANGUAGES}
        for name in parts["en"]
    }


def _bundles_of(provider: Provider, bundles: Bundles) -> dict[str, SiteAsset]:
    digest = provider.edition.digest
    return {language: bundles[digest, language] for language in LANGUAGES}


def _contents(*assets: SiteAsset) -> dict[str, bytes]:
    return {asset.uri: asset.content for asset in assets if isinstance(asset.content, bytes)}

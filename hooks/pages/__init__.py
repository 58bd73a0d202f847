"""The generated part of the site: pure functions from policies and words to text.

Nothing of it reads a policy: everything can be called with policies from memory.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from hooks.pages.assets import api_assets, bundle_asset, runtime_assets
from hooks.pages.example_list import example_list
from hooks.pages.fields import field_reference
from hooks.pages.first_answers import answers_assets, integrity
from hooks.pages.form import CalculatorUrls
from hooks.pages.listing import comparison, provider_list
from hooks.pages.policy_page import policy_page
from hooks.pages.view import PolicyView
from hooks.policy_files import LANGUAGES, PolicyFolder
from hooks.policy_model import json_schema
from hooks.problems import UnreadableFile
from hooks.providers import Provider, build_date, load_providers
from hooks.ready_html import ready_html
from hooks.site_content import SiteAsset, SiteContent, SitePage
from hooks.worked_examples import worked_examples

DEFAULT_LANGUAGE = "en"  # stands at the root of the site, the others in folders of their own
ELEMENT = "assets/javascripts/termwise/register.js"
RUNTIME_CACHE = Path(__file__).parents[2] / ".termwise-cache" / "site-runtime"


def site_content(folder: PolicyFolder, name: str) -> SiteContent:
    """The pages, files and markers of a folder of policies; pages name it in their edit links.

    Raises UnreadableFile with every problem when the policies are not sound.
    """
    if folder.problems:
        raise UnreadableFile(folder.problems)
    providers = load_providers(folder, build_date())
    worker, runtime = runtime_assets(RUNTIME_CACHE, providers)
    bundles = {
        (provider.policy.provider, language): bundle_asset(provider, language)
        for provider in providers
        for language in LANGUAGES
    }
    answers = {
        (provider.policy.provider, language): asset
        for provider in providers
        for language, asset in answers_assets(provider, bundles, worker)
    }
    return SiteContent(
        pages=tuple(_pages(name, providers, bundles, answers, worker)),
        assets=(*api_assets(providers), *bundles.values(), *answers.values(), *runtime),
        markers=_markers(providers),
    )


def _pages(
    folder: str,
    providers: Iterable[Provider],
    bundles: Mapping[tuple[str, str], SiteAsset],
    answers: Mapping[tuple[str, str], SiteAsset],
    worker: str,
) -> Iterable[SitePage]:
    for provider in providers:
        name = provider.policy.provider
        for language in LANGUAGES:
            to_root = "../../" if language == DEFAULT_LANGUAGE else "../../../"
            urls = CalculatorUrls(
                script=to_root + ELEMENT,
                bundle=to_root + bundles[name, language].uri,
                runtime=to_root + worker,
                answers=to_root + answers[name, language].uri,
                answers_digest=integrity(answers[name, language]),
            )
            markdown = policy_page(PolicyView(provider, language), urls)
            edited = f"{folder}/{name}/policy.yaml"
            yield SitePage(f"providers/{name}", language, markdown, edited)


def _markers(providers: list[Provider]) -> dict[str, dict[str, str]]:
    views = {
        language: [PolicyView(provider, language) for provider in providers]
        for language in LANGUAGES
    }
    fields, examples = ready_html(field_reference(json_schema())), worked_examples()
    return {
        "providers": {
            language: ready_html(provider_list(shown)) for language, shown in views.items()
        },
        "compare": {language: ready_html(comparison(shown)) for language, shown in views.items()},
        "examples": {language: example_list(examples, language) for language in LANGUAGES},
        "fields": dict.fromkeys(LANGUAGES, fields),
    }

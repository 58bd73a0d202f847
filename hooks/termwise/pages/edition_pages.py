"""The pages of a policy: the terms in force at its address, each edition at one for good."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace

from termwise.compiling.edition import Edition
from termwise.languages import DEFAULT_LANGUAGE, LANGUAGES, home_of
from termwise.pages.calculator.first_answers import answered_values, integrity
from termwise.pages.calculator.form import CalculatorUrls
from termwise.pages.data_files import bundle_asset
from termwise.pages.home import home_calculator
from termwise.pages.parts import GeneratedPage, PagePlace, SiteAsset, terms_list_place
from termwise.pages.policy.page import policy_page
from termwise.pages.policy_view import PolicyView
from termwise.reading.providers import Provider
from termwise_calculator.telling.validity import terms_held

HOME = "index"
"""The name of the home page, which stands in no folder of its own."""

Bundles = Mapping[tuple[str, str], SiteAsset]
"""What browsers need of each edition, by its digest and the language."""


def edition_bundles(provider: Provider) -> dict[tuple[str, str], SiteAsset]:
    """The bundle of every edition in every language."""
    return {
        (edition.digest, language): bundle_asset(provider.under(edition), language)
        for edition in provider.editions
        for language in LANGUAGES
    }


def page_of(provider: Provider, edition: Edition) -> str:
    """The name of the page of an edition, which stays whatever is in force."""
    return f"providers/{provider.policy.provider}/{edition.place}"


def other_editions(provider: Provider, language: str, root: str, bundles: Bundles) -> str:
    """What a page must know of the editions that it does not show; nothing where it shows all.

    `says` is what a reader is told of their quotes.
    """
    others = [edition for edition in provider.editions if edition is not provider.edition]
    told = {
        edition.digest: {
            "bundle": root + bundles[edition.digest, language].uri,
            "page": f"{root}{home_of(language)}{page_of(provider, edition)}/",
            "says": terms_held(provider.words[language], edition.policy),
        }
        for edition in others
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")) if told else ""


@dataclass(frozen=True)
class PolicyPages:
    """Makes the pages of one provider; answers before Python are for the terms in force."""

    provider: Provider
    bundles: Bundles
    answers: Mapping[str, SiteAsset]
    worker: str

    def in_force(self) -> GeneratedPage:
        """The page at the provider's address."""
        place = PagePlace(self._name, self._name)
        return GeneratedPage(place, self._markdown(self.provider, place))

    def for_home(self, language: str) -> str:
        """The calculator by the terms in force, as the home page of a language has it."""
        view = PolicyView(self.provider, language)
        urls = self._urls(self.provider, PagePlace(HOME, HOME), language)
        return home_calculator(view, replace(urls, page=f"{self._name}/"))

    def of_edition(self, edition: Edition) -> GeneratedPage:
        """The page of an edition; that of the terms in force says the same as the provider's."""
        name = page_of(self.provider, edition)
        canonical = self._name if edition is self.provider.edition else name
        place = PagePlace(name, canonical)
        return GeneratedPage(place, self._markdown(self.provider.under(edition), place))

    @property
    def _name(self) -> str:
        return f"providers/{self.provider.policy.provider}"

    def _markdown(self, provider: Provider, place: PagePlace) -> dict[str, str]:
        home = "" if place.name == self._name else "../"
        return {
            language: policy_page(
                PolicyView(provider, language, home), self._urls(provider, place, language)
            )
            for language in LANGUAGES
        }

    def _urls(self, provider: Provider, place: PagePlace, language: str) -> CalculatorUrls:
        depth = 0 if place.name == HOME else place.name.count("/") + 1
        depth += language != DEFAULT_LANGUAGE
        root = "../" * depth
        urls = CalculatorUrls(
            bundle=root + self.bundles[provider.edition.digest, language].uri,
            runtime=root + self.worker,
            editions=other_editions(provider, language, root, self.bundles),
            terms_list=root + terms_list_place(provider.policy.provider),
        )
        if provider.edition is not self.provider.edition:
            return urls
        answers = self.answers[language]
        return replace(
            urls,
            answers=root + answers.uri,
            answers_digest=integrity(answers),
            answered=answered_values(answers),
        )

// Which terms a quote is by, where they are not the page's own or not those in force.

import { leadToClauses } from "./terms.js";

/** Say so in the parts of a calculator that are there; `query` makes the quote anew elsewhere. */
export function showTerms(calculator, { edition, link, comparison, now }, query) {
  showEdition(calculator, edition, query);
  hide(calculator, "[data-part=link-terms]", !link && !comparison);
  const said = link ?? (comparison && "kept");
  for (const text of calculator.querySelectorAll("[data-link]")) {
    text.hidden = text.dataset.link !== said;
  }
  const compared = calculator.querySelector("[data-part=comparison]");
  if (!compared) return;
  compared.innerHTML = comparison ?? ""; // termwise_calculator.telling.comparison has escaped it
  leadToClauses(compared, now);
}

/** Lead to the page of the edition that prices, where the quote stands as well. */
function showEdition(calculator, edition, query) {
  const isElsewhere = Boolean(edition?.page && query);
  hide(calculator, "[data-part=edition]", !isElsewhere);
  const way = calculator.querySelector("[data-part=edition] a");
  if (!way || !isElsewhere) return;
  way.href = `${edition.page}?${query}`;
  way.textContent = edition.says;
}

function hide(calculator, selector, hidden) {
  const part = calculator.querySelector(selector);
  if (part) part.hidden = hidden;
}

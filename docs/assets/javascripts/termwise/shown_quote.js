// The quote on the page: another takes its place only where it differs, and what was open stays so.

export class ShownQuote {
  #output;
  #html;
  #isFromServer = true; // which writes the same HTML with other spaces than the calculator

  constructor(output) {
    this.#output = output;
    this.#html = output.innerHTML;
  }

  /** Show HTML of termwise_calculator.telling.render, which has escaped every value in it. */
  replace(html) {
    if (this.#isShown(html)) return;
    const open = new Set(this.#details().filter((details) => details.open).map(keyOf));
    this.#output.innerHTML = html;
    for (const details of this.#details()) details.open ||= open.has(keyOf(details));
  }

  /** Whether the page shows this already: nothing is touched then, nor at the first answer. */
  #isShown(html) {
    const [shown, isFromServer] = [this.#html, this.#isFromServer];
    this.#html = html;
    this.#isFromServer = false;
    return html === shown || (isFromServer && normalized(html) === normalized(shown));
  }

  #details() {
    return [...this.#output.querySelectorAll("details")];
  }
}

/** A quote by the terms of another page, if one is given, whose clauses stand there. */
export function ledToPage(html, page) {
  return page ? html.replaceAll('href="#', `href="${page}#`) : html;
}

/** What tells a part that opens from the others, wherever it stands. */
function keyOf(details) {
  return details.dataset.key;
}

/** HTML as the browser would write it, without the space around it. */
function normalized(html) {
  const parsed = document.createElement("template");
  parsed.innerHTML = html;
  return parsed.innerHTML.trim();
}

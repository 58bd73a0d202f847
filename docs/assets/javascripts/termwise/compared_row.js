// A provider's row of the comparison: what it is asked, and the quote that it shows.

import { firstAnswer, loadFirstAnswers } from "./first_answers.js";
import { startIn } from "./moment.js";
import { fillFromAddress, queryOf, showAsked, showProblems, showServiceFields } from "./scenario.js";
import { markStale } from "./states.js";
import { Terms, leadToClauses, named } from "./terms.js";

const SHARED = ["start", "minutes"];

export class ComparedRow {
  form;
  problems = [];
  #row;
  #output;
  #answers;
  #terms;
  #linked = new Map();
  #first; // what the form holds without the visitor
  #wanted;
  #shown; // the query that was answered last
  #unpriced = false; // by that answer
  #quoted; // the terms of it
  #pin; // the terms of the link
  #pricing;
  #changed;

  /** `changed` is called after each answer. */
  constructor(row, changed) {
    this.#row = row;
    this.#changed = changed;
    this.form = row.querySelector("form");
    this.#output = row.querySelector("output");
    this.#terms = new Terms(row.dataset, null);
    this.#quoted = row.dataset.terms;
    this.#first = queryOf(this.form, this.#linked);
    this.form.hidden = false;
  }

  get element() {
    return this.#row;
  }

  get name() {
    return this.#row.querySelector("th a").textContent;
  }

  get data() {
    return this.#row.dataset;
  }

  /** What is to be paid: `currency`, and `least` and `most` where that is known and of the case. */
  get amount() {
    const { least, most } = this.isStale ? {} : this.#output.dataset;
    return { currency: this.#row.dataset.currency, least, most };
  }

  get total() {
    return this.#output.querySelector("[data-total]").textContent;
  }

  get isStale() {
    return this.#output.hasAttribute("data-stale");
  }

  /** The row shows this case already: it is what the page was built with. */
  begin(shared) {
    this.#wanted = this.#shown = JSON.stringify(this.#queryFor(shared));
  }

  /** Take its own part of an address. */
  follow(parameters) {
    const own = new URLSearchParams();
    const start = `${this.#row.dataset.provider}.`;
    for (const [name, value] of parameters) {
      if (name.startsWith(start)) own.set(name.slice(start.length), value);
    }
    this.#pin = own.get("terms");
    this.#linked = fillFromAddress(this.form, own);
    if (own.has("service")) showServiceFields(this.form);
  }

  edit({ name }) {
    this.#linked.delete(name);
    if (name === "service") showServiceFields(this.form);
  }

  /** Its own part of an address: what differs from the page as it opens, and the terms. */
  get fields() {
    const query = queryOf(this.form, this.#linked);
    const differing = Object.entries(query).filter(([name, value]) => this.#first[name] !== value);
    const terms = this.isStale ? [] : [["terms", named(this.#quoted)]];
    return [...differing, ...terms].map(([name, value]) => [
      `${this.#row.dataset.provider}.${name}`,
      value,
    ]);
  }

  /** Ask for a case from now on: `instant` and `minutes`. The quote of another one is marked. */
  want(shared) {
    this.#wanted = JSON.stringify(this.#queryFor(shared));
    markStale(this.#row, this.waits || this.#unpriced);
  }

  get waits() {
    return this.#wanted !== this.#shown;
  }

  /** Fetch the answers that the build has kept. */
  fetchAnswers() {
    this.#answers ??= loadFirstAnswers(this.#row.dataset);
    return this.#answers;
  }

  /** Show what the build has answered, if it has. */
  async answerFirst() {
    if (!this.waits) return;
    const answers = await this.fetchAnswers();
    const answer = this.waits && firstAnswer(answers, JSON.parse(this.#wanted));
    if (answer) this.#show(answer, this.#wanted);
  }

  /** Let Python answer: the last of what was wanted. Rejects with an EngineFailure. */
  price(ask) {
    this.#pricing ??= this.#priceLast(ask);
    return this.#pricing;
  }

  async #priceLast(ask) {
    try {
      while (this.waits) {
        const wanted = this.#wanted;
        const answer = await this.#terms.answer(ask, JSON.parse(wanted));
        if (wanted === this.#wanted) this.#show(answer, wanted);
      }
    } finally {
      this.#pricing = undefined;
    }
  }

  #queryFor({ instant, minutes }) {
    return {
      ...queryOf(this.form, this.#linked),
      start: startIn(this.#timezone(), instant),
      minutes,
    };
  }

  /** Whose clock decides: that of the place chosen, where one is asked. */
  #timezone() {
    const place = this.form.querySelector("[data-field]:not([hidden]) [data-timezone]:checked");
    return (place ?? this.#row).dataset.timezone;
  }

  #show({ asked, problems, json, html, address, edition }, wanted) {
    showAsked(this.form, asked);
    this.problems = problems;
    const own = problems.filter(({ field }) => !SHARED.includes(field));
    showProblems(this.form, own);
    if (own.length) this.form.closest("details").open = true;
    this.#shown = wanted;
    const quote = JSON.parse(json);
    this.#unpriced = quote === null;
    markStale(this.#row, this.#unpriced);
    if (quote) this.#showQuote(quote, html, address, edition);
    this.#changed(this);
  }

  #showQuote(quote, html, address, edition) {
    const open = [...this.#output.querySelectorAll("details[open]")].map(keyOf);
    this.#output.innerHTML = html; // termwise_calculator.telling.render has escaped every value in it
    for (const details of this.#output.querySelectorAll("details")) {
      details.open = open.includes(keyOf(details));
    }
    const page = edition?.page ?? this.#row.dataset.page;
    leadToClauses(this.#output, { page });
    this.#keepAmount(quote);
    this.#quoted = quote.terms.digest;
    for (const way of this.#row.querySelectorAll("[data-part=way]")) {
      way.href = `${this.#row.dataset.page}?${address}&terms=${named(this.#quoted)}`;
    }
    this.#tellTerms(address);
  }

  /** What is to be paid, in full or not at all. */
  #keepAmount(quote) {
    const { dataset } = this.#output;
    delete dataset.least;
    delete dataset.most;
    // Lines of which some are with tax and some without make no sum that anybody pays.
    if (!quote.complete || (quote.gross === null && quote.taxes)) return;
    const due = ["payable", "gross", "subtotal"].find((one) => (quote[one] ?? null) !== null);
    dataset.least = quote[due];
    dataset.most = quote[`${due}_to`] ?? dataset.least;
  }

  /** Say that the link was made under other terms, which the provider's page compares with these. */
  #tellTerms(address) {
    const notice = this.#row.querySelector("[data-part=changed]");
    const same = !this.#pin || this.#quoted.startsWith(`sha256:${this.#pin}`);
    notice.hidden = same;
    if (same) return;
    const terms = encodeURIComponent(this.#pin);
    notice.querySelector("a").href = `${this.#row.dataset.page}?${address}&terms=${terms}`;
  }
}

/** What tells a part that opens from the others, wherever it stands. */
function keyOf(details) {
  return details.dataset.key;
}

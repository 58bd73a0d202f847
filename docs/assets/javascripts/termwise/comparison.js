// <termwise-comparison>: one case, priced by every provider. The table is in the page before this
// runs and stands for the case that it names; what only a script can do is hidden until then.
//
// <termwise-comparison lang="pl" data-start="2026-12-01T16:30Z">
//   <p data-part="case">                       the first case in words, until the form says it
//   <form data-part="shared" hidden>           start, zone, minutes, order; <details data-part="currency">
//   <… data-part="progress">, <… data-part="failure">     as in element.js
//   <tr data-provider="mastiff" data-name=… data-page="its page" data-currency="PLN" data-timezone=…
//       data-bundle=… data-runtime=… data-terms=… data-terms-list=… data-answers=…>   as in element.js
//     <a data-part="way">                      to the case on the provider's page
//     <output>quote HTML</output> <p data-part="converted" hidden>
//     <form hidden>                            what this provider asks
//     <p data-part="changed" hidden><a>        that the link was made under other terms
//   <button data-action="copy-link|share|print" hidden>, <p data-part="link">, <p data-part="status">
//
// The address carries the case: start and zone, minutes, order, in and rate.PLN, and of each
// provider what differs from the page as it opens, as `mastiff.client=yes`, and its terms.

import { byCost } from "./by_cost.js";
import { ComparedRow } from "./compared_row.js";
import { canShare, copyLink, print, share, soon, whenAndWhere } from "./deeds.js";
import { engineAt } from "./engine.js";
import { Moment } from "./moment.js";
import { notationOf } from "./notation.js";
import { showProgress } from "./progress.js";
import { Rates } from "./rates.js";
import { isReplaced } from "./release.js";
import { showProblems } from "./scenario.js";
import { tellReason } from "./states.js";
import { atFirstSign } from "./thrift.js";

const PAUSE_MS = 400;
const SLOW_MS = 2000;
const SLOW_LOADING_MS = 10_000;

export class TermwiseComparison extends HTMLElement {
  listening = false;
  #form;
  #rows;
  #moment;
  #rates;
  #begun = false;
  #asking;
  #pause;
  #slow;
  #told = new Set(); // rows with a new answer since the last pause

  connectedCallback() {
    if (this.#form) return;
    this.#form = this.querySelector("[data-part=shared]");
    const rows = [...this.querySelectorAll("tr[data-provider]")];
    this.#rows = rows.map((row) => new ComparedRow(row, (changed) => this.#hear(changed)));
    this.#moment = new Moment(this.#form, this.dataset.start);
    const currencies = this.#rows.map(({ data }) => data.currency);
    this.#rates = new Rates(this.#part("currency"), currencies, notationOf(this));
    for (const row of this.#rows) row.begin({ ...this.#case, instant: this.dataset.start });
    this.#listen();
    this.#show();
    this.listening = true;
    this.#follow(new URLSearchParams(location.search));
  }

  #show() {
    this.toggleAttribute("data-listening", true);
    this.#form.hidden = false;
    this.#part("case").hidden = true;
    for (const button of this.querySelectorAll("button[data-action]")) {
      button.hidden = button.dataset.action === "share" && !canShare;
    }
  }

  #follow(parameters) {
    this.#moment.follow(parameters);
    this.#rates.follow(parameters);
    for (const name of ["minutes", "order"]) {
      if (parameters.has(name)) this.#form.elements[name].value = parameters.get(name);
    }
    for (const row of this.#rows) row.follow(parameters);
    this.#price();
  }

  // ---- Listening

  #listen() {
    const forms = [this.#form, ...this.#rows.map(({ form }) => form)];
    for (const form of forms) atFirstSign(form, () => this.#begin());
    this.addEventListener("submit", (event) => event.preventDefault());
    this.addEventListener("input", ({ target }) => this.#edit(target));
    this.addEventListener("click", ({ target }) => {
      const button = target.closest("[data-action]");
      this.#actions[button?.dataset.action]?.(button);
    });
    addEventListener("beforeprint", () => this.#writeLink());
    addEventListener("online", () => this.dataset.reason === "offline" && this.#retry());
  }

  #actions = {
    retry: () => this.#retry(),
    reload: () => location.reload(),
    print,
    "copy-link": (button) => this.#copyLink(button),
    share: (button) => this.#share(button),
  };

  /** At the first sign of the wish to price, what that takes. */
  #begin() {
    if (this.#begun) return;
    this.#begun = true;
    for (const row of this.#rows) row.fetchAnswers();
    this.#engine();
  }

  #edit(control) {
    const row = this.#rows.find(({ form }) => form === control.form);
    row?.edit(control);
    if (["start", "zone"].includes(control.name)) this.#moment.edit();
    this.#afterPause();
    if (["in", "rate"].includes(control.name)) return this.#arrange();
    if (control.name === "order") return this.#arrange();
    this.#price();
  }

  // ---- Pricing

  get #case() {
    return { instant: this.#moment.instant, minutes: this.#form.elements.minutes.value };
  }

  /** The answers of the build first, and Python's for what they lack. */
  async #price() {
    for (const row of this.#rows) row.want(this.#case);
    this.#arrange();
    await Promise.all(this.#rows.map((row) => row.answerFirst()));
    if (this.dataset.state === "failed") return; // a failure waits for its retry
    if (this.#waiting.length) this.#asking ??= this.#answerRows();
  }

  get #waiting() {
    return this.#rows.filter((row) => row.waits);
  }

  async #answerRows() {
    const engine = this.#engine();
    const told = ({ detail }) => this.#showProgress(detail);
    engine.addEventListener("progress", told);
    try {
      while (this.#waiting.length) {
        this.#expectSign(SLOW_MS);
        await Promise.all(this.#waiting.map((row) => row.price((...asked) => engine.ask(...asked))));
        this.#becomeReady();
      }
    } catch (failure) {
      this.#fail(failure);
    } finally {
      engine.removeEventListener("progress", told);
      clearTimeout(this.#slow);
      this.#part("progress").hidden = true;
      this.#asking = undefined; // no await since the last look at the rows: no edit is lost between
    }
  }

  #engine() {
    const [{ data }] = this.#rows;
    return engineAt(data.runtime);
  }

  #becomeReady() {
    if (this.dataset.reason) tellReason(this, null);
    if (this.dataset.state === "ready") return;
    this.dataset.state = "ready";
    this.dispatchEvent(new CustomEvent("termwise:ready", { bubbles: true }));
  }

  #expectSign(milliseconds) {
    clearTimeout(this.#slow);
    if (this.dataset.reason) tellReason(this, null);
    this.#slow = setTimeout(() => tellReason(this, "slow"), milliseconds);
  }

  async #retry() {
    if (this.#asking) {
      this.#engine().giveUp();
      await this.#asking;
    }
    delete this.dataset.state;
    tellReason(this, null);
    this.#price();
  }

  /** The quotes on the page stay, marked where they are not of the case; the visitor reads why. */
  async #fail({ reason = "crash", message, stack }) {
    if (reason === "crash") console.error(stack ?? message);
    this.dataset.state = "failed";
    tellReason(this, reason);
    if (reason !== "download" || !(await isReplaced(this.#rows[0].data))) return;
    if (this.dataset.reason === reason) tellReason(this, "replaced");
  }

  #showProgress(detail) {
    this.#expectSign(SLOW_LOADING_MS);
    this.#part("progress").hidden = false;
    showProgress(this.#part("progress"), detail);
  }

  // ---- Showing

  #hear(row) {
    this.#told.add(row);
    this.#arrange();
    this.#afterPause();
  }

  /** What follows from the form and the rows' answers without asking anybody. */
  #arrange() {
    this.#rates.edit();
    for (const row of this.#rows) this.#convert(row);
    this.#sort();
    const hint = this.#form.querySelector("[data-hint=start]");
    hint.textContent = this.#moment.inVisitorsZone(hint.dataset.template, notationOf(this));
    hint.hidden = !hint.textContent;
    showProblems(this.#form, this.#problems);
  }

  /** What is wrong with the case itself, said once. */
  get #problems() {
    const start = this.#moment.problem;
    const ofRows = this.#rows.flatMap(({ problems }) => problems);
    const minutes = ofRows.find(({ field }) => field === "minutes");
    return [...(start ? [{ field: "start", message: start }] : []), ...(minutes ? [minutes] : [])];
  }

  #convert(row) {
    const place = row.element.querySelector("[data-part=converted]");
    place.textContent = row.isStale ? "" : this.#rates.say(row.amount);
    place.hidden = !place.textContent;
  }

  #sort() {
    const { order } = this.#form.elements;
    const sorted = order.value === "cost" ? byCost(this.#rows, this.#rates) : this.#rows;
    const body = this.querySelector("tbody");
    if (sorted.every(({ element }, place) => body.rows[place] === element)) return;
    const focused = document.activeElement;
    body.append(...sorted.map(({ element }) => element));
    focused.focus({ preventScroll: true });
  }

  #part(name) {
    return this.querySelector(`[data-part=${name}]`);
  }

  // ---- After a pause in typing

  #afterPause() {
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => {
      history.replaceState(history.state, "", `?${this.#address()}${location.hash}`);
      const told = [...this.#told].filter(({ isStale }) => !isStale);
      this.#told.clear();
      this.#say(told.map(({ name, total }) => `${name}: ${total}`).join("; "));
    }, PAUSE_MS);
  }

  #address() {
    const { minutes, order } = this.#form.elements;
    const fields = [["start", this.#moment.instant], ["zone", this.#moment.zone]];
    fields.push(["minutes", minutes.value]);
    if (order.value !== "name") fields.push(["order", order.value]);
    fields.push(...this.#rates.fields, ...this.#rows.flatMap((row) => row.fields));
    return new URLSearchParams(fields);
  }

  #say(text) {
    this.#part("status").textContent = text.replace(/\s+/g, " ");
  }

  // ---- Taking the comparison along (deeds.js)

  get #refused() {
    const wrong = this.#rows.some(({ problems }) => problems.length > 0);
    return wrong || Boolean(this.#moment.problem || this.#rates.problem);
  }

  get #link() {
    return `${location.origin}${location.pathname}?${this.#address()}`;
  }

  async #copyLink(button) {
    await soon(this.#asking);
    this.#say(await copyLink(button, this.#refused ? null : this.#link));
  }

  async #share(button) {
    await soon(this.#asking);
    const shared = { title: document.title, url: this.#link };
    this.#say(await share(button, this.#refused ? null : shared));
  }

  #writeLink() {
    const place = this.#part("link");
    place.textContent = whenAndWhere(place.dataset.template, notationOf(this), this.#link);
  }
}

// <termwise-calculator>: the form and the quote are in the page before this runs; it keeps the
// quote in step with the form. Every word comes from the page. It relies on this markup:
//
// <termwise-calculator provider="mastiff" lang="pl" data-timezone="Europe/Warsaw"
//     data-name="whose terms they are, for who is handed the quote"
//     data-bundle="URL of the compiled policy and words" data-runtime="URL of the worker module"
//     data-terms="sha256:…" data-terms-list="URL of the list of all terms"     (see terms.js)
//     data-editions="JSON: the other editions"                                 (optional)
//     data-page="where the terms stand"          where they do not on this page (optional)
//     data-answers="URL of first answers" data-answers-digest="sha256-…"      (optional, together)
//     data-patience="45">                       seconds without progress before giving up (optional)
//   <form autocomplete="off">                   or else browsers fill in an old visit's values
//     <… data-field="minutes" data-services="remote-help">     one per scenario key; data-services:
//                                                the services that ask it, absent for every service
//       <input name="minutes">                  the control; also select, radios, checkbox
//                                               (data-off: what unchecked means, default "no")
//       <input type="range" data-for="minutes"> follows the control (optional, without a name)
//       <button data-action="now" hidden>       sets `start` to the provider's present (optional)
//       <p data-hint="start" data-template="… {time} … {zone}" hidden>   it in the visitor's zone
//       <p data-problem id="…" hidden>          where a message about the field goes
//     <p data-problem-other hidden>             … and one about a field that is not in the form
//   <… data-part="progress" hidden>  <progress max="1">
//                                    <… data-loading="… {loaded} of {total} MB" data-starting="…">
//   <… data-part="failure" role="alert" hidden>  <… data-reason="…" data-helps="retry|reload" hidden>…
//                                    for the reasons of engine.js (EngineFailure), and: slow, no sign
//                                    of an answer yet; replaced, the server has another release;
//                                    script and framed, told by head/watch.js
//       <button data-action="retry">, data-action="reload"
//   <… data-part="edition" hidden>  <a>  says that other terms price, with a link to their page
//   <… data-part="link-terms" hidden>    what there is to say of the terms of a link:
//     <… data-part="comparison">  <… data-link="kept|incomplete|unknown|unfit" hidden>…
//     <button data-action="terms-in-force">
//   <output data-other-case="… {case}" data-other-terms="… {case}">quote HTML, exactly as
//                                    termwise_calculator.telling.render makes it; one element in it
//                                    has data-total. While it is not for the entries shown, or by the
//                                    terms of the link, these words stand above that (states.js)</output>
//   <p data-hint="due" data-template="…" hidden>                response due in the visitor's zone
//   <button data-action="copy-link" data-done="…" data-failed="…" data-refused="…" hidden>,
//                                    data-action="share" (data-failed, data-refused), "print",
//                                    "download"; buttons are shown once they work
//   <p data-part="made" data-template="… {date}">               when it was made
//   <p data-part="link" data-template="… {address}">            for print: where it can be had again
//   <p data-part="status" role="status">        spoken after an edit: the text of data-total
//
// Only form and output are required. Once it hears edits, it has the property `listening`. It sets
// data-state (loading, ready, failed) on itself and data-stale on the output, fires
// `termwise:ready` (Python runs) and `termwise:quote` (detail: the quote), and has the quote's
// canonical text as its property `json`. A quote of the first answers is shown and told like any
// other; Python then answers once more, the same.

import { inVisitorsZone, instantOf, nextSuch, nowIn } from "./clock.js";
import { canShare, copyLink, print, save, share, soon, whenAndWhere } from "./deeds.js";
import { engineAt } from "./engine.js";
import { firstAnswer, loadFirstAnswers } from "./first_answers.js";
import { notationOf } from "./notation.js";
import { showProgress } from "./progress.js";
import { isReplaced } from "./release.js";
import {
  copyToSlider,
  fillFromAddress,
  isEdited,
  queryOf,
  showAsked,
  showProblems,
  showServiceFields,
  showStart,
} from "./scenario.js";
import { ShownQuote, ledToPage } from "./shown_quote.js";
import { caseOf, markStale, tellReason } from "./states.js";
import { Terms, leadToClauses, named } from "./terms.js";
import { atFirstSign } from "./thrift.js";
import { showTerms } from "./told_terms.js";
import { Unhurried } from "./unhurried.js";

// Long enough for a pause in typing: the address and the spoken total follow pauses, not keys.
const PAUSE_MS = 400;
// Without a sign of an answer for so long, visitors are told. While Python loads, they see that it
// does; it keeps the worker busy for seconds on a slow device.
const SLOW_MS = 2000;
const SLOW_LOADING_MS = 10_000;

export class TermwiseCalculator extends HTMLElement {
  /** The canonical text of the quote on the page, once there was an answer. */
  json = null;
  listening = false;
  #form;
  #output;
  #shown;
  #firstAnswers;
  #linked = new Map();
  #terms;
  #quoted; // the digest of the terms of the quote on the page
  #edited = false; // since the last answer
  #refused = false; // the entries of the last answer
  #want; // start Python, once
  #dates; // tells what needs them
  #asking;
  #waiting = false;
  #pause;
  #slow;

  connectedCallback() {
    if (this.#form) return;
    this.#form = this.querySelector("form");
    this.#output = this.querySelector("output");
    this.#takeOver();
    this.#shown = new ShownQuote(this.#output);
    this.#firstAnswers = loadFirstAnswers(this.dataset);
    this.#quoted = this.dataset.terms;
    const parameters = new URLSearchParams(location.search);
    this.#terms = new Terms(this.dataset, parameters.get("terms"));
    this.#dates = new Unhurried(!window.termwiseStarted);
    this.#want = atFirstSign(this.#form, () => this.#load());
    const edited = isEdited(this.#form);
    if (location.search) this.#followLink(parameters);
    else if (!edited) this.#startAhead();
    this.#hintAtStart();
    this.#listen();
    this.#reveal("[data-action]:not([data-action=download], [data-action=share])");
    if (canShare) this.#reveal("[data-action=share]");
    if (edited && location.search) this.#askForEdit();
    else if (edited) this.#editAll();
    this.listening = true;
  }

  /** What the head has told until now is over; who has edited is told again. */
  #takeOver() {
    delete this.dataset.state;
    tellReason(this, null);
    markStale(this, false);
  }

  #followLink(parameters) {
    this.#linked = fillFromAddress(this.#form, parameters);
    if (parameters.has("service")) showServiceFields(this.#form);
    this.#answerBeforePython();
  }

  /** A page that is read days after its build proposes no start that has passed. */
  #startAhead() {
    const { start } = this.#form.elements;
    if (!start?.value) return;
    const ahead = nextSuch(start.value, this.#timezone());
    if (ahead === start.value) return;
    start.value = start.defaultValue = ahead;
    this.#answerBeforePython();
  }

  // ---- Listening

  #listen() {
    this.#form.addEventListener("submit", (event) => event.preventDefault());
    this.#form.addEventListener("input", ({ target }) => this.#edit(target));
    this.#form.addEventListener("reset", () => setTimeout(() => this.#editAll()));
    this.addEventListener("click", ({ target }) => {
      const action = target.closest?.("[data-action]")?.dataset.action;
      this.#actions[action]?.(target.closest("[data-action]"));
    });
    window.addEventListener("beforeprint", () => {
      this.#dates.begin();
      this.#sayWhenAndWhere();
    });
    window.addEventListener("online", () => this.dataset.reason === "offline" && this.#load());
  }

  #actions = {
    retry: () => this.#retry(),
    now: () => this.#set("start", nowIn(this.#timezone())),
    print,
    "copy-link": (button) => this.#copyLink(button),
    share: (button) => this.#share(button),
    download: () => save(this.json, this.getAttribute("provider"), this.#link()),
    "terms-in-force": () => this.#priceByTermsInForce(),
  };

  #edit(control) {
    const source = control.dataset.for;
    if (source) this.#form.elements[source].value = control.value;
    const name = source ?? control.name;
    if (!source) copyToSlider(this.#form, name);
    if (name === "service") showServiceFields(this.#form);
    this.#linked.delete(name);
    const asksPlace = control.closest("[data-field]")?.querySelector("[data-timezone]");
    if (name === "start" || name === "service" || asksPlace) this.#hintAtStart();
    this.#askForEdit();
  }

  #editAll() {
    this.#linked.clear();
    copyToSlider(this.#form, "minutes");
    showServiceFields(this.#form);
    this.#hintAtStart();
    this.#askForEdit();
  }

  #askForEdit() {
    this.#edited = true;
    markStale(this, true);
    if (this.dataset.state !== "ready") this.#answerBeforePython();
    this.#want();
    if (this.dataset.state !== "failed") this.#ask(); // a failure waits for its retry
  }

  #priceByTermsInForce() {
    this.#terms.release();
    this.#askForEdit();
  }

  #set(name, value) {
    const control = this.#form.elements[name];
    control.value = value;
    this.#edit(control);
  }

  // ---- Before Python

  /**
   * Show the answer that the build has kept for the form as it stands; else only Python knows it.
   * Where the head has started Python, that is known already.
   */
  async #answerBeforePython() {
    markStale(this, true);
    if (window.termwiseStarted) this.#want();
    const answers = await this.#firstAnswers;
    if (this.dataset.state === "ready") return;
    const ours = this.#terms.areOfThePage;
    const answer = ours && firstAnswer(answers, queryOf(this.#form, this.#linked));
    if (answer) this.#tell(this.#show(answer));
    else this.#want();
  }

  // ---- Asking Python

  /** Start Python, or start it again: the same first question, the same last step. */
  async #load() {
    this.#setState("loading");
    tellReason(this, null);
    const engine = this.#engine();
    const told = ({ detail }) => this.#showProgress(detail);
    engine.addEventListener("progress", told);
    await this.#ask();
    engine.removeEventListener("progress", told);
  }

  async #retry() {
    if (this.#asking) {
      this.#engine().giveUp();
      await this.#asking;
    }
    this.#load();
  }

  #engine() {
    return engineAt(this.dataset.runtime, this.dataset.patience);
  }

  /** Ask for the form as it stands. While an answer is on its way only the last edit waits. */
  #ask() {
    this.#waiting = true;
    return (this.#asking ??= this.#answerEdits());
  }

  async #answerEdits() {
    try {
      while (this.#waiting) await this.#answerLastEdit();
    } catch (failure) {
      this.#fail(failure);
    }
    clearTimeout(this.#slow);
    this.#asking = undefined; // no await since the last look at #waiting: no edit is lost between
  }

  async #answerLastEdit() {
    this.#waiting = false;
    this.#expectSign(SLOW_MS);
    const answer = await this.#terms.answer(
      (...asked) => this.#engine().ask(...asked),
      queryOf(this.#form, this.#linked),
    );
    if (this.#waiting) return;
    tellReason(this, null);
    const quote = this.#show(answer);
    this.#becomeReady();
    this.#tell(quote);
  }

  /** Unless there is a sign of the answer by then, say so; the visitor may start Python again. */
  #expectSign(milliseconds) {
    clearTimeout(this.#slow);
    if (this.dataset.reason) tellReason(this, null);
    this.#slow = setTimeout(() => tellReason(this, "slow"), milliseconds);
  }

  // ---- Showing

  /** Show what was answered; return the quote, null where there is none. */
  #show(answer) {
    showAsked(this.#form, answer.asked);
    showProblems(this.#form, answer.problems);
    this.#refused = answer.problems.length > 0;
    const quote = JSON.parse(answer.json);
    markStale(this, quote === null, answer.link && "otherTerms");
    if (quote) this.#showQuote(quote, answer);
    this.#showTerms(answer);
    if (this.#edited) this.#afterPause(answer);
    this.#edited = false;
    return quote;
  }

  #tell(quote) {
    if (quote) this.#fire("termwise:quote", quote);
  }

  #showQuote({ input, response, terms }, { json, html, edition }) {
    this.#shown.replace(edition ? html : ledToPage(html, this.dataset.page));
    leadToClauses(this.#output, edition);
    this.json = json;
    this.#quoted = terms.digest;
    this.#dates.tell("made", () => this.#sayWhenAndWhere());
    if (this.#linked.has("start") && input.start) showStart(this.#form, input.start);
    this.#showHint("start", () => input.start);
    this.#showHint("due", () => response?.due);
    this.#reveal("[data-action=download]");
  }

  #showTerms(answer) {
    showTerms(this, answer, answer.address && this.#withTerms(answer.address));
    this.#output.toggleAttribute("data-superseded", Boolean(answer.comparison));
  }

  #becomeReady() {
    if (this.dataset.state === "ready") return;
    this.#setState("ready");
    this.#fire("termwise:ready");
    requestAnimationFrame(() => setTimeout(() => this.#dates.begin())); // after the quote is painted
  }

  #setState(state) {
    this.dataset.state = state;
    const progress = this.querySelector("[data-part=progress]");
    if (progress) progress.hidden = state !== "loading";
  }

  #fire(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, detail }));
  }

  #showProgress(detail) {
    this.#expectSign(SLOW_LOADING_MS);
    showProgress(this.querySelector("[data-part=progress]"), detail);
  }

  /** Whose clock the start goes by: that of the place chosen, where one is asked. */
  #timezone() {
    const place = this.querySelector("[data-field]:not([hidden]) [data-timezone]:checked");
    return (place ?? this).dataset.timezone;
  }

  /** The start as the field has it, which is known without Python: nothing moves when it comes. */
  #hintAtStart() {
    this.#showHint("start", () => {
      const { value = "" } = this.#form.elements.start ?? {};
      return instantOf(value, this.#timezone());
    });
  }

  #showHint(name, instant) {
    const place = this.querySelector(`[data-hint="${name}"]`);
    if (!place) return;
    this.#dates.tell(name, () => {
      const at = instant();
      const text = at ? inVisitorsZone(place.dataset.template, at, notationOf(this)) : "";
      place.textContent = text;
      place.hidden = !text;
    });
  }

  /** The quote on the page stays; the visitor reads what happened, and what helps. */
  async #fail({ reason = "crash", message, stack }) {
    if (reason === "crash") console.error(stack ?? message);
    this.#setState("failed");
    tellReason(this, reason);
    if (reason !== "download" || !(await isReplaced(this.dataset))) return;
    if (this.dataset.reason === reason) tellReason(this, "replaced");
  }

  #reveal(selector) {
    for (const part of this.querySelectorAll(selector)) part.hidden = false;
  }

  // ---- After a pause in typing

  #afterPause({ json, address, problems }) {
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => {
      if (json === null) return this.#say(problems.map(({ message }) => message).join(" "));
      history.replaceState(history.state, "", `?${this.#withTerms(address)}${location.hash}`);
      const told = this.querySelector("[data-part=edition]:not([hidden])")?.textContent ?? "";
      this.#say(`${this.#output.querySelector("[data-total]")?.textContent ?? ""} ${told}`);
    }, PAUSE_MS);
  }

  #say(text) {
    const status = this.querySelector("[data-part=status]");
    if (status) status.textContent = (text ?? "").replace(/\s+/g, " ").trim();
  }

  // ---- Taking the quote along (deeds.js)

  /** The last edit is answered first: it may have other terms, or be none that can be priced. */
  async #copyLink(button) {
    await soon(this.#asking);
    this.#sayOfDeed(await copyLink(button, this.#refused ? null : this.#link()));
  }

  /** What is wrong with the entries stands beside them; it is not spoken over this. */
  #sayOfDeed(text) {
    if (this.#refused) clearTimeout(this.#pause);
    this.#say(text);
  }

  async #share(button) {
    await soon(this.#asking);
    this.#sayOfDeed(await share(button, this.#refused ? null : this.#shared()));
  }

  /** Whose quote it is, what it says, and its link; a figure that is not for the entries stays here. */
  #shared() {
    const title = this.dataset.name;
    const url = this.#link();
    if (this.#output.hasAttribute("data-stale")) return { title, url };
    const total = this.#output.querySelector("[data-total]").textContent;
    return { title, text: `${caseOf(this.#output)}: ${total}`, url };
  }

  /** The address of this scenario beside its terms, whether or not it is in the address bar yet. */
  #link() {
    const query = new URLSearchParams(queryOf(this.#form, this.#linked));
    const page = new URL(this.dataset.page ?? "", location.origin + location.pathname);
    return `${page}?${this.#withTerms(query)}`;
  }

  /** A case with the terms that it keeps: those of its link, or of the quote that stands for it. */
  #withTerms(query) {
    const stale = this.#output.hasAttribute("data-stale");
    const terms = this.#terms.pin ?? (stale ? null : named(this.#quoted));
    return terms === null ? query : `${query}&terms=${encodeURIComponent(terms)}`;
  }

  /** A quote says when it was made; printed, it also says where it can be had again. */
  #sayWhenAndWhere() {
    for (const place of this.querySelectorAll(":is([data-part=made], [data-part=link])[data-template]")) {
      place.textContent = whenAndWhere(place.dataset.template, notationOf(this), this.#link());
    }
  }
}

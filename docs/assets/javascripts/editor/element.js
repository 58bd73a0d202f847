// The editor of one policy file. What it shows is computed by Python (worker.js); here are the
// controls, the draft, and the order in which is asked: nothing is shown of a text that is no more.
//
// The markup comes from hooks/termwise/pages/staff/editor_page.py.
import { copy, saveAs } from "../termwise/deeds.js";
import { Draft } from "./draft.js";
import { Python } from "./python.js";

const PAUSE_MS = 400; // without a key, before the text is read
const SHOWN = ["quotes", "report", "page"];

export class TermwiseEditor extends HTMLElement {
  #words;
  #draft;
  #base; // of the draft: the version of the file that it was begun on
  #python;
  #published = "";
  #patch = "";
  #waits;
  #turn = 0;

  connectedCallback() {
    this.#words = JSON.parse(this.dataset.words);
    this.#draft = new Draft(this.dataset.path);
    this.#base = this.dataset.base;
    this.addEventListener("click", (event) => this.#clicked(event));
    this.addEventListener("input", (event) => this.#entered(event));
    this.#part("text").addEventListener("scroll", () => this.#follow());
    this.#action("start").hidden = false;
    if (this.#draft.read()) this.#say("draft", this.#words.waiting_draft);
    this.dataset.state = "waiting";
  }

  #part(name) {
    return this.querySelector(`[data-part="${name}"]`);
  }

  #action(name) {
    return this.querySelector(`[data-action="${name}"]`);
  }

  get #text() {
    return this.#part("text").value;
  }

  /** Tell something in a part; in that of the draft beside its button. */
  #say(name, text) {
    const part = this.#part(name);
    (part.querySelector("span") ?? part).textContent = text;
    part.hidden = false;
  }

  // ---- Starting

  async #start() {
    this.#action("start").disabled = true;
    this.dataset.state = "loading";
    this.#say("state", this.#words.loading);
    this.#python = new Python(this.dataset.runtime, (progress) => this.#arriving(progress));
    try {
      await this.#python.open(this.dataset.sources, this.dataset.language);
      this.#published = await this.#python.call("published_text");
    } catch (error) {
      this.#failed(error);
      return;
    }
    this.#part("begin").hidden = true;
    this.#part("desk").hidden = false;
    this.#openDraft();
    this.#offerForge();
    await this.#compute();
    this.#part("text").focus({ preventScroll: true });
  }

  #arriving({ loaded, total }) {
    const percent = Math.min(100, Math.round((loaded / total) * 100));
    if (this.dataset.state === "loading") this.#say("state", `${this.#words.loading} ${percent} %`);
  }

  #failed(error) {
    console.error(error);
    this.#python.end();
    this.dataset.state = "failed";
    this.#say("state", this.#words.failed);
    this.#part("begin").hidden = false;
    this.#action("start").disabled = false;
  }

  /** The draft that is kept, if there is one, or the file as it is published. */
  #openDraft() {
    const draft = this.#draft.read();
    this.#part("text").value = draft ? draft.text : this.#published;
    this.#base = draft ? draft.base : this.dataset.base;
    this.#part("draft").hidden = !draft;
    if (!draft) return;
    const { kept, other_base: other } = this.#words;
    this.#say("draft", draft.base === this.dataset.base ? kept : other);
  }

  /** A link to the file where it is kept, where the site knows one. */
  #offerForge() {
    const known = document.querySelector(".tw-edit a");
    const link = this.#part("forge");
    if (known) link.href = known.href;
    link.hidden = !known;
  }

  // ---- What is typed and clicked

  #entered({ target }) {
    if (target === this.#part("text")) this.#changed();
    else if (target === this.#part("find")) this.#filter();
    else if (target.dataset.path) this.#write(target);
  }

  #clicked({ target }) {
    const { action } = target.closest("[data-action]")?.dataset ?? {};
    if (action === "start") this.#start();
    else if (action === "discard") this.#discard();
    else if (action === "go") this.#go(target.dataset);
    else if (action) this.#handIn(action);
  }

  /** A value of the form goes into the text by its range, after all that was asked before. */
  async #write(field) {
    const before = this.#text;
    const turn = ++this.#turn;
    const text = await this.#python.call("write", before, field.dataset.path, field.value);
    if (turn !== this.#turn || this.#text !== before) return;
    this.#part("text").value = text;
    this.#changed();
  }

  #changed() {
    this.#turn += 1;
    this.#number(new Set());
    this.#keep();
    clearTimeout(this.#waits);
    this.#waits = setTimeout(() => this.#compute(), PAUSE_MS);
  }

  #keep() {
    const kept = this.#text === this.#published || this.#draft.keep(this.#base, this.#text);
    if (this.#text === this.#published) this.#draft.discard();
    this.#part("done").textContent = kept ? "" : this.#words.not_kept;
  }

  #discard() {
    this.#draft.discard();
    this.#base = this.dataset.base;
    this.#part("draft").hidden = true;
    if (!this.#published) return;
    this.#part("text").value = this.#published;
    this.#changed();
    this.#part("text").focus();
  }

  /** Select the line of a problem from its column on. */
  #go({ line, column }) {
    const area = this.#part("text");
    const lines = area.value.split("\n");
    const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
    const text = lines[line - 1] ?? "";
    const within = [...text].slice(0, column - 1).join("").length;
    area.focus();
    area.setSelectionRange(start + within, Math.max(start + within, start + text.length));
    const height = area.scrollHeight / lines.length;
    area.scrollTop = Math.max(0, (line - 4) * height);
  }

  // ---- What Python finds

  async #compute() {
    const turn = ++this.#turn;
    this.dataset.state = "checking";
    this.#say("state", this.#words.checking);
    try {
      const text = this.#text;
      const found = JSON.parse(await this.#python.call("check", text));
      if (turn !== this.#turn) return;
      this.#showProblems(found.problems, found.asked);
      if (found.fields) this.#showFields(found.fields);
      this.#showPatch(found.patch);
      const sound = found.problems.length === 0;
      const shown = sound && JSON.parse(await this.#python.call("show", text));
      if (turn !== this.#turn) return;
      this.#show(shown);
      this.dataset.state = sound ? "sound" : "wrong";
    } catch (error) {
      this.#failed(error);
    }
  }

  /** What is wrong; of a text that is sound what is asked, which stops nothing. */
  #showProblems(problems, asked) {
    const told = [...problems, ...asked];
    const own = problems.filter(({ file }) => this.dataset.path.endsWith(`/${file}`));
    this.#part("problems").replaceChildren(...told.map((one) => this.#problem(one)));
    this.#number(new Set(own.map(({ line }) => line)));
    this.#part("text").setAttribute("aria-invalid", String(own.length > 0));
    const { sound, wrong, asked: questions } = this.#words;
    const state = [problems.length ? filled(wrong, { count: problems.length }) : sound];
    if (asked.length) state.push(filled(questions, { count: asked.length }));
    this.#say("state", state.join(" "));
  }

  #problem(problem) {
    const { place, elsewhere, found, expected, mend, field } = this.#words;
    const here = this.dataset.path.endsWith(`/${problem.file}`);
    const named = filled(here ? place : elsewhere, problem);
    const item = made("li");
    const where = here ? made("button", named) : made("span", named);
    if (here) {
      Object.assign(where, { type: "button", className: "tw-button" });
      Object.assign(where.dataset, { action: "go", line: problem.line, column: problem.column });
    }
    const what = made("strong", problem.what);
    what.lang = "en";
    const details = [
      [found, made("span", problem.found)],
      [expected, made("span", problem.expected)],
      [mend, made("span", problem.mend)],
    ];
    if (problem.field) details.push([field, this.#reference(problem.field)]);
    const lines = details.map(([words, told]) => {
      const line = made("p");
      const [before, after] = words.split("{text}");
      told.lang = "en";
      line.append(before, told, after);
      return line;
    });
    item.append(where, " ", what, ...lines);
    return item;
  }

  /** A field with its meaning, and the way to where the staff guide tells of it. */
  #reference({ name, meaning, address }) {
    const told = made("span");
    const link = made("a", name);
    link.href = `../../${address}`; // the guide of the language that the page is in
    link.target = "_blank"; // the draft would have to be opened again
    told.append(link, `: ${meaning}`);
    return told;
  }

  /** The numbers of the lines beside the text, those with problems marked. */
  #number(marked) {
    const count = this.#text.split("\n").length;
    const numbers = Array.from({ length: count }, (_, index) => {
      const number = made("span", String(index + 1));
      number.classList.toggle("tw-editor__marked", marked.has(index + 1));
      return number;
    });
    this.#part("lines").replaceChildren(...numbers);
    this.#follow();
  }

  #follow() {
    this.#part("lines").scrollTop = this.#part("text").scrollTop;
  }

  #showPatch(patch) {
    this.#patch = patch;
    this.#part("unchanged").hidden = patch !== "";
    this.#part("patch").hidden = patch === "";
    this.#part("patch").textContent = patch;
  }

  #show(shown) {
    for (const name of SHOWN) {
      const part = this.#part(name);
      part.classList.toggle("tw-editor__stale", !shown);
      part.title = shown ? "" : this.#words.waits;
      if (shown) part.innerHTML = shown[name]; // from our own Python, which has escaped all text
    }
    if (shown) plain(this.#part("page"));
  }

  // ---- The form

  #showFields(fields) {
    for (const group of this.querySelectorAll("[data-group]")) {
      const own = fields.filter((field) => field.group === group.dataset.group);
      group.hidden = own.length === 0;
      this.#showGroup(group.querySelector("div"), own);
    }
    this.#filter();
  }

  /** Fields that are there already stay, with the focus and what is typed into them. */
  #showGroup(place, fields) {
    const known = new Map([...place.children].map((one) => [one.dataset.of, one]));
    const shown = fields.map((field) => this.#field(field, known));
    const same = shown.length === place.children.length && shown.every((one, at) => one === place.children[at]);
    if (!same) place.replaceChildren(...shown);
  }

  #field({ path, label, value, line, long }, known) {
    const of = JSON.stringify(path);
    const field = known.get(of) ?? newField(of, long);
    const control = field.querySelector("[data-path]");
    field.querySelector("label").textContent = `${label} `;
    const hint = made("small", filled(this.#words.line, { line }));
    field.querySelector("label").append(hint);
    if (control !== document.activeElement && control.value !== value) control.value = value;
    return field;
  }

  #filter() {
    const wanted = this.#part("find").value.trim().toLowerCase();
    for (const field of this.querySelectorAll("[data-of]")) {
      const { textContent: label } = field;
      const { value } = field.querySelector("[data-path]");
      field.hidden = !`${label} ${value}`.toLowerCase().includes(wanted);
    }
    if (!wanted) return;
    for (const group of this.querySelectorAll("[data-group]")) {
      group.open = Boolean(group.querySelector("[data-of]:not([hidden])"));
    }
  }

  // ---- Handing the change in

  async #handIn(action) {
    const name = this.dataset.path.split("/").at(-1);
    const file = await this.#python.call("written", this.#text);
    const patch = await this.#python.call("patch", this.#text);
    if (action === "download") saveAs(name, file, "text/plain");
    if (action === "download-patch") saveAs(`${this.dataset.provider}.patch`, patch, "text/plain");
    if (action === "copy") this.#copy(file);
    if (action === "copy-patch") this.#copy(patch);
  }

  async #copy(text) {
    const { copied: done, not_copied: failed } = this.#words;
    this.#say("done", await copy(text, { done, failed }));
  }
}

// ---- Small things

function made(name, text = "") {
  const element = document.createElement(name);
  element.textContent = text;
  return element;
}

function filled(words, values) {
  return words.replace(/\{(\w+)\}/g, (mark, name) => values[name] ?? mark);
}

let count = 0;

function newField(of, long) {
  const field = made("div");
  const label = made("label");
  const control = made(long ? "textarea" : "input");
  field.dataset.of = of;
  control.dataset.path = of;
  control.id = `edit-value-${++count}`;
  control.autocomplete = "off";
  label.htmlFor = control.id;
  if (long) control.rows = 4;
  field.append(label, control);
  return field;
}

/** The calculator of the page as a reader finds it: its first quote, without controls that do nothing. */
function plain(page) {
  for (const cost of page.querySelectorAll(".tw-cost")) cost.replaceWith(cost.querySelector("output"));
  for (const link of page.querySelectorAll(".tw-edit")) link.remove();
}

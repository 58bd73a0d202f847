// Amounts in a second currency, at rates that the visitor types; there are no others.

const CURRENCY = /^[A-Z]{3}$/;
const RATE = /^(?=.*[1-9])\d{1,9}(\.\d{1,9})?$/;
const NONE = "XXX"; // as ISO 4217 has it: of whom charges nothing
const SPACES = /\s/g;

export class Rates {
  #part;
  #currency;
  #fields = new Map();
  #language;
  #words;

  /** `currencies` are those of the amounts: each has a rate of its own. */
  constructor(part, currencies, language) {
    this.#part = part;
    this.#currency = part.querySelector("[name=in]");
    this.#language = language;
    this.#words = part.querySelector("[data-converted]").dataset;
    const priced = currencies.filter((currency) => currency !== NONE);
    for (const from of [...new Set(priced)].sort()) this.#ask(from);
    this.edit();
  }

  #ask(from) {
    const template = this.#part.querySelector("template");
    const [label] = template.content.cloneNode(true).children;
    label.querySelector("span").textContent = from;
    template.before(label);
    this.#fields.set(from, label);
  }

  /** Show what there is to type; say what is wrong with it. */
  edit() {
    const { to } = this;
    for (const [from, label] of this.#fields) {
      label.querySelector("span:last-child").textContent = to;
      label.hidden = !CURRENCY.test(to) || from === to;
    }
    const place = this.#part.querySelector("[data-problem]");
    place.textContent = this.problem;
    place.hidden = !this.problem;
  }

  get to() {
    return this.#currency.value.trim().toUpperCase();
  }

  /** What is wrong; empty where nothing is, or nothing is typed. */
  get problem() {
    const { currency, rate } = this.#part.querySelector("[data-problem]").dataset;
    if (this.to && !CURRENCY.test(this.to)) return currency;
    const typed = [...this.#fields.keys()].filter((from) => this.#typed(from));
    return typed.some((from) => !RATE.test(this.#typed(from))) ? rate : "";
  }

  /** The rates as an address has them. */
  get fields() {
    if (!CURRENCY.test(this.to)) return [];
    const rates = [...this.#fields.keys()].filter((from) => this.#rate(from) && from !== this.to);
    return [["in", this.to], ...rates.map((from) => [`rate.${from}`, this.#rate(from)])];
  }

  follow(parameters) {
    if (!parameters.has("in")) return;
    this.#part.open = true;
    this.#currency.value = parameters.get("in");
    for (const [from, label] of this.#fields) {
      label.querySelector("input").value = parameters.get(`rate.${from}`) ?? "";
    }
    this.edit();
  }

  /** An amount in the second currency, as a number to sort by; undefined without a rate. */
  valueOf({ currency, least }) {
    if (!CURRENCY.test(this.to) || least === undefined) return undefined;
    if (currency === this.to) return Number(least);
    const rate = this.#rate(currency);
    return rate && Number(least) * Number(rate);
  }

  /** What there is to say of an amount in the second currency; empty where there is nothing. */
  say({ currency, least, most }) {
    const rate = this.#rate(currency);
    if (!rate || currency === this.to || !CURRENCY.test(this.to)) return "";
    if (least === undefined) return this.#words.unknown;
    if (!Number(most)) return "";
    const ends = [...new Set([least, most])].map((amount) => this.#converted(amount, rate));
    const number = new Intl.NumberFormat(this.#language, { maximumFractionDigits: 9 });
    return this.#words.converted
      .replace("{amount}", ends.join(" – "))
      .replace("{from}", currency)
      .replace("{rate}", number.format(rate))
      .replace("{to}", this.to);
  }

  #typed(from) {
    const { value = "" } = this.#fields.get(from)?.querySelector("input") ?? {};
    return value.replace(SPACES, "").replace(",", ".");
  }

  #rate(from) {
    const typed = this.#typed(from);
    return RATE.test(typed) ? typed : undefined;
  }

  #converted(amount, rate) {
    const format = new Intl.NumberFormat(this.#language, { style: "currency", currency: this.to });
    return format.format(product(amount, rate, format.resolvedOptions().maximumFractionDigits));
  }
}

/** Two decimal texts multiplied, rounded once, half up: numbers with a point would not be exact. */
export function product(one, other, digits) {
  const [a, b] = [scaled(one), scaled(other)];
  const scale = 10n ** BigInt(a.decimals + b.decimals);
  const wanted = 10n ** BigInt(digits);
  const units = (2n * a.units * b.units * wanted + scale) / (2n * scale);
  const text = String(units).padStart(digits + 1, "0");
  return digits ? `${text.slice(0, -digits)}.${text.slice(-digits)}` : text;
}

function scaled(text) {
  const [whole, decimals = ""] = text.split(".");
  return { units: BigInt(whole + decimals), decimals: decimals.length };
}

// One moment as the comparison's form holds it: a wall clock, and whose it is.

import { inVisitorsZone, instantOf, nowIn, visitorsPlace } from "./clock.js";

const OWN = Intl.DateTimeFormat().resolvedOptions().timeZone;
const WEEK_MS = 7 * 24 * 3_600_000;
const WITH_OFFSET = /(Z|[+-]\d\d:?\d\d)$/;

export class Moment {
  #start;
  #zone;
  #exact = null; // a link can name either of the two hours at the end of summer time

  /** `first` is the moment that the page stands for; one that has passed moves on by weeks. */
  constructor(form, first) {
    this.#start = form.elements.start;
    this.#zone = form.elements.zone;
    this.#offerZones();
    let time = Date.parse(first);
    while (time < Date.now()) time += WEEK_MS;
    this.#show(new Date(time), OWN);
  }

  /** Take what an address says; what it leaves out stays. */
  follow(parameters) {
    const zone = parameters.get("zone") ?? this.#zone.value;
    const written = parameters.get("start");
    if (!isZone(zone)) return;
    if (written === null) return this.#show(this.#exact ?? new Date(this.instant), zone);
    const instant = WITH_OFFSET.test(written) ? written : instantOf(written, zone);
    const date = new Date(instant);
    if (!Number.isNaN(date.valueOf())) return this.#show(date, zone);
    this.#show(new Date(), zone);
    this.#start.value = "";
    this.edit();
  }

  /** The visitor has changed the clock or whose it is. */
  edit() {
    this.#exact = null;
  }

  get zone() {
    return this.#zone.value;
  }

  /** The moment with its offset from UTC; empty where the form holds none. */
  get instant() {
    if (this.#exact) return withOffset(this.#exact, this.zone);
    return instantOf(this.#start.value, this.zone);
  }

  /** What is wrong with it; empty where nothing is. */
  get problem() {
    if (this.instant) return "";
    const { value, dataset } = this.#start;
    if (!value) return dataset.empty;
    return dataset.none.replace("{found}", value.replace("T", " ")).replace("{zone}", this.zone);
  }

  /** The moment on the visitor's own clock; empty where the form goes by that. */
  inVisitorsZone(template, language) {
    return this.instant ? inVisitorsZone(template, this.instant, language) : "";
  }

  #show(date, zone) {
    if (![...this.#zone.options].some(({ value }) => value === zone)) this.#offer(zone);
    this.#zone.value = zone;
    this.#start.value = nowIn(zone, date);
    this.#exact = date;
  }

  #offerZones() {
    const [utc] = this.#zone.options;
    utc.before(new Option(this.#zone.dataset.own.replace("{zone}", visitorsPlace()), OWN));
    if (OWN === "UTC") utc.remove();
    const known = Intl.supportedValuesOf?.("timeZone") ?? [];
    for (const zone of known) if (zone !== OWN && zone !== "UTC") this.#offer(zone);
  }

  #offer(zone) {
    this.#zone.add(new Option(named(zone), zone));
  }
}

/** What a form of another clock is asked: the wall clock there, or the instant where that is two. */
export function startIn(timeZone, instant) {
  if (!instant) return "";
  const wall = nowIn(timeZone, new Date(instant));
  const same = Date.parse(instantOf(wall, timeZone)) === Date.parse(instant);
  return same ? wall : withOffset(new Date(instant), timeZone);
}

function withOffset(date, zone) {
  const wall = nowIn(zone, date);
  const minutes = Math.round((Date.parse(`${wall}Z`) - date) / 60_000);
  const size = new Date(Math.abs(minutes) * 60_000).toISOString().slice(11, 16);
  return `${wall}${minutes < 0 ? "-" : "+"}${size}`;
}

function isZone(timeZone) {
  try {
    return Boolean(Intl.DateTimeFormat("en", { timeZone }));
  } catch {
    return false;
  }
}

function named(zone) {
  return zone.replaceAll("_", " ");
}

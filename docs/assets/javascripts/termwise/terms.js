// Which terms price a case: those in force when it starts, or those that its link names.
//
// A page shows one edition, and names the others of today's file in `data-editions`: JSON, by their
// digest {bundle, page, says}. The link of a quote names its terms by the first digits of their
// digest, `terms=0123456789ab`. What no edition of today has is looked up among the superseded
// terms (`data-terms-list`). Nothing of other terms is fetched before a start or a link asks for it.

import { EngineFailure } from "./engine.js";

const DIGITS = 12;
const PATIENCE_MS = 20_000;
const NAMED = /^[0-9a-f]{12,64}$/;

/** What an address says of the terms of a quote. */
export function named(digest) {
  return digest.replace("sha256:", "").slice(0, DIGITS);
}

export class Terms {
  #own;
  #others;
  #list;
  #pin;
  #found;

  /** `pin`: what the address says of the terms, null where it says nothing. */
  constructor({ terms, bundle, page, editions = "{}", termsList }, pin) {
    this.#own = { digest: terms, bundle, page };
    this.#others = new Map(Object.entries(JSON.parse(editions)));
    this.#list = termsList;
    this.#pin = pin;
  }

  /** What the link names, as long as nobody has chosen the terms in force instead. */
  get pin() {
    return this.#pin;
  }

  /** Whether the link, if there is one, names the terms of the page. */
  get areOfThePage() {
    return this.#pin === null || this.#isNamed(this.#own.digest);
  }

  /** The file of terms by their digest; undefined where today's file does not have them. */
  bundleOf(digest) {
    return (digest === this.#own.digest ? this.#own : this.#others.get(digest))?.bundle;
  }

  /** Price by the terms in force from now on, whatever the link names. */
  release() {
    this.#pin = null;
  }

  /**
   * Answer a query; `ask(bundle, query, then)` asks Python. Beside what Python says there is:
   * `edition`, other terms than the page's that price it; `comparison`, what has changed since the
   * link was made; or `link`, why nothing is priced by the terms of the link (incomplete, unknown,
   * unfit). Rejects with an EngineFailure.
   */
  async answer(ask, query) {
    const here = await ask(this.#own.bundle, query);
    const inForce = here.elsewhere ?? (here.json === null ? null : this.#own.digest);
    if (this.#pin !== null && !this.#isNamed(inForce)) return this.#byLink(ask, query, here, inForce);
    this.release();
    const edition = this.#others.get(here.elsewhere);
    return edition ? { ...(await ask(edition.bundle, query)), edition } : here;
  }

  #isNamed(digest) {
    return NAMED.test(this.#pin) && Boolean(digest?.startsWith(`sha256:${this.#pin}`));
  }

  async #byLink(ask, query, here, inForce) {
    const unpriced = (link) => ({ ...here, json: null, link });
    if (!NAMED.test(this.#pin)) return unpriced("incomplete");
    const then = this.#ofToday() ?? (await this.#listed());
    if (!then) return unpriced("unknown");
    if (then === this.#own && inForce === null) return here;
    const now = this.#others.get(inForce) ?? this.#own;
    const answer = await ask(now.bundle, query, then.bundle);
    if (answer.unfit) return unpriced("unfit");
    this.#expectNamed(answer);
    return { ...answer, edition: then === this.#own ? undefined : then, now };
  }

  /** The list says which file is of which terms, and nothing says the digest of the list. */
  #expectNamed({ json }) {
    const digest = JSON.parse(json)?.terms.digest;
    if (digest && !this.#isNamed(digest)) throw new EngineFailure("damaged", `${digest}: other terms`);
  }

  #ofToday() {
    if (this.#isNamed(this.#own.digest)) return this.#own;
    return [...this.#others].find(([digest]) => this.#isNamed(digest))?.[1];
  }

  async #listed() {
    this.#found ??= { terms: await this.#superseded() }; // a failure is not kept
    return this.#found.terms;
  }

  /** The terms as the provider's list of all terms has them; undefined where it does not. */
  async #superseded() {
    const url = new URL(this.#list, document.baseURI);
    const { terms } = await json(url);
    const found = terms.find(({ digest }) => this.#isNamed(digest));
    if (!found) return undefined;
    const [language] = document.documentElement.lang.split("-");
    const bundle = new URL(`../../../${found.bundles[language]}`, url).href;
    return { bundle, superseded: true };
  }
}

async function json(url) {
  try {
    return await (await fetch(url, { signal: AbortSignal.timeout?.(PATIENCE_MS) })).json();
  } catch (error) {
    throw new EngineFailure(navigator.onLine ? "download" : "offline", error.message);
  }
}

/** Let links to clauses lead to the page of the terms that price; nowhere where there is none. */
export function leadToClauses(part, terms) {
  if (!terms) return;
  for (const link of part.querySelectorAll("a[href^='#']")) {
    if (terms.page) link.href = terms.page + link.hash;
    else if (terms.superseded) link.removeAttribute("href");
  }
}

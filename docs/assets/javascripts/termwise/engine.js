// The page's side of worker.js: one Python per page, shared by every calculator on it.

/**
 * Why Python cannot answer: `reason` is unsupported, offline, timeout, or what worker.js tells:
 * download, damaged, memory or crash.
 */
export class EngineFailure extends Error {
  constructor(reason, message = reason) {
    super(message);
    this.reason = reason;
  }
}

const PATIENCE_S = 45;
const absolute = (address) => new URL(address, document.baseURI).href;
const engines = new Map();
const failures = new Map();

/** The running engine of that worker, or a new one; this and all addresses are as the page has them. */
export function engineAt(runtime, patience = PATIENCE_S) {
  const url = absolute(runtime);
  if (!engines.has(url)) engines.set(url, new Engine(url, Number(patience)));
  return engines.get(url);
}

/** Fires `progress` with what worker.js tells of the loading. */
class Engine extends EventTarget {
  #url;
  #patience;
  #worker;
  #watch;
  #asked = new Map();
  #lastId = 0;

  /** `patience`: seconds without any sign of life, while somebody waits, before it gives up. */
  constructor(url, patience) {
    super();
    this.#url = url;
    this.#patience = patience;
    this.#start();
  }

  /** Resolve to Python's answer, by other terms with `then`; reject with an EngineFailure. */
  ask(bundle, query, then) {
    return this.#post({ bundle: absolute(bundle), query, then: then && absolute(then) });
  }

  /** The same for the picture of what the case costs by its length: {html}. */
  askForSteps(bundle, query) {
    return this.#post({ bundle: absolute(bundle), query, steps: true });
  }

  #post(asked) {
    return new Promise((resolve, reject) => {
      const id = ++this.#lastId;
      this.#asked.set(id, { resolve, reject });
      if (!this.#worker) return this.#fail(new EngineFailure("unsupported"));
      this.#worker.postMessage({ id, ...asked });
      this.#expectLife();
    });
  }

  /** Give up at once, as when nothing was heard for too long. */
  giveUp() {
    this.#fail(new EngineFailure("timeout"));
  }

  #start() {
    if (typeof WebAssembly !== "object" || typeof Worker !== "function") return;
    const failed = failures.get(this.#url) ?? 0;
    const url = failed ? `${this.#url}?retry=${failed}` : this.#url; // past a spoiled cache
    const { worker, heard } = startedInHead(url);
    try {
      this.#worker = worker ?? new Worker(url, { type: "module", name: "termwise" });
    } catch {
      return; // forbidden here
    }
    this.#worker.onmessage = ({ data }) => this.#hear(data);
    if (heard) queueMicrotask(() => this.#hear(heard)); // to who will listen by then
    // Without a message the script itself did not arrive.
    this.#worker.onerror = ({ message }) =>
      this.#fail(new EngineFailure(message ? "crash" : "download", message));
  }

  #hear({ id, progress, answer, failure }) {
    if (failure) return this.#fail(new EngineFailure(failure.reason, failure.message));
    if (progress) this.dispatchEvent(new CustomEvent("progress", { detail: progress }));
    if (answer) {
      this.#asked.get(id)?.resolve(answer);
      this.#asked.delete(id);
    }
    this.#expectLife();
  }

  #expectLife() {
    clearTimeout(this.#watch);
    if (this.#asked.size === 0) return;
    this.#watch = setTimeout(() => this.giveUp(), this.#patience * 1000);
  }

  /** After a failure nothing is left: the next ask goes to a new engine. */
  #fail(failure) {
    clearTimeout(this.#watch);
    this.#worker?.terminate();
    engines.delete(this.#url);
    failures.set(this.#url, (failures.get(this.#url) ?? 0) + 1);
    const offline = failure.reason === "download" && !navigator.onLine;
    const told = offline ? new EngineFailure("offline", failure.message) : failure;
    for (const { reject } of this.#asked.values()) reject(told);
    this.#asked.clear();
  }
}

/** The worker of that URL which head/start.js began; it is given away once. */
function startedInHead(url) {
  const started = window.termwiseStarted;
  if (started?.url !== url) return {};
  delete window.termwiseStarted;
  return started;
}

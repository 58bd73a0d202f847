// The editor's Python as the page calls it: one question at a time, answered in their order.

export class Python {
  #worker;
  #waiting = new Map();
  #count = 0;

  constructor(address, told) {
    this.#worker = new Worker(address, { type: "module" });
    this.#worker.onmessage = ({ data: { id, answer, failure, progress } }) => {
      if (progress) return told(progress);
      const { resolve, reject } = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (failure) reject(Object.assign(new Error(failure.message), failure));
      else resolve(answer);
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      for (const { reject } of this.#waiting.values()) reject(new Error(event.message));
      this.#waiting.clear();
    };
  }

  open(sources, language) {
    return this.#asked({ open: { sources: new URL(sources, document.baseURI).href, language } });
  }

  /** What the editor in Python answers to a call of one of its methods. */
  call(ask, ...given) {
    return this.#asked({ ask, with: given });
  }

  end() {
    this.#worker.terminate();
  }

  #asked(asked) {
    const id = ++this.#count;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ id, ...asked });
    });
  }
}

// The draft of a file, kept in this browser until it is thrown away.

export class Draft {
  #key;

  constructor(path) {
    this.#key = `termwise-draft ${path}`;
  }

  /** {base, text}, or null where there is none, or none that can be read. */
  read() {
    try {
      const { base, text } = JSON.parse(localStorage.getItem(this.#key));
      return typeof text === "string" ? { base, text } : null;
    } catch {
      return null;
    }
  }

  /** Whether it is kept. */
  keep(base, text) {
    try {
      localStorage.setItem(this.#key, JSON.stringify({ base, text }));
      return true;
    } catch {
      return false;
    }
  }

  discard() {
    try {
      localStorage.removeItem(this.#key);
    } catch {} // then there is none
  }
}

// What is told of dates in the visitor's own way. The first format of a date takes a browser longer
// than all else that it does while a page opens; where Python is on its way by then, it would wait.

const PATIENCE_MS = 500;

/** Tells at once, or all together when it is time: when `begin` is called, after half a second at last. */
export class Unhurried {
  #waiting; // what to do, by what it tells; undefined when it is time

  constructor(isTime) {
    if (isTime) return;
    this.#waiting = new Map();
    setTimeout(() => this.begin(), PATIENCE_MS);
  }

  /** Do this when it is time; of what has the same name, the last. */
  tell(name, task) {
    if (this.#waiting) this.#waiting.set(name, task);
    else task();
  }

  begin() {
    const waiting = this.#waiting ?? new Map();
    this.#waiting = undefined;
    for (const task of waiting.values()) task();
  }
}

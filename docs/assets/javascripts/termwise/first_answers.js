// Answers that the build got from the calculator for what visitors try first. The form gives them
// while Python is on its way; Python then gives the same ones (hooks/termwise/pages/calculator/first_answers.py).

const NONE = { answers: [], lines: [] };
const PATIENCE_MS = 5000; // who waits for longer waits for Python instead

/** Fetch the answers that a calculator's data name; none where they are of another release. */
export async function loadFirstAnswers({ answers, answersDigest, bundle, runtime }) {
  if (!answers) return NONE;
  try {
    const url = new URL(answers, document.baseURI);
    const signal = AbortSignal.timeout?.(PATIENCE_MS);
    const set = await (await fetch(url, { integrity: answersDigest, signal })).json();
    return isNamed(set.bundle, bundle) && isNamed(set.runtime, runtime) ? withGiven(set) : NONE;
  } catch {
    return NONE; // the browser has said what is wrong, and Python is coming
  }
}

function isNamed(name, url) {
  return url.split("/").pop() === name;
}

function withGiven({ answers, lines }) {
  const given = ({ address }) => Object.fromEntries(new URLSearchParams(address));
  return { answers: answers.map((answer) => ({ ...answer, given: given(answer) })), lines };
}

/** What Python would answer to the query; undefined where nobody thought of it. */
export function firstAnswer({ answers, lines }, query) {
  const found = answers.find(({ asked, given }) =>
    ["service", ...asked].every((name) => (query[name] ?? "") === (given[name] ?? "")),
  );
  if (!found) return undefined;
  const text = (numbers) => numbers.map((number) => lines[number]).join("\n");
  const { asked, address, json, html } = found;
  return { asked, address, problems: [], json: text(json), html: text(html) };
}

// The search dialog. What finds and what is found are fetched when the visitor first searches.
const dialog = document.querySelector("[data-tw-search-dialog]");
const opener = document.querySelector("[data-tw-search]");
const field = dialog.querySelector("input");
const status = dialog.querySelector("[role=status]");
const results = dialog.querySelector("ul");

const MOST_RESULTS = 8;
let engine;
let asked = 0;

async function load() {
  const { finder } = await import(new URL(dialog.dataset.engine, location.href));
  return finder(new URL(dialog.dataset.index, location.href));
}

function entry({ place, name, excerpt }) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = new URL(place, new URL(dialog.dataset.home, location.href));
  link.textContent = name;
  const paragraph = document.createElement("p");
  for (const { text, isFound } of excerpt) {
    const part = isFound ? document.createElement("mark") : new Text();
    part.textContent = text;
    paragraph.append(part);
  }
  item.append(link, paragraph);
  return item;
}

function answer(words) {
  const found = engine(words).slice(0, MOST_RESULTS);
  results.replaceChildren(...found.map(entry));
  status.textContent = found.length || !words ? "" : dialog.dataset.none;
}

async function search() {
  const turn = ++asked;
  const words = field.value.trim();
  try {
    engine ??= await load();
    if (turn === asked) answer(words);
  } catch (problem) {
    engine = undefined;
    status.textContent = dialog.dataset.failed;
    console.warn("Termwise search:", problem);
  }
}

opener.hidden = false;
opener.addEventListener("click", () => { dialog.showModal(); field.select(); });
field.addEventListener("input", search);
// Enter keeps the dialog open; it would otherwise press the close button.
field.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
results.addEventListener("click", (event) => { if (event.target.closest("a")) dialog.close(); });
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  opener.click();
});

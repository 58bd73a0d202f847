// The search dialog. The index of the page's language is fetched when the visitor first searches.
const dialog = document.querySelector("[data-tw-search-dialog]");
const opener = document.querySelector("[data-tw-search]");
const field = dialog.querySelector("input");
const status = dialog.querySelector("[role=status]");
const results = dialog.querySelector("ul");

const MOST_RESULTS = 8;
let engine;
let asked = 0;

async function load() {
  const address = new URL(dialog.dataset.index, location.href);
  const pagefind = await import(address);
  await pagefind.options({
    excerptLength: 24,
    bundlePath: new URL("./", address).pathname,
    baseUrl: new URL("..", address).pathname,
  });
  await pagefind.init();
  return pagefind;
}

// Excerpts come as HTML with <mark> around the words found; only text and those marks are taken over.
function excerpt(html) {
  const paragraph = document.createElement("p");
  for (const node of new DOMParser().parseFromString(html, "text/html").body.childNodes) {
    const copy = node.nodeName === "MARK" ? document.createElement("mark") : new Text();
    copy.textContent = node.textContent;
    paragraph.append(copy);
  }
  return paragraph;
}

function entry(page, part) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = part.url;
  link.textContent = part.title === page.meta.title ? part.title : `${page.meta.title}: ${part.title}`;
  item.append(link, excerpt(part.excerpt));
  return item;
}

async function answer(words, turn) {
  const found = await engine.search(words);
  const pages = await Promise.all(found.results.slice(0, MOST_RESULTS).map((result) => result.data()));
  if (turn !== asked) return;
  results.replaceChildren(...pages.map((page) => entry(page, page.sub_results[0] ?? page)));
  status.textContent = pages.length || !words ? "" : dialog.dataset.none;
}

async function search() {
  const turn = ++asked;
  const words = field.value.trim();
  try {
    engine ??= await load();
    if (turn === asked) await answer(words, turn);
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

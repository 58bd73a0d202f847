// Shows a clause beside a reference to it (“§ 14”), and a note beside a mark that stands for it
// (“†”), for who points at it or reaches it by keyboard.
//
// What is shown stands on the page, or on the one that the reference leads to. It stays while the
// pointer is on either of them, or the focus on the reference, and goes with Escape. Fingers follow
// the reference instead. A mark of several notes names them in `data-notes`.

const REFERENCE = "article a:is(.tw-ref, .tw-mark)";
const SHOW_AFTER_MS = 150; // longer than a pointer on its way to something else stays
const HIDE_AFTER_MS = 250; // the way from the reference to what is shown
const GAP = 4;

const preview = document.createElement("div");
preview.id = "tw-preview";
preview.className = "tw-preview md-typeset";
preview.role = "tooltip";
preview.popover = "manual";
const pages = new Map();
let wanted;
let shown;
let turning;

/** The page that a reference leads to, fetched once where it is another. */
function pageOf({ origin, pathname }) {
  const address = origin + pathname;
  if (address === location.origin + location.pathname) return document;
  if (!pages.has(address)) pages.set(address, fetched(address));
  return pages.get(address);
}

async function fetched(address) {
  try {
    const html = await (await fetch(address)).text();
    return new DOMParser().parseFromString(html, "text/html");
  } catch (error) {
    pages.delete(address); // the next time it may be there
    throw error;
  }
}

/** What a reference is to, as it can stand elsewhere: without ids and ways to go. */
async function textsOf(reference) {
  const page = await pageOf(reference);
  const ids = reference.dataset.notes?.split(" ") ?? [decodeURIComponent(reference.hash.slice(1))];
  return ids.map((id) => page.getElementById(id)).filter(Boolean).map((place) => {
    const text = document.importNode(place.querySelector(".tw-clause__text") ?? place, true);
    text.removeAttribute("id");
    for (const link of text.querySelectorAll("a")) link.replaceWith(link.textContent);
    return text;
  });
}

async function show(reference) {
  if (reference === wanted) return;
  hide();
  wanted = reference;
  const texts = await textsOf(reference).catch(() => []); // it leads there all the same
  if (wanted !== reference || !texts.length) return;
  shown = reference;
  const number = document.createElement("strong");
  number.textContent = reference.textContent;
  preview.replaceChildren(...(reference.matches(".tw-mark") ? [] : [number]), ...texts); // a note has its sign
  reference.closest("article").append(preview); // within a landmark, and after what it describes
  preview.showPopover();
  reference.setAttribute("aria-describedby", preview.id);
  putBeside(reference.getBoundingClientRect());
}

/** Below the reference, above it where there is more room; within the window. */
function putBeside({ left, top, bottom }) {
  const { offsetWidth: width, offsetHeight: height } = preview;
  const { clientWidth, clientHeight } = document.documentElement;
  const isBelow = bottom + GAP + height <= clientHeight || top < clientHeight - bottom;
  const x = Math.max(GAP, Math.min(left, clientWidth - width - GAP));
  const y = isBelow ? bottom + GAP : top - GAP - height;
  preview.style.left = `${x + scrollX}px`;
  preview.style.top = `${y + scrollY}px`;
}

function hide() {
  clearTimeout(turning);
  shown?.removeAttribute("aria-describedby");
  wanted = shown = undefined;
  preview.remove();
}

function turn(what, after) {
  clearTimeout(turning);
  turning = setTimeout(what, after);
}

document.addEventListener("pointerover", ({ target, pointerType }) => {
  if (pointerType === "touch") return;
  const reference = target.closest?.(REFERENCE);
  if (reference && reference !== shown) turn(() => show(reference), SHOW_AFTER_MS);
  else if (reference || preview.contains(target)) clearTimeout(turning);
  else if (!shown) hide();
  else if (shown !== document.activeElement || !shown.isConnected) turn(hide, HIDE_AFTER_MS);
});
document.addEventListener("focusin", ({ target }) => {
  if (target.matches(`${REFERENCE}:focus-visible`)) show(target);
  else if (wanted) hide();
});
document.addEventListener("focusout", ({ target }) => { if (target === wanted) turn(hide, HIDE_AFTER_MS); });
document.addEventListener("keydown", ({ key }) => { if (key === "Escape") hide(); });

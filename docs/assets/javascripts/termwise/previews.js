// Shows a clause beside a reference to it (“§ 14”), and a note beside a mark that stands for it
// (“†”), for who points at it or reaches it by keyboard.
//
// What is shown stands on the page already. It stays while the pointer is on either of them, or the
// focus on the reference, and goes with Escape. Fingers follow the reference instead.

const REFERENCE = "article a:is(.tw-ref, .tw-mark)";
const SHOW_AFTER_MS = 150; // longer than a pointer on its way to something else stays
const HIDE_AFTER_MS = 250; // the way from the reference to what is shown
const GAP = 4;

const preview = document.createElement("div");
preview.id = "tw-preview";
preview.className = "tw-preview md-typeset";
preview.role = "tooltip";
preview.popover = "manual";
let shown;
let turning;

/** What a reference is to, where that stands on this page. */
function placeOf({ origin, pathname, hash }) {
  const isHere = origin + pathname === location.origin + location.pathname;
  return isHere && hash ? document.getElementById(decodeURIComponent(hash.slice(1))) : null;
}

function show(reference) {
  const place = placeOf(reference);
  if (!place || reference === shown) return;
  hide();
  shown = reference;
  const text = (place.querySelector(".tw-clause__text") ?? place).cloneNode(true);
  text.removeAttribute("id");
  const number = document.createElement("strong");
  number.textContent = reference.textContent;
  for (const link of text.querySelectorAll("a")) link.replaceWith(link.textContent);
  preview.replaceChildren(...(reference.matches(".tw-mark") ? [] : [number]), text); // a note has its sign
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
  shown = undefined;
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
  else if (!shown) clearTimeout(turning);
  else if (shown !== document.activeElement || !shown.isConnected) turn(hide, HIDE_AFTER_MS);
});
document.addEventListener("focusin", ({ target }) => {
  if (target.matches(`${REFERENCE}:focus-visible`)) show(target);
  else if (shown) hide();
});
document.addEventListener("focusout", ({ target }) => { if (target === shown) turn(hide, HIDE_AFTER_MS); });
document.addEventListener("keydown", ({ key }) => { if (key === "Escape") hide(); });

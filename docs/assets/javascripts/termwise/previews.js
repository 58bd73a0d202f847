// What a § or a mark leads to stands beside it while it is pointed at or focused. Escape puts it
// away; where nothing hovers, the link leads to its place.
const LINKS = "a:is(.tw-ref, .tw-mark)[href^='#']";
const GAP = 6;

const box = document.createElement("div");
box.className = "tw-preview";
box.id = "tw-preview";
box.role = "tooltip";
box.hidden = true;
document.body.append(box);

let shown = null;

/** What stands at the place that a link leads to: of a clause its text, else all of it. */
function textAt({ hash }) {
  const place = document.getElementById(decodeURIComponent(hash.slice(1)));
  return place?.querySelector(".tw-clause__text") ?? place;
}

/** A copy that leads nowhere, so that nothing in it can be focused. */
function unlinked(text) {
  const copy = text.cloneNode(true);
  for (const link of copy.querySelectorAll("a")) link.replaceWith(link.textContent);
  return copy;
}

function show(link) {
  const text = textAt(link);
  if (link === shown || !text) return;
  hide();
  shown = link;
  box.replaceChildren(...unlinked(text).childNodes);
  box.hidden = false;
  link.setAttribute("aria-describedby", box.id);
  const { left, top, bottom } = link.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = box;
  const right = document.documentElement.clientWidth - width - GAP;
  box.style.left = `${Math.max(GAP, Math.min(left, right))}px`;
  box.style.top = `${top > height + GAP ? top - height - GAP : bottom + GAP}px`;
}

function hide() {
  shown?.removeAttribute("aria-describedby");
  shown = null;
  box.hidden = true;
}

/** The pointer may go over into the box, to read or to copy. */
function unlessWithin({ target, relatedTarget }) {
  if (target.closest?.(LINKS) !== shown && target !== box) return;
  if (relatedTarget !== box && relatedTarget?.closest?.(LINKS) !== shown) hide();
}

for (const event of ["mouseover", "focusin"]) {
  document.addEventListener(event, ({ target }) => {
    const link = target.closest?.(LINKS);
    if (link) show(link);
  });
}
document.addEventListener("mouseout", unlessWithin);
document.addEventListener("focusout", hide);
document.addEventListener("scroll", hide, { capture: true, passive: true });
document.addEventListener("keydown", ({ key }) => key === "Escape" && hide());

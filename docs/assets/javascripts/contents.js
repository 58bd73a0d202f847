// Marks the section that is read in the contents of the page, and names it in their bar.

const contents = document.querySelector(".tw-contents");
const links = [...(contents?.querySelectorAll("a[href^='#']") ?? [])];
const sections = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
const READ_FROM = 0.3; // of the height of the window, where readers look
let marking;

/** The last section that begins above where readers look; none above the first. */
function current() {
  const line = innerHeight * READ_FROM;
  return links[sections.findLastIndex((one) => one && one.getBoundingClientRect().top <= line)];
}

function mark() {
  marking = undefined;
  const link = current();
  for (const one of links) {
    if (one === link) one.setAttribute("aria-current", "true");
    else one.removeAttribute("aria-current");
  }
  document.querySelector("[data-tw-section]").textContent = link?.textContent ?? "";
}

if (links.length) {
  addEventListener("scroll", () => { marking ??= requestAnimationFrame(mark); }, { passive: true });
  contents.addEventListener("click", ({ target }) => {
    if (target.closest("a") && contents.matches(":popover-open")) contents.hidePopover();
  });
  marking = requestAnimationFrame(mark); // with the first layout, which it would otherwise force at once
}

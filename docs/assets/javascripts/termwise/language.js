// Leads to the page in other languages. The switch keeps the case and the place of the address; who
// reads another language of the site is offered it, once, and never moved; head/offer.js says which.
// What they choose, here or there, is remembered.
const root = document.documentElement;
const KEY = "termwise.language";
const links = [...document.querySelectorAll(".tw-languages a")];
const offer = document.querySelector("[data-tw-offer]");
const own = links.find((link) => link.hasAttribute("aria-current"));

function remember({ hreflang }) {
  try {
    localStorage.setItem(KEY, hreflang);
  } catch {
    // in private mode they are asked again
  }
}

function follow(link) {
  remember(link);
  link.search = location.search;
  link.hash = location.hash;
}

function show(link) {
  const way = offer.querySelector("a");
  way.href = link.href;
  way.hreflang = way.lang = link.hreflang;
  way.textContent = link.dataset.offer;
  for (const event of ["click", "auxclick"]) way.addEventListener(event, () => follow(way));
  offer.querySelector("button").addEventListener("click", () => {
    remember(own);
    delete root.dataset.offered;
  });
}

for (const link of links) {
  for (const event of ["click", "auxclick"]) link.addEventListener(event, () => follow(link));
}
const better = links.find((link) => link.hreflang === root.dataset.offered);
if (offer && better) show(better);

// Leads to the page in other languages. The switch keeps the case and the place of the address; who
// reads another language of the site is offered it, once, and never moved. What they choose, here
// or there, is remembered.
const KEY = "termwise.language";
const links = [...document.querySelectorAll(".tw-languages a")];
const offer = document.querySelector("[data-tw-offer]");
const own = links.find((link) => link.hasAttribute("aria-current"));

function remembered() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

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

const primary = (tag) => tag.split("-")[0];

/** The language that the reader would rather read, of those that the site has. */
function preferred() {
  const wanted = [remembered(), ...navigator.languages].filter(Boolean).map(primary);
  const known = wanted.find((tag) => links.some((link) => primary(link.hreflang) === tag));
  return links.find((link) => primary(link.hreflang) === known);
}

function show(link) {
  const way = offer.querySelector("a");
  way.href = link.href;
  way.hreflang = way.lang = link.hreflang;
  way.textContent = link.dataset.offer;
  for (const event of ["click", "auxclick"]) way.addEventListener(event, () => follow(way));
  offer.querySelector("button").addEventListener("click", () => {
    remember(own);
    offer.hidden = true;
  });
  offer.hidden = false;
}

for (const link of links) {
  for (const event of ["click", "auxclick"]) link.addEventListener(event, () => follow(link));
}
const better = preferred();
if (offer && own && better && better !== own) show(better);

// Whether the page is offered in another language, before the first paint: its row in the header then
// moves nothing. language.js fills the row. The script has:
//
// data-languages="pl en da pt-PT"       what the page can be read in, its own language first

const [own, ...others] = document.currentScript.dataset.languages?.split(" ") ?? [];
const primary = (tag) => tag.split("-")[0];

function remembered() {
  try {
    return localStorage.getItem("termwise.language") ?? "";
  } catch {
    return "";
  }
}

/** The language that the reader would rather read, of those that the page has. */
function preferred() {
  const wanted = [remembered(), ...navigator.languages].map(primary);
  const known = wanted.find((tag) => [own, ...others].map(primary).includes(tag));
  return others.find((tag) => primary(tag) === known);
}

const better = own && preferred();
if (better) document.documentElement.dataset.offered = better;

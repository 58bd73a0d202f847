// Finds clauses, questions and prices in the list that the build has made for a language
// (hooks/termwise/site/search_index.py). Fetched when the visitor first searches.
import MiniSearch from "minisearch";

// "§ 14" and "§14" are one word, "10:00", "2.1a" and "7.6.2.0" as well.
const WORDS = /§\s*[\d.]+\p{L}?|\p{N}[\p{L}\p{N}]*(?:[.,:][\p{L}\p{N}]+)*|[\p{L}\p{N}]+/gu;
const WHOLE = /^(\d+)[.,:]00$/; // 22:00 is found by 22, 100,00 by 100
// Letters whose sign is no mark beside them, which Unicode could take away.
const PLAIN = { ł: "l", ø: "o", æ: "ae", ß: "ss", đ: "d" };
const SCORES = { number: 10, title: 3, about: 2, of: 4, text: 1 };
const OF_KINDS = { price: 0.5, page: 0.4, staff: 0.5 }; // a clause or an answer says more
const ALIKE = 0.7; // what a word counts for that means the same as one that was typed
const EXCERPT = 28; // words
// Longer words are known by their beginning as well, whatever their end: the four languages inflect.
const BEGINNING = 5;
const MORE = "…";

/** What finds entries of the list at an address by words; the best comes first. */
export async function finder(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  const { found, subjects, alike, unsearched } = await response.json();
  const index = indexOf(found, subjects, new Set(wordsOf(unsearched).map(folded)));
  const groups = groupsOf(alike);
  return (words) => {
    const hits = asked(index.search(queryOf(words, groups)));
    return ofWhomIsNamed(hits, words).map((hit) => shown(found[hit.id], hit));
  };
}

/** For each word those that mean the same, of groups as the catalogue has them: "a b; c d e". */
function groupsOf(alike) {
  const groups = alike.split(";").map((group) => wordsOf(group).map(folded));
  return new Map(groups.flatMap((group) => group.map((word) => [word, group])));
}

/** The words as they are typed, or words that mean the same. */
function queryOf(words, groups) {
  const typed = wordsOf(words).map(folded);
  const meant = new Set(typed.flatMap((word) => groups.get(word) ?? []));
  for (const word of typed) meant.delete(word);
  if (!meant.size) return words;
  const alike = { queries: [[...meant].join(" ")], prefix: false, fuzzy: false, boostTerm: () => ALIKE };
  return { combineWith: "OR", queries: [words, alike] };
}

function indexOf(found, subjects, unsearched) {
  const index = new MiniSearch({
    fields: Object.keys(SCORES),
    storeFields: ["kind"],
    tokenize: wordsOf,
    processTerm: (word) => (unsearched.has(folded(word)) ? null : namesOf(word)),
    searchOptions: {
      boost: SCORES,
      prefix: (word) => word.length > 3 && !word.endsWith(MORE),
      fuzzy: (word) => word.length > 4 && !word.endsWith(MORE) && 0.2,
      boostTerm: (word) => (word.endsWith(MORE) ? 0.3 : 1),
      boostDocument: (id, term, { kind }) => OF_KINDS[kind] ?? 1,
      weights: { fuzzy: 0.3, prefix: 0.6 },
    },
  });
  index.addAll(
    found.map((one, id) => ({
      ...one,
      id,
      number: one.number && `§${one.number} ${one.number}`,
      about: one.about?.map((subject) => subjects[subject] ?? subject).join(" "),
    })),
  );
  return index;
}

/** Pages for editors come last, to whom asks for them: where they alone have so many of the words. */
function asked(hits) {
  const forReaders = hits.filter(isForReaders);
  const most = Math.max(0, ...forReaders.map((hit) => hit.queryTerms.length));
  return [...forReaders, ...hits.filter((hit) => !isForReaders(hit) && hit.queryTerms.length > most)];
}

/** What is of a provider that is named comes before all else; a page’s title names none. */
function ofWhomIsNamed(hits, words) {
  const typed = new Set(wordsOf(words).map(folded));
  const isNamed = ({ kind, match }) => {
    if (kind === "page" || kind === "staff") return false;
    const whose = kind === "provider" ? "title" : "of";
    return Object.entries(match).some(([term, fields]) => typed.has(term) && fields.includes(whose));
  };
  return [...hits.filter(isNamed), ...hits.filter((hit) => !isNamed(hit))];
}

function isForReaders({ kind }) {
  return kind !== "staff";
}

function shown({ place, title, of, number, text }, { terms }) {
  const whose = [of, number && `§\u00a0${number}`].filter(Boolean).join(", ");
  return { place, name: whose ? `${whose}: ${title}` : title, excerpt: excerpt(text, new Set(terms)) };
}

/** The text around the first word that was found, cut so that what was found stands alone. */
function excerpt(text, terms) {
  const words = [...text.matchAll(WORDS)];
  const first = words.findIndex(([word]) => namesOf(word).some((name) => terms.has(name)));
  const from = first < EXCERPT ? 0 : first - 4;
  const last = words[from + EXCERPT];
  const end = last ? last.index : text.length;
  const parts = [];
  let at = words[from]?.index ?? 0;
  if (at > 0) parts.push({ text: "… " });
  for (const { 0: word, index } of words.slice(from, from + EXCERPT)) {
    if (!namesOf(word).some((name) => terms.has(name))) continue;
    parts.push({ text: text.slice(at, index) }, { text: word, isFound: true });
    at = index + word.length;
  }
  parts.push({ text: text.slice(at, end) + (last ? "…" : "") });
  return parts;
}

function wordsOf(text) {
  return text.match(WORDS) ?? [];
}

/** What a word is found by. */
function namesOf(word) {
  const name = folded(word);
  const [, whole] = WHOLE.exec(name) ?? [];
  if (whole) return [name, whole];
  return name.length > BEGINNING ? [name, name.slice(0, BEGINNING) + MORE] : [name];
}

/** A word as it is compared: small, without accents (“aa” is “å”), “§” beside its number. */
function folded(word) {
  const small = word.toLowerCase().replace(/^§\s+/, "§").normalize("NFD").replace(/\p{M}/gu, "");
  return small.replace(/[łøæßđ]/g, (letter) => PLAIN[letter]).replace(/aa/g, "a");
}

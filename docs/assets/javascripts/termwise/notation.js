// How the browser writes dates and figures, as the build takes it from CLDR: English as in Britain.

const NOTATIONS = { en: "en-GB" };

/** The notation of a part of the page, for Intl. */
export function notationOf(element) {
  const language = element.closest("[lang]")?.lang || "en";
  return NOTATIONS[language] ?? language;
}

// Shows the notice that other terms than those of the page are in force, once their days have come.
//
// Pages are made on one day and read on another. For each other edition they hold a hidden notice:
//
// <p data-terms-from="2027-07-01" data-terms-until="" data-timezone="Europe/Warsaw" hidden>…</p>
//
// from the first day until the day before `until`, where the provider is; empty: without an end.
// The day is that of the visitor's clock as the page opens. What announced these terms as coming,
//
// <p data-announces="2027-07-01">…</p>
//
// would say the same once more, and is hidden then. Nothing here needs Python.

import { nowIn } from "./clock.js";

for (const notice of document.querySelectorAll("[data-terms-from]")) {
  notice.hidden = !isToday(notice.dataset);
  for (const told of announcements(notice)) told.hidden = !notice.hidden;
}

function announcements({ dataset: { termsFrom } }) {
  return termsFrom ? document.querySelectorAll(`[data-announces="${termsFrom}"]`) : [];
}

function isToday({ termsFrom, termsUntil, timezone }) {
  const today = dayIn(timezone);
  return today !== "" && termsFrom <= today && (termsUntil === "" || today < termsUntil);
}

/** The day at the provider's; empty in a browser that does not know the zone. */
function dayIn(timezone) {
  try {
    return nowIn(timezone).slice(0, 10);
  } catch {
    return "";
  }
}

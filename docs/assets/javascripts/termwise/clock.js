// The visitor's clock beside the provider's.

/** The provider's wall clock at a moment, as a datetime-local control writes it. */
export function nowIn(timeZone, moment = new Date()) {
  const parts = formatOf("en-CA", {
    timeZone,
    hourCycle: "h23",
    ...{ year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" },
  }).formatToParts(moment);
  const { year, month, day, hour, minute } = Object.fromEntries(
    parts.map(({ type, value }) => [type, value]),
  );
  return `${year}-${month}-${day}T${hour}:${minute}`;
}

const FARTHEST = 14 * 3_600_000; // no wall clock is farther from UTC

/** The same hour of the same weekday, the next one that has not passed. */
export function nextSuch(wall, timeZone) {
  const later = new Date(`${wall}Z`);
  while (hasPassed(later, timeZone)) later.setUTCDate(later.getUTCDate() + 7);
  return later.toISOString().slice(0, 16);
}

/** Whether a wall clock has shown a time, given as one of UTC; the zone is asked only if it decides. */
function hasPassed(shown, timeZone) {
  const ahead = shown - Date.now();
  if (Math.abs(ahead) > FARTHEST) return ahead < 0;
  return shown.toISOString().slice(0, 16) < nowIn(timeZone);
}

/**
 * What a wall clock shows as an instant, with its offset from UTC. Empty where there is no such time
 * or the browser does not know the zone; of the two hours at the end of summer time it is one.
 */
export function instantOf(wall, timeZone) {
  const asUtc = Date.parse(`${wall}Z`);
  try {
    const offsetAt = (time) => Date.parse(`${nowIn(timeZone, time)}Z`) - time;
    const offset = offsetAt(asUtc - offsetAt(asUtc)); // the first is off near a change of clocks
    if (nowIn(timeZone, asUtc - offset) !== wall) return "";
    const [sign, size] = offset < 0 ? ["-", -offset] : ["+", offset];
    return `${wall}${sign}${new Date(size).toISOString().slice(11, 16)}`;
  } catch {
    return "";
  }
}

/** Fill `{time}` and `{zone}` of the template, or return "" where both clocks show the same. */
export function inVisitorsZone(template, instant, language) {
  const date = new Date(instant);
  const local = localIso(date);
  if (!template || local === instant.slice(0, 16)) return "";
  const sameDay = local.slice(0, 10) === instant.slice(0, 10);
  const time = clockFormat(language, sameDay).format(date);
  return template.replace("{time}", time).replace("{zone}", visitorsPlace());
}

function localIso(date) {
  const shifted = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}

// "Europe/London" is read as London: a zone's name in a language is longer, often a mere offset.
export function visitorsPlace() {
  const { timeZone } = formatOf().resolvedOptions();
  return timeZone.split("/").at(-1).replaceAll("_", " ");
}

function clockFormat(language, sameDay) {
  const weekday = sameDay ? {} : { weekday: "short" };
  return formatOf(language, { hourCycle: "h23", ...weekday, hour: "2-digit", minute: "2-digit" });
}

const formats = new Map(); // making one takes longer than everything else here; an edit needs five

function formatOf(language, options) {
  const key = JSON.stringify([language, options]);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(language, options));
  return formats.get(key);
}

// The visitor's clock beside the provider's.

/** The provider's wall clock at this moment, as a datetime-local control writes it. */
export function nowIn(timeZone) {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    hourCycle: "h23",
    ...{ year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" },
  }).formatToParts(new Date());
  const { year, month, day, hour, minute } = Object.fromEntries(
    parts.map(({ type, value }) => [type, value]),
  );
  return `${year}-${month}-${day}T${hour}:${minute}`;
}

/** Fill `{time}` and `{zone}` of the template, or return "" where both clocks show the same. */
export function inVisitorsZone(template, instant, language) {
  const date = new Date(instant);
  const local = localIso(date);
  if (!template || local === instant.slice(0, 16)) return "";
  const sameDay = local.slice(0, 10) === instant.slice(0, 10);
  const time = clockFormat(language, sameDay).format(date);
  return template.replace("{time}", time).replace("{zone}", ZONE);
}

function localIso(date) {
  const shifted = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}

// "Europe/London" is read as London: a zone's name in a language is longer, often a mere offset.
const ZONE = new Intl.DateTimeFormat()
  .resolvedOptions()
  .timeZone.split("/")
  .at(-1)
  .replaceAll("_", " ");

const formats = new Map(); // making one takes longer than everything else here

function clockFormat(language, sameDay) {
  const key = `${language} ${sameDay}`;
  const weekday = sameDay ? {} : { weekday: "short" };
  const options = { hourCycle: "h23", ...weekday, hour: "2-digit", minute: "2-digit" };
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(language, options));
  return formats.get(key);
}

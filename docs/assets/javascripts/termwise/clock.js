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
  const time = new Intl.DateTimeFormat(language, {
    hourCycle: "h23",
    ...(sameDay ? {} : { weekday: "short" }),
    ...{ hour: "2-digit", minute: "2-digit" },
  }).format(date);
  return template.replace("{time}", time).replace("{zone}", zoneName());
}

function localIso(date) {
  const shifted = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}

/** "Europe/London" is read as London: the zone's name in a language is longer and often a mere offset. */
function zoneName() {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return timeZone.split("/").at(-1).replaceAll("_", " ");
}

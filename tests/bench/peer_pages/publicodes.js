// The tariff of tariff.py in publicodes, which has no clock: the hours of each rate are counted here.
import Publicodes from "./publicodes.js";

const rules = await (await fetch("rules.json")).json();

function hoursBegun(start, minutes) {
  const hours = { office: 0, evening: 0, night: 0 };
  for (let begun = 0; begun * 60 < minutes; begun++) {
    hours[rateAt(new Date(start.getTime() + begun * 3600_000))] += 1;
  }
  return hours;
}

function rateAt(moment) {
  const [day, hour] = [moment.getUTCDay(), moment.getUTCHours()];
  if (day >= 1 && day <= 5 && hour >= 10 && hour < 18) return "office";
  return hour >= 18 && hour < 22 ? "evening" : "night";
}

const engine = new Publicodes(rules, { logger: { log() {}, warn() {}, error() {} } });
engine.setSituation({ ...hoursBegun(new Date("2026-03-03T17:30Z"), 90), client: "non" });
const gross = engine.evaluate("gross").nodeValue;
document.querySelector("output").textContent = `Total: ${gross.toFixed(2)}`;

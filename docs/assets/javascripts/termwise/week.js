// Marks the case of the calculator on the pictures of the week, once it is priced.
//
// <div class="tw-week" data-edges="0 360 1440" data-heights="0 66 264">   minutes of a day, how far down
//   <svg data-days="01234 56"> <g transform>…</g> </svg>          the days of each of its columns
// … <p data-session hidden>     says what is marked
//
// Weeks without `data-edges` have days that are no ordinary ones, which nobody here can tell.

import { instantOf, nowIn } from "./clock.js";

const SVG = "http://www.w3.org/2000/svg";
const MINUTE_MS = 60_000;
const DAY = 24 * 60;
const WEEK = 7;
const BAR = 8;
const LEAST_HEIGHT = 4; // of what has no length

const numbers = (text) => text.split(" ").map(Number);
const minuteOf = (wall) => Number(wall.slice(11, 13)) * 60 + Number(wall.slice(14, 16));
const weekdayOf = (wall) => (new Date(`${wall.slice(0, 10)}T00:00Z`).getUTCDay() + 6) % WEEK;

/** The stretches of a case by the provider's clock: {day, from, to}, 0 is Monday; of a long one a week. */
function stretchesOf({ start, minutes }, timeZone) {
  const end = nowIn(timeZone, new Date(Date.parse(start) + parseInt(minutes ?? 0, 10) * MINUTE_MS));
  const first = nowIn(timeZone, new Date(start));
  const days = Math.round((Date.parse(end.slice(0, 10)) - Date.parse(first.slice(0, 10))) / (DAY * MINUTE_MS));
  return Array.from({ length: Math.min(days, WEEK) + 1 }, (_, after) => ({
    day: (weekdayOf(first) + after) % WEEK,
    from: after ? 0 : minuteOf(first),
    to: after === days ? minuteOf(end) : DAY,
  })).filter(({ from, to }, after) => to > from || after === 0);
}

/** How far down a minute of a day is. */
function heightAt(minute, edges, heights) {
  const after = Math.max(1, edges.findIndex((edge) => edge >= minute));
  const [from, to] = [edges[after - 1], edges[after]];
  return heights[after - 1] + ((heights[after] - heights[after - 1]) * (minute - from)) / (to - from);
}

function mark({ day, from, to }, svg, edges, heights) {
  const columns = svg.dataset.days.split(" ");
  const at = columns.findIndex((days) => days.includes(day));
  if (at < 0) return;
  const top = heightAt(from, edges, heights);
  const rect = document.createElementNS(SVG, "rect");
  rect.setAttribute("class", "tw-week__session");
  rect.setAttribute("x", `${(100 * at) / columns.length}%`);
  rect.setAttribute("width", BAR);
  rect.setAttribute("y", top);
  rect.setAttribute("height", Math.max(heightAt(to, edges, heights) - top, LEAST_HEIGHT));
  svg.querySelector(":scope > g").append(rect);
}

function show(stretches) {
  for (const week of document.querySelectorAll(".tw-week[data-edges]")) {
    for (const old of week.querySelectorAll(".tw-week__session")) old.remove();
    const [edges, heights] = [numbers(week.dataset.edges), numbers(week.dataset.heights)];
    for (const svg of week.querySelectorAll("svg")) {
      for (const stretch of stretches) mark(stretch, svg, edges, heights);
    }
    const note = week.closest("figure").querySelector("[data-session]");
    note.hidden = !week.querySelector(".tw-week__session");
  }
}

/** The case that is priced before anything is answered, as the form has it. */
function firstCase({ elements: { start, minutes } }, timeZone) {
  const isAsked = (control) => Boolean(control && !control.closest("[hidden]"));
  return {
    start: isAsked(start) ? instantOf(start.value, timeZone) : null,
    minutes: isAsked(minutes) ? minutes.value : 0,
  };
}

const calculator = document.querySelector("termwise-calculator");
const { timezone } = calculator.dataset;
const showCase = (priced) => show(priced.start ? stretchesOf(priced, timezone) : []);
calculator.addEventListener("termwise:quote", ({ detail }) => showCase(detail.input));
if (!location.search) showCase(firstCase(calculator.querySelector("form"), timezone));

// A clock without a time zone: opening hours are local times, and a computer that puts its clock
// forward would lose an hour of them. All that is local is what UTC is.

const PARTS = ["Date", "Day", "FullYear", "Hours", "Milliseconds", "Minutes", "Month", "Seconds"];
const Moment = Date;

export class WallClock extends Moment {
  constructor(...parts) {
    if (parts.length > 1) super(Moment.UTC(...parts));
    else super(...parts);
  }

  getTimezoneOffset() {
    return 0;
  }
}

for (const part of PARTS) {
  WallClock.prototype[`get${part}`] = Moment.prototype[`getUTC${part}`];
  if (part !== "Day") WallClock.prototype[`set${part}`] = Moment.prototype[`setUTC${part}`];
}

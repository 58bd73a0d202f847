// The library as it is, under a name of our own.
import OpeningHours from "opening_hours";

export default OpeningHours;

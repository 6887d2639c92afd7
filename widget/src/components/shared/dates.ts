const ZONE = "Europe/Berlin";
const ISO_DATE = /^\d{4}-\d{2}-\d{2}/;

/** Returns the date in Krefeld at an ISO time, as an ISO date. */
export function dateIn(isoTime: string): string {
  const moment = new Date(isoTime);
  if (Number.isNaN(moment.getTime())) return "";
  return new Intl.DateTimeFormat("sv-SE", { timeZone: ZONE }).format(moment);
}

/** Returns the time of day in Krefeld, such as `09:05`. */
export function clockTime(isoTime: string): string {
  const moment = new Date(isoTime);
  if (Number.isNaN(moment.getTime())) return "";
  return new Intl.DateTimeFormat("de", {
    hour: "2-digit",
    minute: "2-digit",
    timeZone: ZONE,
  }).format(moment);
}

/** Words an ISO date for readers; a date already worded by the server stays as it is. */
export function readableDate(date: string, tag: string): string {
  if (!ISO_DATE.test(date)) return date;
  const moment = new Date(date.length === 10 ? `${date}T12:00:00Z` : date);
  if (Number.isNaN(moment.getTime())) return date;
  return new Intl.DateTimeFormat(tag === "en" ? "en-GB" : "de", {
    dateStyle: "medium",
    timeZone: ZONE,
  }).format(moment);
}

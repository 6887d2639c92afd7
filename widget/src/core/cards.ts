import { safeAddress } from "./links.js";
import type {
  BookedCard,
  Card,
  Choice,
  HoursCard,
  MapCard,
  OpeningDay,
  Place,
  PreviewCard,
  SlotOffer,
  SlotsCard,
  Source,
  SourcesCard,
} from "./types.js";

type Fields = Readonly<Record<string, unknown>>;

/** More than a card of ours ever has: nobody fills the page through one. */
const MAX_PARTS = 60;

/**
 * Returns the cards of a message; unknown and malformed ones are left out, since the
 * text says the same in full.
 *
 * @param custom The field `custom` as it came.
 * @param base Address of the server, for relative addresses.
 */
export function readCards(custom: unknown, base: string): Card[] {
  if (!isFields(custom)) return [];
  const parts = custom["kind"] === "cards" ? list(custom["cards"]) : [custom];
  return defined(parts, (part) => readCard(part, base));
}

/** Returns the choices of a message that can be shown and sent. */
export function readChoices(buttons: unknown): Choice[] {
  return defined(list(buttons), readChoice);
}

function readCard(value: unknown, base: string): Card | undefined {
  if (!isFields(value)) return undefined;
  switch (value["kind"]) {
    case "hours":
      return readHours(value, base);
    case "slots":
      return readSlots(value);
    case "preview":
      return readPreview(value);
    case "booked":
      return readBooked(value, base);
    case "map":
      return readMap(value, base);
    case "sources":
      return readSources(value, base);
    default:
      return undefined;
  }
}

function readHours(value: Fields, base: string): HoursCard | undefined {
  const { office, statement, isOpen } = value;
  if (!isText(office) || !isText(statement)) return undefined;
  const days = defined(list(value["days"]), readDay);
  const source = readSource(value["source"], base);
  return {
    kind: "hours",
    office,
    statement,
    isOpen: typeof isOpen === "boolean" ? isOpen : null,
    days,
    ...(source && { source }),
  };
}

function readDay(value: unknown): OpeningDay | undefined {
  if (!isFields(value)) return undefined;
  const { day, date } = value;
  if (!isText(day) || !isText(date)) return undefined;
  const times = list(value["times"]).filter(isText);
  return { day, date, times, ...texts(value, ["note", "reason"]) };
}

function readSlots(value: Fields): SlotsCard | undefined {
  const offers = defined(list(value["offers"]), (offer): SlotOffer | undefined => {
    const choice = readChoice(offer);
    if (!choice || !isFields(offer)) return undefined;
    const { day, date, time, office } = offer;
    if (!isText(day) || !isText(date) || !isText(time) || !isText(office)) {
      return undefined;
    }
    return { ...choice, day, date, time, office };
  });
  return offers.length > 0 ? { kind: "slots", offers } : undefined;
}

function readPreview(value: Fields): PreviewCard | undefined {
  const { title, consent } = value;
  if (!isText(title) || typeof consent !== "string") return undefined;
  const fields = defined(list(value["fields"]), (field) => {
    if (!isFields(field)) return undefined;
    const { label, value: content } = field;
    return isText(label) && isText(content) ? { label, value: content } : undefined;
  });
  return fields.length > 0 ? { kind: "preview", title, fields, consent } : undefined;
}

function readBooked(value: Fields, base: string): BookedCard | undefined {
  const { number, when, office } = value;
  if (!isText(number) || !isText(when) || !isText(office)) return undefined;
  return {
    kind: "booked",
    number,
    when,
    office,
    ...texts(value, ["address"]),
    ...addresses(value, ["calendarUrl", "manageUrl"], base),
  };
}

function readMap(value: Fields, base: string): MapCard | undefined {
  const { alt } = value;
  if (!isText(alt)) return undefined;
  const places = defined(list(value["places"]), (place): Place | undefined => {
    if (!isFields(place)) return undefined;
    const { name, latitude, longitude } = place;
    const isPlace =
      isText(name) && isDegrees(latitude, 90) && isDegrees(longitude, 180);
    return isPlace ? { name, latitude, longitude } : undefined;
  });
  return { kind: "map", alt, places, ...addresses(value, ["url"], base) };
}

function readSources(value: Fields, base: string): SourcesCard | undefined {
  const sources = defined(list(value["sources"]), (source) => readSource(source, base));
  return sources.length > 0 ? { kind: "sources", sources } : undefined;
}

function readSource(value: unknown, base: string): Source | undefined {
  if (!isFields(value) || !isText(value["name"])) return undefined;
  return {
    name: value["name"],
    ...addresses(value, ["url"], base),
    ...texts(value, ["asOf", "retrieved"]),
  };
}

function readChoice(value: unknown): Choice | undefined {
  if (!isFields(value)) return undefined;
  const { title, choice } = value;
  return isText(title) && isText(choice) ? { title, choice } : undefined;
}

/** Returns whether a value is an object with fields. */
export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}

function isDegrees(value: unknown, most: number): value is number {
  return typeof value === "number" && Math.abs(value) <= most;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value.slice(0, MAX_PARTS) as unknown[]) : [];
}

function defined<Value, Result>(
  values: readonly Value[],
  read: (value: Value) => Result | undefined,
): Result[] {
  return values
    .map(read)
    .filter((result): result is Result & {} => result !== undefined);
}

/** Returns those of the named fields that are texts. */
function texts<Name extends string>(value: Fields, names: readonly Name[]) {
  const found = names.filter((name) => isText(value[name]));
  return Object.fromEntries(found.map((name) => [name, value[name]])) as Partial<
    Record<Name, string>
  >;
}

/** Returns those of the named fields that are safe addresses. */
function addresses<Name extends string>(
  value: Fields,
  names: readonly Name[],
  base: string,
) {
  const read = names.map((name) => {
    const address = value[name];
    return [name, isText(address) ? safeAddress(address, base) : undefined] as const;
  });
  return Object.fromEntries(
    read.filter(([, address]) => address !== undefined),
  ) as Partial<Record<Name, string>>;
}

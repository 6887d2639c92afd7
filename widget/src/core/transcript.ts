import type { Choice, Delivery, Entry, Rating, TextLanguage } from "./types.js";
import type { Utterance } from "./wire.js";

/** What a browser keeps; older ones stay on the server. */
export const MAX_ENTRIES = 500;

interface Line {
  readonly entry: Entry;
  /** Order of arrival: decides between lines without a position. */
  readonly arrival: number;
  /** Of a conversation before this one: shown, but no longer part of anything. */
  readonly isSealed: boolean;
}

/** What both sides said, each utterance once and in the order of the conversation. */
export class Transcript {
  #lines: Line[] = [];
  #entries: readonly Entry[] = [];
  #arrivals = 0;
  #position = 0;
  readonly #beyond = new Set<number>();

  /** Oldest first; the same array until something changes. */
  get entries(): readonly Entry[] {
    return this.#entries;
  }

  /** All utterances up to this position are known: where a stream goes on. */
  get position(): number {
    return this.#position;
  }

  /** Whether a later utterance came before an earlier one. */
  get hasGap(): boolean {
    return this.#beyond.size > 0;
  }

  /** Adds a message of this tab that is about to be sent. */
  addOwn(messageId: string, text: string, language: TextLanguage, time: string): void {
    this.#add({ speaker: "citizen", text, language, time, messageId }, "sending");
    this.#settle();
  }

  /** Says how a message of this tab fares; one that is known to have arrived stays so. */
  deliver(messageId: string, delivery: Delivery): void {
    this.#change((entry) =>
      isMessage(entry, messageId) && entry.position === undefined
        ? { ...entry, delivery }
        : entry,
    );
    this.#settle();
  }

  /** Moves a failed message to the end, since it is sent only now. */
  resend(messageId: string, time: string): void {
    this.#lines = this.#lines.map((line) =>
      isMessage(line.entry, messageId) && line.entry.position === undefined
        ? {
            entry: { ...line.entry, delivery: "sending", time },
            arrival: ++this.#arrivals,
            isSealed: false,
          }
        : line,
    );
    this.#settle();
  }

  rate(position: number, rating: Rating | null): void {
    this.#change((entry) => {
      if (entry.position !== position) return entry;
      const { rating: _, ...unrated } = entry;
      return rating ? { ...unrated, rating } : unrated;
    });
    this.#settle();
  }

  /**
   * Takes what the server tells.
   *
   * @returns What was new; messages of this tab and what was heard before are not.
   */
  take(utterances: readonly Utterance[]): Utterance[] {
    const taken = utterances.filter((utterance) => this.#takeOne(utterance));
    this.#settle();
    return taken;
  }

  #takeOne(utterance: Utterance): boolean {
    const { position } = utterance;
    if (position !== undefined) {
      if (position <= this.#position || this.#beyond.has(position)) return false;
      this.#beyond.add(position);
      while (this.#beyond.delete(this.#position + 1)) this.#position++;
    }
    const twin = this.#twinOf(utterance);
    if (!twin) {
      this.#add(utterance, "sent");
      return true;
    }
    if (position !== undefined) {
      this.#change((entry) =>
        entry === twin
          ? {
              ...entry,
              position,
              delivery: "sent",
              language: utterance.language,
              ...(utterance.time && { time: utterance.time }),
            }
          : entry,
      );
    }
    return false;
  }

  /** Ends this conversation; what is still to be sent belongs to the next one. */
  seal(toBeSent: readonly string[] = []): void {
    this.#forgetPositions();
    this.#lines = this.#lines.map(({ entry, arrival, isSealed }) => {
      const { position: _, rating: __, ...rest } = entry;
      const isKept = toBeSent.some((messageId) => isMessage(entry, messageId));
      return isKept && !isSealed
        ? { entry: { ...rest, delivery: "sending" }, arrival, isSealed: false }
        : { entry: rest, arrival, isSealed: true };
    });
    this.#settle();
  }

  clear(): void {
    this.#forgetPositions();
    this.#lines = [];
    this.#settle();
  }

  /** Finds the entry that already stands for an utterance, its position unknown. */
  #twinOf({ speaker, messageId, text, position }: Utterance): Entry | undefined {
    if (messageId === undefined) return undefined;
    return this.#lines.find(
      ({ entry, isSealed }) =>
        !isSealed &&
        entry.messageId === messageId &&
        entry.speaker === speaker &&
        (speaker === "citizen" || entry.text === text) &&
        (position === undefined || entry.position === undefined),
    )?.entry;
  }

  #add(utterance: Utterance, delivery: Delivery): void {
    const { cards } = utterance;
    const arrival = ++this.#arrivals;
    const entry: Entry = {
      ...utterance,
      ...(cards?.[0] && { card: cards[0] }),
      key: `entry-${arrival}`,
      delivery,
    };
    this.#lines.push({ entry, arrival, isSealed: false });
  }

  #change(change: (entry: Entry) => Entry): void {
    this.#lines = this.#lines.map((line) => {
      const entry = line.isSealed ? line.entry : change(line.entry);
      return entry === line.entry ? line : { ...line, entry };
    });
  }

  #forgetPositions(): void {
    this.#position = 0;
    this.#beyond.clear();
  }

  /** Sorts, drops the oldest, and marks whose choices lie behind the citizen. */
  #settle(): void {
    const lines = this.#sorted().slice(-MAX_ENTRIES);
    let reply: Entry | undefined;
    for (let index = lines.length - 1; index >= 0; index--) {
      const line = lines[index];
      if (!line) continue;
      const { entry } = line;
      if (entry.speaker === "citizen") {
        if (entry.delivery !== "failed") reply = entry;
      } else if (entry.buttons || entry.cards) {
        const marked = withUse(entry, reply, line.isSealed);
        if (marked !== entry) lines[index] = { ...line, entry: marked };
      }
    }
    this.#lines = lines;
    this.#entries = lines.map(({ entry }) => entry);
  }

  #sorted(): readonly Line[] {
    const ranks = new Map(this.#lines.map((line) => [line, this.#rankOf(line)]));
    const compare = (one: Line, other: Line): number => {
      const [a = 0, b = 0] = [ranks.get(one), ranks.get(other)];
      // Infinity minus itself is no number.
      return a === b ? one.arrival - other.arrival : a - b;
    };
    const isSorted = this.#lines.every((line, index, { [index - 1]: before }) =>
      before ? compare(before, line) < 0 : true,
    );
    return isSorted ? this.#lines : [...this.#lines].sort(compare);
  }

  /**
   * Where a line stands. One without a position stands by its turn: a message before
   * its answers, and what is said of a turn's end after them.
   */
  #rankOf({ entry, isSealed }: Line): number {
    if (isSealed) return -1;
    if (entry.position !== undefined) return entry.position;
    const positions = this.#lines.flatMap(({ entry: other, isSealed: isPast }) =>
      !isPast && other.messageId === entry.messageId ? (other.position ?? []) : [],
    );
    if (entry.messageId === undefined || positions.length === 0) return Infinity;
    return entry.speaker === "citizen"
      ? Math.min(...positions) - 0.5
      : Math.max(...positions) + 0.5;
  }
}

function withUse(entry: Entry, reply: Entry | undefined, isSealed: boolean): Entry {
  const choices = choicesOf(entry);
  const isUsed = choices.length > 0 && (reply !== undefined || isSealed);
  const chosenTitle = choices.find(({ title }) => title === reply?.text)?.title;
  if ((entry.isUsed ?? false) === isUsed && entry.chosenTitle === chosenTitle) {
    return entry;
  }
  const { isUsed: _, chosenTitle: __, ...rest } = entry;
  return {
    ...rest,
    ...(isUsed && { isUsed }),
    ...(isUsed && chosenTitle !== undefined && { chosenTitle }),
  };
}

function choicesOf({ buttons = [], cards = [] }: Entry): readonly Choice[] {
  const offers = cards.flatMap((card) => (card.kind === "slots" ? card.offers : []));
  return [...buttons, ...offers];
}

function isMessage(entry: Entry, messageId: string): boolean {
  return entry.speaker === "citizen" && entry.messageId === messageId;
}

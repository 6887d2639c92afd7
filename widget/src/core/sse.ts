/** One event of a `text/event-stream`. */
export interface ServerEvent {
  readonly type: string;
  readonly data: string;
  /** The id in force when the event was dispatched; empty where none was sent. */
  readonly id: string;
}

/** A line longer than this is no event of ours: somebody floods the stream. */
const MAX_EVENT_IN_CHARACTERS = 1_000_000;

/**
 * Parses an event stream piece by piece, wherever the network cuts it.
 *
 * Source: WHATWG HTML, 9.2.5 and 9.2.6. The browser's own EventSource cannot send
 * headers, and the conversation's id does not belong in an address.
 */
export class EventStreamParser {
  // Takes the byte order mark away and turns invalid UTF-8 into U+FFFD by itself.
  readonly #decoder = new TextDecoder();
  #line = "";
  #isAfterReturn = false;
  #data: string[] = [];
  #size = 0;
  #type = "";
  #id = "";
  #retry: number | undefined;

  /** Milliseconds that the server asks to wait before connecting again. */
  get retryInMilliseconds(): number | undefined {
    return this.#retry;
  }

  /**
   * Returns the events that these bytes complete.
   *
   * What no blank line has ended stays for the next call; at the end of the stream it
   * is left out, as the standard says.
   *
   * @throws RangeError for an event without end.
   */
  push(bytes: Uint8Array): ServerEvent[] {
    const events: ServerEvent[] = [];
    const text = this.#decoder.decode(bytes, { stream: true });
    let start = 0;
    if (text && this.#isAfterReturn) {
      // CR and LF may arrive apart, and are one end of line.
      if (text.startsWith("\n")) start = 1;
      this.#isAfterReturn = false;
    }
    const ends = /\r\n?|\n/g;
    ends.lastIndex = start;
    for (let end = ends.exec(text); end; end = ends.exec(text)) {
      this.#takeLine(this.#line + text.slice(start, end.index), events);
      this.#line = "";
      start = ends.lastIndex;
      this.#isAfterReturn = start === text.length && end[0] === "\r";
    }
    this.#line += text.slice(start);
    if (this.#line.length + this.#size > MAX_EVENT_IN_CHARACTERS) {
      throw new RangeError("An event of the stream has no end.");
    }
    return events;
  }

  #takeLine(line: string, events: ServerEvent[]): void {
    if (line === "") {
      if (this.#data.length > 0) {
        events.push({
          type: this.#type || "message",
          data: this.#data.join("\n"),
          id: this.#id,
        });
      }
      this.#data = [];
      this.#size = 0;
      this.#type = "";
      return;
    }
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    let value = colon < 0 ? "" : line.slice(colon + 1);
    if (value.startsWith(" ")) value = value.slice(1);
    // A line that begins with a colon is a comment: its field is empty.
    if (field === "data") {
      this.#data.push(value);
      this.#size += value.length + 1;
    } else if (field === "event") {
      this.#type = value;
    } else if (field === "id") {
      if (!value.includes("\0")) this.#id = value;
    } else if (field === "retry" && /^[0-9]+$/.test(value)) {
      this.#retry = Number(value);
    }
  }
}

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { EventStreamParser } from "../../src/core/sse.js";
import type { ServerEvent } from "../../src/core/sse.js";

const encoder = new TextEncoder();

function parse(...pieces: (string | Uint8Array)[]): ServerEvent[] {
  const parser = new EventStreamParser();
  return pieces.flatMap((piece) =>
    parser.push(typeof piece === "string" ? encoder.encode(piece) : piece),
  );
}

function message(data: string, id = "", type = "message"): ServerEvent {
  return { type, data, id };
}

describe("the examples of the standard", () => {
  it("reads three blocks of which one is a comment", () => {
    const stream =
      ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n";
    expect(parse(stream)).toEqual([
      message("first event", "1"),
      message("second event"),
      message(" third event"),
    ]);
  });

  it("reads empty data, and leaves out what no blank line ends", () => {
    expect(parse("data\n\ndata\ndata\n\ndata:")).toEqual([message(""), message("\n")]);
  });

  it("takes one space after the colon away", () => {
    expect(parse("data:test\n\ndata: test\n\n")).toEqual([
      message("test"),
      message("test"),
    ]);
  });

  it("joins several lines of data", () => {
    expect(parse("data: YHOO\ndata: +2\ndata: 10\n\n")).toEqual([
      message("YHOO\n+2\n10"),
    ]);
  });
});

it.each(["\n", "\r", "\r\n"])("knows the end of line %j", (end) => {
  const stream = ["event: done", "id: 7", "data: a", "", "data: b", "", ""].join(end);
  const expected = [message("a", "7", "done"), message("b", "7")];
  expect(parse(stream)).toEqual(expected);
  expect(parse(...Array.from(stream))).toEqual(expected);
});

it("ignores a byte order mark at the beginning only", () => {
  expect(parse("\ufeffdata: a\n\n\ufeffdata: b\n\n")).toEqual([message("a")]);
});

it("shows invalid UTF-8 as replacement characters and goes on", () => {
  const bytes = new Uint8Array([...encoder.encode("data: a"), 0xff, 0xc3, 10, 10]);
  expect(parse(bytes, "data: b\n\n")).toEqual([message("a\ufffd\ufffd"), message("b")]);
});

it("ignores unknown fields, ids with NUL, and waits that are no number", () => {
  const parser = new EventStreamParser();
  const stream =
    "id: 1\nid: 2\0\nretry: 3x\nfoo: bar\nDATA: x\ndata: y\n\nretry: 250\n";
  expect(parser.push(encoder.encode(stream))).toEqual([message("y", "1")]);
  expect(parser.retryInMilliseconds).toBe(250);
});

it("forgets the type of an event without data", () => {
  expect(parse("event: ended\n\ndata: a\n\n")).toEqual([message("a")]);
});

it("refuses an event without end", () => {
  const parser = new EventStreamParser();
  const piece = encoder.encode("x".repeat(300_000));
  const flood = (): void => {
    for (let index = 0; index < 5; index++) parser.push(piece);
  };
  expect(flood).toThrow(RangeError);
  const lines = new EventStreamParser();
  const line = encoder.encode(`data: ${"x".repeat(300_000)}\n`);
  expect(() => {
    for (let index = 0; index < 5; index++) lines.push(line);
  }).toThrow(RangeError);
});

const text = fc
  .string({ unit: "binary" })
  .map((value) => value.replace(/[\r\n\0]/g, " "));
const word = text
  .map((value) => value.trim())
  .filter((value) => !value.startsWith("\ufeff"));

it("finds what was written, however it is cut", () => {
  const event = fc.record({
    type: fc.constantFrom("message", "citizen", "done"),
    data: fc.array(text, { minLength: 1, maxLength: 4 }),
    id: word,
    end: fc.constantFrom("\n", "\r", "\r\n"),
    comment: fc.boolean(),
  });
  fc.assert(
    fc.property(
      fc.array(event, { maxLength: 6 }),
      fc.array(fc.nat({ max: 500 })),
      (events, cuts) => {
        const written = events.map(({ type, data, id, end, comment }) =>
          [
            ...(comment ? [": still here"] : []),
            `event: ${type}`,
            `id: ${id}`,
            ...data.map((line) => `data: ${line}`),
            "",
            "",
          ].join(end),
        );
        // A line of its own keeps CR of one event and LF of the next apart.
        const bytes = encoder.encode(written.join(": next\n"));
        const places = [...new Set([0, ...cuts, bytes.length])]
          .filter((place) => place <= bytes.length)
          .sort((a, b) => a - b);
        const pieces = places.map((place, index) =>
          bytes.slice(place, places[index + 1]),
        );
        expect(parse(...pieces)).toEqual(
          events.map(({ type, data, id }) => message(data.join("\n"), id, type)),
        );
      },
    ),
    { numRuns: 300 },
  );
});

it("never throws at any bytes, and finds the same in one piece and byte by byte", () => {
  const alphabet = fc.constantFrom(
    ...encoder.encode("\r\n:\0 data:id:x"),
    0xef,
    0xbb,
    0xbf,
    0xff,
  );
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 60 }),
      fc.array(alphabet),
      (noise, shaped) => {
        const bytes = new Uint8Array([...shaped, ...noise]);
        const single = Array.from(bytes, (byte) => new Uint8Array([byte]));
        expect(parse(...single)).toEqual(parse(bytes));
      },
    ),
    { numRuns: 500 },
  );
});

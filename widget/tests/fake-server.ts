/** A server of the chat over real HTTP, with all the ways in which one can fail. */

import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Said {
  readonly position: number;
  readonly speaker: "citizen" | "kumpel";
  readonly text: string;
  readonly language: string;
  readonly time: string;
  readonly messageId: string;
  readonly [field: string]: unknown;
}

export interface Refusal {
  readonly path: RegExp;
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

interface Talk {
  readonly said: Said[];
  readonly turns: Map<string, Promise<void>>;
  readonly troubles: Map<string, { trouble: string; text: string }>;
  readonly streams: Set<(event: string) => void>;
}

export type Answering = (text: string, service?: string) => object[];

export class FakeServer {
  readonly requests: {
    method: string;
    path: string;
    headers: IncomingMessage["headers"];
    body: Record<string, unknown>;
  }[] = [];
  readonly feedback: Record<string, unknown>[] = [];
  readonly talks = new Map<string, Talk>();
  /** Answered in this order before anything else. */
  refusals: Refusal[] = [];
  answer: Answering = (text) => [{ text: `Antwort auf ${text}` }];
  /** Trouble of the next turns. */
  troubles: { trouble: string; text: string }[] = [];
  pauseInMilliseconds = 0;
  /** Numbers of events after which the streams opened next break. */
  cuts: number[] = [];
  /** Writes each event of the stream this often. */
  copies = 1;
  /** Lets nothing of streams through. */
  isBuffering = false;
  /** Sends events one place later than they should be. */
  isShuffling = false;
  isFirstByteSent = true;
  heartbeatInMilliseconds = 20;
  /** Takes requests and never answers. */
  isHanging = false;
  #server: Server = createServer();
  #renewals = 0;
  #talks = 0;
  handled = 0;

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async start(port = 0): Promise<void> {
    this.#server = createServer((request, response) => {
      void this.#serve(request, response);
    });
    await new Promise<void>((resolve) => {
      this.#server.listen(port, "127.0.0.1", resolve);
    });
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  /** Breaks all connections, as when somebody walks into a lift. */
  cut(): void {
    this.#server.closeAllConnections();
  }

  requestsTo(path: string): number {
    return this.requests.filter((request) => request.path === path).length;
  }

  /** Deletes or lets expire. */
  endAll(event?: object): void {
    for (const { streams } of this.talks.values()) {
      for (const write of [...streams]) {
        if (event) write(`event: ended\ndata: ${JSON.stringify(event)}\n\n`);
      }
    }
    this.talks.clear();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? "";
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = chunks.length
      ? (JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>)
      : {};
    const { headers, method = "" } = request;
    this.requests.push({ method, path, headers, body });
    if (this.isHanging) return;
    const index = this.refusals.findIndex((one) => one.path.test(`${method} ${path}`));
    const [refusal] = index < 0 ? [] : this.refusals.splice(index, 1);
    if (refusal) {
      response.writeHead(refusal.status, refusal.headers).end(refusal.body);
      return;
    }
    const send = (status: number, content?: object): void => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(content && JSON.stringify(content));
    };
    if (method === "POST" && path === "/chat/conversations") {
      const id = `talk${++this.#talks}`;
      this.talks.set(id, {
        said: [],
        turns: new Map(),
        troubles: new Map(),
        streams: new Set(),
      });
      send(201, { conversation: `${id}.0` });
      return;
    }
    const named = body["conversation"] ?? headers["x-conversation"];
    const conversation = typeof named === "string" ? named : "";
    const id = conversation.split(".")[0] ?? "";
    const talk = this.talks.get(id);
    if (!talk) {
      const text = "Dieses Gespräch kenne ich nicht.";
      send(401, { error: { kind: "unknown_conversation", text } });
    } else if (method === "DELETE") {
      this.talks.delete(id);
      for (const write of [...talk.streams]) {
        const data = JSON.stringify({ text: "Gelöscht.", kind: "deleted" });
        write(`event: ended\ndata: ${data}\n\n`);
      }
      response.writeHead(204).end();
    } else if (path === "/chat/history") {
      send(200, { utterances: talk.said });
    } else if (path === "/chat/feedback") {
      this.feedback.push(body);
      response.writeHead(204).end();
    } else if (path === "/chat/events") {
      this.#stream(talk, Number(headers["last-event-id"] ?? 0), response);
    } else if (path === "/chat/messages") {
      await this.#receive(talk, id, body, headers["prefer"] === "respond-async", send);
    } else {
      send(404);
    }
  }

  async #receive(
    talk: Talk,
    id: string,
    body: Record<string, unknown>,
    isAsync: boolean,
    send: (status: number, content: object) => void,
  ): Promise<void> {
    const messageId = String(body["messageId"]);
    let turn = talk.turns.get(messageId);
    if (!turn) {
      turn = this.#turn(talk, id, messageId, body);
      talk.turns.set(messageId, turn);
    }
    const conversation = `${id}.${++this.#renewals}`;
    if (isAsync) {
      send(202, { messageId, conversation });
      return;
    }
    await turn;
    const messages: object[] = talk.said.filter(
      (one) => one.messageId === messageId && one.speaker === "kumpel",
    );
    const trouble = talk.troubles.get(messageId);
    if (trouble) {
      if (trouble.trouble === "busy") talk.turns.delete(messageId);
      send(200, {
        messages: [...messages, { text: trouble.text }],
        trouble: trouble.trouble,
        conversation,
      });
      talk.troubles.delete(messageId);
    } else {
      send(200, { messages, conversation });
    }
  }

  async #turn(
    talk: Talk,
    id: string,
    messageId: string,
    body: Record<string, unknown>,
  ): Promise<void> {
    await Promise.all(talk.turns.values());
    this.handled++;
    const { text: words, choice } = body as { text?: string; choice?: string };
    const text = words ?? choice ?? "";
    const metadata = body["metadata"] as { language: string; service?: string };
    const tell = (event: string, data: object, position?: number): void => {
      const idLine = position === undefined ? "" : `id: ${position}\n`;
      const lines = `event: ${event}\n${idLine}data: ${JSON.stringify(data)}\n\n`;
      for (const write of [...talk.streams]) write(lines);
    };
    const say = (speaker: Said["speaker"], content: object): void => {
      const said = {
        position: talk.said.length + 1,
        speaker,
        text: "",
        language: metadata.language,
        time: new Date().toISOString(),
        messageId,
        ...content,
      };
      talk.said.push(said);
      tell(speaker === "citizen" ? "citizen" : "message", said, said.position);
    };
    const trouble = this.troubles.shift();
    if (trouble?.trouble !== "busy") say("citizen", { text });
    tell("typing", { messageId });
    if (!trouble) {
      for (const message of this.answer(text, metadata.service)) {
        await new Promise((resolve) => setTimeout(resolve, this.pauseInMilliseconds));
        say("kumpel", message);
      }
    } else {
      talk.troubles.set(messageId, trouble);
    }
    tell("done", { messageId, conversation: `${id}.${++this.#renewals}`, ...trouble });
  }

  #stream(talk: Talk, after: number, response: ServerResponse): void {
    let left = this.cuts.shift() ?? Infinity;
    let held: string | undefined;
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.flushHeaders();
    const write = (lines: string): void => {
      if (this.isBuffering) return;
      if (left-- <= 0) {
        response.destroy();
        return;
      }
      if (
        this.isShuffling &&
        lines.startsWith("event: message") &&
        held === undefined
      ) {
        held = lines;
        return;
      }
      for (let copy = 0; copy < this.copies; copy++) response.write(lines);
      if (held !== undefined) response.write(held);
      held = undefined;
    };
    talk.streams.add(write);
    const beat = setInterval(() => {
      if (!this.isBuffering) response.write(": still here\n\n");
    }, this.heartbeatInMilliseconds);
    response.on("close", () => {
      clearInterval(beat);
      talk.streams.delete(write);
    });
    if (this.isFirstByteSent && !this.isBuffering) response.write(": here\n\n");
    for (const said of talk.said.slice(after)) {
      const event = said.speaker === "citizen" ? "citizen" : "message";
      write(`event: ${event}\nid: ${said.position}\ndata: ${JSON.stringify(said)}\n\n`);
    }
  }
}

/** A sessionStorage of one tab. */
export class FakeStorage {
  readonly values = new Map<string, string>();
  getItem(key: string): string | null {
    return this.values.get(key) ?? null;
  }
  setItem(key: string, value: string): void {
    this.values.set(key, value);
  }
  removeItem(key: string): void {
    this.values.delete(key);
  }
}

/** Waits until something holds; says what does not. */
export async function until(
  condition: () => boolean,
  what = condition.toString(),
  milliseconds = 15_000,
): Promise<void> {
  const end = Date.now() + milliseconds;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`Never came true: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

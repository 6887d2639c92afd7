import type { Board } from "./board.js";
import { Connection } from "./connection.js";
import type { ConnectionListener } from "./connection.js";
import { asServerError } from "./outbox.js";
import type { Outbox } from "./outbox.js";
import type { Timings } from "./pause.js";
import type { Session } from "./session.js";
import type { ServerEvent } from "./sse.js";
import type { Transport } from "./transport.js";
import { readEvent } from "./wire.js";

/** Where what is heard goes, and who must know of it. */
export interface ListeningHost {
  readonly session: Session;
  readonly board: Board;
  readonly outbox: Outbox;
  /** The server has answered. */
  reached(): void;
  /** There is no such conversation any more. */
  expired(text: string): void;
  /** The server has ended the conversation. */
  ended(text: string, isDeleted: boolean): void;
}

/** Hears what the server tells: by the event stream, else by the history. */
export class Listening {
  readonly #connection: Connection;
  #gapTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly host: ListeningHost,
    private readonly transport: Transport,
    private readonly timings: Timings,
    random: () => number,
  ) {
    this.#connection = new Connection(transport, this.#listener(), timings, random);
  }

  /** Whether bytes arrive on the stream that is open now. */
  get isProven(): boolean {
    return this.#connection.isProven;
  }

  open(): void {
    this.#connection.open();
  }

  close(): void {
    clearTimeout(this.#gapTimer);
    this.#gapTimer = undefined;
    this.#connection.close();
  }

  /** Tries again now if it is waiting. */
  wake(): void {
    this.#connection.wake();
  }

  /** Takes in what the stream could not bring. */
  async catchUp(): Promise<void> {
    const { host } = this;
    const { session, board } = host;
    const { id, life } = session;
    if (id === undefined) {
      host.reached();
      board.publish();
      return;
    }
    try {
      const history = await this.transport.history(id);
      if (life !== session.life) return;
      host.reached();
      board.take(history);
      board.publish();
    } catch (cause) {
      const error = asServerError(cause);
      if (life !== session.life) return;
      if (error.isGone) host.expired(error.text);
      else if (error.kind === "offline") board.goOffline();
    }
  }

  #listener(): ConnectionListener {
    const { host } = this;
    const { session, board, outbox } = host;
    return {
      place: () => {
        const { id } = session;
        return id === undefined
          ? undefined
          : { conversation: id, position: board.transcript.position };
      },
      opened: () => {
        host.reached();
        board.publish();
      },
      received: (event) => this.#receive(event),
      lost: async (failures, error) => {
        board.typing.clear();
        outbox.streamLost();
        board.publish();
        // A short break is nobody's concern: the stream is back in a second.
        if (failures > 1 || error.kind === "blocked") await this.catchUp();
      },
      gone: (error) => host.expired(error.text),
    };
  }

  #receive(event: ServerEvent): void {
    const { host } = this;
    const { session, board, outbox } = host;
    const news = readEvent(event, this.transport.server);
    switch (news?.kind) {
      case "utterance":
        outbox.sign(news.utterance.messageId);
        board.take([news.utterance]);
        this.#fillGap();
        break;
      case "typing":
        outbox.sign(news.messageId);
        board.typing.add(news.messageId);
        board.publish();
        break;
      case "done":
        if (news.conversation) session.adopt(news.conversation);
        board.typing.delete(news.messageId);
        outbox.done(news.messageId, news.outcome);
        board.publish();
        break;
      case "ended":
        host.ended(news.text, news.isDeleted);
    }
  }

  /** Asks for what is missing where the stream does not bring it soon. */
  #fillGap(): void {
    const { transcript } = this.host.board;
    if (this.#gapTimer || !transcript.hasGap) return;
    this.#gapTimer = setTimeout(() => {
      this.#gapTimer = undefined;
      if (transcript.hasGap) void this.catchUp();
    }, this.timings.gap);
  }
}

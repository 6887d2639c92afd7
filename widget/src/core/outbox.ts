import { Pause, backoff } from "./pause.js";
import type { Timings } from "./pause.js";
import { ServerError } from "./transport.js";
import type { OutgoingMessage, Transport } from "./transport.js";
import type { Outcome, Utterance } from "./wire.js";

/** Whom an outbox asks for the conversation, and tells how messages fare. */
export interface OutboxHost {
  readonly service: string | undefined;
  /** Whether answers arrive by the event stream. */
  readonly isStreaming: boolean;
  /** Returns the conversation's id; begins one where there is none. */
  conversation(): Promise<string>;
  /** The server has taken the message; the id may be a renewed one. */
  taken(messageId: string, conversation: string | undefined): void;
  answered(utterances: readonly Utterance[]): void;
  /** The turn is over. */
  finished(messageId: string, outcome: Outcome): void;
  failed(messageId: string, error: ServerError): void;
  /** The conversation that was used is over; the next one takes the message. */
  expired(conversation: string | undefined): void;
  offline(): void;
  /** The server asks for patience. */
  limited(error: ServerError, waitInMilliseconds: number): void;
  /** The time of patience is over. */
  unlimited(): void;
}

interface Item extends OutgoingMessage {
  readonly settle: () => void;
}

/** A message that the server has taken, and whose answer comes by the stream. */
interface Turn {
  readonly messageId: string;
  /** Undefined: nothing came, ask for the answer. */
  readonly end: Promise<Outcome | undefined>;
  readonly finish: (outcome: Outcome | undefined) => void;
  timer: ReturnType<typeof setTimeout> | undefined;
}

/** Troubles at which nothing has happened yet, so that sending again helps. */
const PASSING_TROUBLES = new Set(["busy", "starting"]);

const MAX_RECOVERIES = 4;
const MAX_LIMITS = 4;
const MAX_PASSING = 3;
const MAX_REFUSALS = 2;
const MAX_EXPIRIES = 2;

/**
 * Sends messages one after the other, each until it is answered or has failed.
 *
 * The server handles a message id once, however often it comes: so whatever breaks,
 * sending the same message again without `respond-async` brings its answer.
 */
export class Outbox {
  #queue: Item[] = [];
  #isRunning = false;
  #turn: Turn | undefined;
  readonly #pause = new Pause();
  readonly #patience = new Pause();

  constructor(
    private readonly transport: Transport,
    private readonly host: OutboxHost,
    private readonly timings: Timings,
    private readonly random: () => number,
  ) {}

  /** The messages that are not answered yet, in order. */
  get messageIds(): readonly string[] {
    return this.#queue.map(({ messageId }) => messageId);
  }

  /** Queues a message; resolves when it is answered, has failed or was cleared. */
  add(message: OutgoingMessage): Promise<void> {
    return new Promise((settle) => {
      this.#queue.push({ ...message, settle });
      void this.#run();
    });
  }

  /** The stream has shown that the server works on a message. */
  sign(messageId: string | undefined): void {
    if (this.#turn?.timer && this.#turn.messageId === messageId) {
      this.#waitFor(this.#turn, this.timings.answer);
    }
  }

  /** The stream has told the end of a turn. */
  done(messageId: string, outcome: Outcome): void {
    if (this.#turn?.messageId === messageId) this.#turn.finish(outcome);
  }

  /** The stream broke: what it would have brought is asked for. */
  streamLost(): void {
    if (this.#turn?.timer) this.#turn.finish(undefined);
  }

  /** Tries again now if it is waiting for the network. */
  wake(): void {
    this.#pause.wake();
  }

  /** Forgets all messages. */
  clear(): void {
    for (const { settle } of this.#queue.splice(0)) settle();
    this.#turn?.finish(undefined);
    this.#pause.wake();
    this.#patience.wake();
  }

  async #run(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    for (let item = this.#queue[0]; item; item = this.#queue[0]) {
      const error = await this.#deliver(item);
      if (error) this.#fail(item, error);
      else this.#remove(item);
    }
    this.#isRunning = false;
  }

  /** Without a network the ones behind it would fail as well, a minute later each. */
  #fail(item: Item, error: ServerError): void {
    const failed = error.isOffline ? [...this.#queue] : [item];
    for (const one of failed) {
      if (!this.#queue.includes(one)) continue;
      this.#remove(one, () => this.host.failed(one.messageId, error));
    }
  }

  #remove(item: Item, tell?: () => void): void {
    this.#queue = this.#queue.filter((other) => other !== item);
    tell?.();
    item.settle();
  }

  /** Returns why the message failed, or undefined once its turn is over. */
  async #deliver(item: Item): Promise<ServerError | undefined> {
    const { messageId } = item;
    const until = Date.now() + this.timings.delivery;
    let mayStream = true;
    let failures = 0;
    const counts = { recoveries: 0, limits: 0, passing: 0, refusals: 0, expiries: 0 };
    while (this.#queue.includes(item)) {
      let conversation: string | undefined;
      try {
        conversation = await this.host.conversation();
        if (!this.#queue.includes(item)) break;
        const outcome = await this.#send(item, conversation, mayStream);
        if (!this.#queue.includes(item)) break;
        if (outcome === undefined) {
          mayStream = false;
          if (++counts.recoveries > MAX_RECOVERIES)
            return new ServerError("garbled", "", 200);
        } else if (outcome.trouble === "ended_conversation") {
          throw new ServerError(outcome.trouble, outcome.text, 401);
        } else if (PASSING_TROUBLES.has(outcome.trouble ?? "")) {
          if (++counts.passing > MAX_PASSING) {
            return new ServerError(outcome.trouble ?? "", outcome.text, 200);
          }
          await this.#pause.wait(
            backoff(counts.passing + 1, this.timings, this.random),
          );
        } else {
          this.#remove(item, () => this.host.finished(messageId, outcome));
          return undefined;
        }
      } catch (cause) {
        if (!this.#queue.includes(item)) break;
        const error = asServerError(cause);
        if (error.isGone && ++counts.expiries <= MAX_EXPIRIES) {
          this.host.expired(conversation);
        } else if (error.isLimit && ++counts.limits <= MAX_LIMITS) {
          const wait =
            error.waitInMilliseconds ??
            backoff(counts.limits + 1, this.timings, this.random);
          if (wait > this.timings.longestLimit) return error;
          this.host.limited(error, wait);
          await this.#patience.wait(wait);
          this.host.unlimited();
        } else if (error.isOffline && Date.now() < until) {
          if (error.kind === "offline") this.host.offline();
          await this.#pause.wait(backoff(++failures, this.timings, this.random));
        } else if (error.status >= 500 && ++counts.refusals <= MAX_REFUSALS) {
          await this.#pause.wait(backoff(counts.refusals, this.timings, this.random));
        } else {
          return error;
        }
      }
    }
    return undefined;
  }

  /** Sends it once; returns how its turn ended, undefined if nobody told. */
  async #send(
    item: Item,
    conversation: string,
    mayStream: boolean,
  ): Promise<Outcome | undefined> {
    const turn = beginTurn(item.messageId);
    this.#turn = turn;
    try {
      const { host } = this;
      const isAsync = mayStream && host.isStreaming;
      const reply = await this.transport.send(
        conversation,
        item,
        host.service,
        isAsync,
      );
      if (!this.#queue.includes(item)) return undefined;
      host.taken(item.messageId, reply.conversation);
      if (reply.messages) {
        const { trouble } = reply.outcome;
        const passes = PASSING_TROUBLES.has(trouble ?? "");
        const text = reply.messages.at(-1)?.text;
        // Its sentence stays unsaid while sending again may bring the answer.
        host.answered(passes ? [] : reply.messages);
        return { ...reply.outcome, ...(passes && text && { text }) };
      }
      if (host.isStreaming) this.#waitFor(turn, this.timings.sign);
      else turn.finish(undefined);
      return await turn.end;
    } finally {
      clearTimeout(turn.timer);
      this.#turn = undefined;
    }
  }

  #waitFor(turn: Turn, milliseconds: number): void {
    clearTimeout(turn.timer);
    turn.timer = setTimeout(() => turn.finish(undefined), milliseconds);
  }
}

function beginTurn(messageId: string): Turn {
  let finish!: Turn["finish"];
  const end = new Promise<Outcome | undefined>((resolve) => {
    finish = resolve;
  });
  return { messageId, end, finish, timer: undefined };
}

/** Anything else is a fault of ours, which must not leave a message unanswered. */
export function asServerError(cause: unknown): ServerError {
  return cause instanceof ServerError ? cause : new ServerError("failed", "", 400);
}

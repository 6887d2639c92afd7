import type { ServerError } from "./transport.js";
import type { Notice, NoticeKind, Phase } from "./types.js";

/** Notices that a new message, or their own button, takes away. */
const PASSING: readonly NoticeKind[] = [
  "empty",
  "too_long",
  "refused",
  "failed",
  "trouble",
  "ended",
  "expired",
];

/** How the conversation stands, beside what was said in it. */
export class Status {
  isStarting = false;
  isEnded = false;
  #isOffline = false;
  #isLimited = false;
  #notice: Notice | undefined;

  get notice(): Notice | undefined {
    return this.#notice;
  }

  /**
   * @param isBusy Whether an answer is awaited.
   * @param hasConversation Whether there is one to go on with.
   */
  phase(isBusy: boolean, hasConversation: boolean): Phase {
    if (this.isEnded) return "ended";
    if (this.#isOffline) return "offline";
    if (this.#isLimited) return "limited";
    if (this.isStarting) return "starting";
    if (isBusy) return "waiting";
    return hasConversation ? "ready" : "idle";
  }

  /** Says something beside the transcript, in place of what was said before. */
  say(kind: NoticeKind, text: string, until?: number): void {
    this.#notice = { kind, text, ...(until !== undefined && { until }) };
  }

  /** Takes away what does not go on; returns whether there was something. */
  dropPassing(): boolean {
    return this.#drop(PASSING);
  }

  goOffline(kind: NoticeKind, text: string): void {
    this.#isOffline = true;
    this.say(kind, text);
  }

  /** Returns whether it was offline. */
  goOnline(): boolean {
    const wasOffline = this.#isOffline;
    this.#isOffline = false;
    if (wasOffline) this.#drop(["offline", "failed"]);
    return wasOffline;
  }

  limit(error: ServerError, text: string, until: number): void {
    this.#isLimited = true;
    this.say(noticeKindOf(error), text, until);
  }

  /** The server's patience is back. */
  unlimit(): void {
    this.#isLimited = false;
    this.#drop(["too_many", "busy"]);
  }

  #drop(kinds: readonly NoticeKind[]): boolean {
    const isDropped = this.#notice !== undefined && kinds.includes(this.#notice.kind);
    if (isDropped) this.#notice = undefined;
    return isDropped;
  }
}

/** Returns what kind of notice tells of a message that failed. */
export function noticeKindOf(error: ServerError): NoticeKind {
  if (error.kind === "empty" || error.kind === "too_long") return error.kind;
  if (error.status === 413) return "too_long";
  if (error.status === 429) return "too_many";
  if (error.status === 503) return "busy";
  return error.text && error.status >= 400 && error.status < 500 ? "refused" : "failed";
}

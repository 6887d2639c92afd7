import { afterEach, beforeEach, expect } from "vitest";

import { Conversation } from "../../src/core/conversation.js";
import type { ConversationOptions } from "../../src/core/conversation.js";
import { FakeServer, FakeStorage, sleep, until } from "../fake-server.js";
import { GERMAN_TEXTS } from "../german-texts.js";

/** Times that let a test be short. */
export const FAST = {
  heartbeat: 2_000,
  firstByte: 2_000,
  firstBlocked: 10_000,
  longestBlocked: 20_000,
  gap: 100,
  request: 5_000,
  answer: 5_000,
  sign: 500,
  delivery: 20_000,
  firstBackoff: 10,
  longestBackoff: 50,
  longestLimit: 3_000,
};

export let server: FakeServer;
let open: Conversation[];

beforeEach(async () => {
  server = new FakeServer();
  open = [];
  await server.start();
});

afterEach(async () => {
  for (const conversation of open) conversation.close();
  await server.stop();
});

export function converse(options: Partial<ConversationOptions> = {}): Conversation {
  const conversation = new Conversation({
    server: server.address,
    language: "de",
    texts: GERMAN_TEXTS,
    storage: new FakeStorage(),
    page: new EventTarget(),
    ...options,
    timings: { ...FAST, ...options.timings },
  });
  open.push(conversation);
  return conversation;
}

export async function started(
  options: Partial<ConversationOptions> = {},
): Promise<Conversation> {
  const conversation = converse(options);
  await conversation.start();
  await until(() => server.requestsTo("/chat/events") > 0);
  await sleep(30);
  return conversation;
}

export function told(conversation: Conversation): string[] {
  return conversation.state.entries.map(({ speaker, text }) =>
    speaker === "citizen" ? `> ${text}` : text,
  );
}

export function announcementsOf(conversation: Conversation): string[] {
  const heard: string[] = [];
  let last = 0;
  conversation.addEventListener("change", () => {
    const { announcement } = conversation.state;
    if (announcement && announcement.id !== last) {
      expect(announcement.id).toBe(last + 1);
      last = announcement.id;
      heard.push(announcement.text);
    }
  });
  return heard;
}

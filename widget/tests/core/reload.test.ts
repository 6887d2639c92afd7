import { expect, it } from "vitest";

import { FakeStorage, until } from "../fake-server.js";
import { converse, server, started, told } from "./conversing.js";

it("shows after a reload how answers were rated", async () => {
  const storage = new FakeStorage();
  const first = await started({ storage });
  await first.send("Eins");
  await first.send("Zwei");
  await first.rate(2, "up");
  await first.rate(4, "down");
  await first.rate(4, null);
  first.close();
  const second = await started({ storage });
  const ratings = second.state.entries.map(({ rating }) => rating);
  expect(ratings).toEqual([undefined, "up", undefined, undefined]);
});

it("takes no rating over into another conversation", async () => {
  const storage = new FakeStorage();
  const first = await started({ storage });
  await first.send("Eins");
  await first.rate(2, "up");
  first.close();
  server.endAll();
  const second = await started({ storage });
  await second.send("Zwei");
  expect(second.state.entries.map(({ rating }) => rating)).not.toContain("up");
});

it("sends after a reload what was on its way, once", async () => {
  const storage = new FakeStorage();
  const first = await started({ storage });
  server.isHanging = true;
  void first.send("Unterwegs");
  void first.send("Dahinter");
  await until(() => server.requestsTo("/chat/messages") > 0);
  first.close();
  server.isHanging = false;
  const second = await started({ storage });
  await until(() => second.state.pending.messageIds.length === 0);
  const expected = [
    "> Unterwegs",
    "Antwort auf Unterwegs",
    "> Dahinter",
    "Antwort auf Dahinter",
  ];
  expect(told(second)).toEqual(expected);
  expect(server.handled).toBe(2);
  second.close();
  const third = await started({ storage });
  expect(told(third)).toEqual(expected);
  expect(server.handled).toBe(2);
});

it("keeps even the first message, whose conversation is not begun yet", async () => {
  const storage = new FakeStorage();
  server.isHanging = true;
  const first = converse({ storage });
  void first.send("Hallo");
  await until(() => server.requestsTo("/chat/conversations") > 0);
  first.close();
  server.isHanging = false;
  const second = converse({ storage });
  expect(second.isStored).toBe(true);
  await second.start();
  await until(() => told(second).includes("Antwort auf Hallo"));
  expect(told(second)).toEqual(["> Hallo", "Antwort auf Hallo"]);
});

it("does not let the server answer twice what it has answered already", async () => {
  const storage = new FakeStorage();
  const first = await started({ storage });
  server.pauseInMilliseconds = 200;
  void first.send("Lange Frage");
  await until(() => server.handled > 0);
  first.close();
  const second = await started({ storage });
  await until(() => second.state.pending.messageIds.length === 0);
  await until(() => told(second).length === 2);
  expect(told(second)).toEqual(["> Lange Frage", "Antwort auf Lange Frage"]);
  expect(server.handled).toBe(1);
});

it("leaves to the citizen what has failed, or is old", async () => {
  const storage = new FakeStorage();
  const first = await started({ storage });
  server.refusals = [{ path: /messages/, status: 400 }];
  await first.send("Verboten");
  expect(first.state.entries[0]?.delivery).toBe("failed");
  server.isHanging = true;
  void first.send("Von gestern");
  await until(() => server.requestsTo("/chat/messages") > 1);
  first.close();
  server.isHanging = false;
  const tomorrow = (): number => Date.now() + 86_400_000;
  const second = await started({ storage, now: tomorrow });
  expect(second.state.entries).toMatchObject([
    { text: "Verboten", delivery: "failed" },
    { text: "Von gestern", delivery: "failed" },
  ]);
  expect(server.handled).toBe(0);
  await second.retry(second.state.entries[0]?.messageId ?? "");
  expect(told(second)).toContain("Antwort auf Verboten");
});

it("forgets what was not sent when the conversation is deleted", async () => {
  const storage = new FakeStorage();
  const first = await started({ storage });
  server.refusals = [{ path: /messages/, status: 400 }];
  await first.send("Verboten");
  await first.end();
  first.close();
  expect([...storage.values.values()].join("")).not.toContain("Verboten");
  expect(converse({ storage }).isStored).toBe(false);
});

it.each(["{", "[1, null, {}]", '[{"messageId": "m-1", "content": {}}]', "7"])(
  "survives %s where it has kept something",
  async (garbage) => {
    const storage = new FakeStorage();
    storage.setItem(`kumpel:${server.address}:unsent`, garbage);
    storage.setItem(`kumpel:${server.address}:ratings`, garbage);
    const conversation = await started({ storage });
    await conversation.send("Hallo");
    expect(told(conversation)).toEqual(["> Hallo", "Antwort auf Hallo"]);
  },
);

import { describe, expect, it } from "vitest";

import { sleep, until } from "../fake-server.js";
import { announcementsOf, converse, server, started, told } from "./conversing.js";

describe("a network that breaks", () => {
  it("resumes in the middle of an answer, nothing twice, nothing lost", async () => {
    server.answer = () => [{ text: "eins" }, { text: "zwei" }, { text: "drei" }];
    server.pauseInMilliseconds = 30;
    server.cuts = [3];
    const conversation = await started();
    const heard = announcementsOf(conversation);
    await conversation.send("Zähle");
    expect(told(conversation)).toEqual(["> Zähle", "eins", "zwei", "drei"]);
    expect(heard).toEqual(["Kumpel: eins.", "zwei.", "drei."]);
    expect(server.handled).toBe(1);
  });

  it("goes on after all connections were cut while nobody spoke", async () => {
    const conversation = await started();
    await conversation.send("eins");
    server.cut();
    await until(() => server.requestsTo("/chat/events") > 1);
    const resumed = server.requests
      .filter(({ path }) => path === "/chat/events")
      .at(-1);
    expect(resumed?.headers["last-event-id"]).toBe("2");
    await conversation.send("zwei");
    expect(conversation.state.entries).toHaveLength(4);
  });

  it("shows each utterance once where events come twice", async () => {
    server.copies = 2;
    const conversation = await started();
    await conversation.send("eins");
    await conversation.send("zwei");
    expect(told(conversation)).toHaveLength(4);
  });

  it("orders by position where events come out of order", async () => {
    server.isShuffling = true;
    server.answer = () => [{ text: "eins" }, { text: "zwei" }, { text: "drei" }];
    const conversation = await started();
    await conversation.send("Zähle");
    await until(() => conversation.state.entries.length === 4);
    expect(told(conversation)).toEqual(["> Zähle", "eins", "zwei", "drei"]);
  });

  it("asks the history where the stream leaves something out", async () => {
    const conversation = await started();
    const [talk] = server.talks.values();
    const said = ["a", "b", "c"].map((text, index) => ({
      position: index + 1,
      speaker: "kumpel" as const,
      text,
      language: "de",
      time: new Date().toISOString(),
      messageId: "",
    }));
    talk?.said.push(...said);
    for (const write of talk?.streams ?? []) {
      write(`event: message\nid: 3\ndata: ${JSON.stringify(said[2])}\n\n`);
    }
    await until(() => conversation.state.entries.length === 3);
    expect(told(conversation)).toEqual(["a", "b", "c"]);
  });

  it("answers in the reply where a proxy holds the stream back", async () => {
    server.isBuffering = true;
    const conversation = await started({ timings: { firstByte: 300 } });
    await conversation.send("eins");
    await sleep(400);
    await conversation.send("zwei");
    expect(told(conversation)).toEqual([
      "> eins",
      "Antwort auf eins",
      "> zwei",
      "Antwort auf zwei",
    ]);
    expect(conversation.state.phase).toBe("ready");
    const posts = server.requests.filter(({ path }) => path === "/chat/messages");
    expect(posts.map(({ headers }) => headers["prefer"])).toEqual([
      undefined,
      undefined,
    ]);
    expect(server.requestsTo("/chat/events")).toBe(1);
  });

  it("asks for the answer where the stream falls silent after the message", async () => {
    const conversation = await started();
    server.isBuffering = true;
    await conversation.send("eins");
    expect(told(conversation)).toEqual(["> eins", "Antwort auf eins"]);
    expect(server.handled).toBe(1);
  });

  it("takes a stream without heartbeat for dead and opens another", async () => {
    const conversation = await started({ timings: { heartbeat: 300 } });
    server.isBuffering = true;
    await until(() => server.requestsTo("/chat/events") > 1);
    server.isBuffering = false;
    expect(conversation.state.phase).toBe("ready");
  });

  it("reports being offline, and sends by itself once the server is back", async () => {
    const conversation = await started();
    const { port } = server;
    await server.stop();
    const sent = conversation.send("Hallo?");
    await until(() => conversation.state.phase === "offline");
    expect(conversation.state.notice?.kind).toBe("offline");
    expect(conversation.state.entries[0]?.delivery).toBe("sending");
    await sleep(100);
    await server.start(port);
    await sent;
    expect(told(conversation)).toEqual(["> Hallo?", "Antwort auf Hallo?"]);
    await until(() => conversation.state.phase === "ready");
    expect(conversation.state.notice).toBeUndefined();
  });

  it("gives up after a time, and retries under the same id", async () => {
    const page = new EventTarget();
    const conversation = await started({ page, timings: { delivery: 100 } });
    const { port } = server;
    await server.stop();
    await Promise.all([conversation.send("eins"), conversation.send("zwei")]);
    const { entries } = conversation.state;
    expect(entries.map(({ delivery }) => delivery)).toEqual(["failed", "failed"]);
    await server.start(port);
    page.dispatchEvent(new Event("online"));
    await until(() => conversation.state.phase === "ready");
    const messageId = entries[0]?.messageId ?? "";
    await conversation.retry(messageId);
    expect(told(conversation)).toEqual(["> eins", "Antwort auf eins", "> zwei"]);
    expect(conversation.state.entries[0]?.messageId).toBe(messageId);
    await conversation.retry("no such message");
    expect(server.handled).toBe(1);
  });

  it("does not count choices as used whose message failed", async () => {
    server.answer = () => [{ text: "?", buttons: [{ title: "Ja", choice: "~ja" }] }];
    const conversation = await started();
    await conversation.send("Frage");
    server.refusals = [
      {
        path: /messages/,
        status: 400,
        body: '{"error":{"kind":"stale_choice","text":"Gilt nicht mehr."}}',
      },
    ];
    await conversation.choose("~ja", "Ja");
    expect(conversation.state.entries[2]?.delivery).toBe("failed");
    expect(conversation.state.entries[1]).not.toHaveProperty("isUsed");
    expect(conversation.state.notice).toEqual({
      kind: "refused",
      text: "Gilt nicht mehr.",
    });
  });

  it("waits as long as the server asks, and says until when", async () => {
    const conversation = await started();
    server.refusals = [
      { path: /messages/, status: 503, headers: { "retry-after": "1" } },
    ];
    const start = Date.now();
    const sent = conversation.send("Hallo");
    await until(() => conversation.state.phase === "limited");
    const { notice } = conversation.state;
    expect(notice?.kind).toBe("busy");
    expect(notice?.until).toBeGreaterThan(start + 900);
    await sent;
    expect(Date.now() - start).toBeGreaterThan(950);
    expect(told(conversation)).toHaveLength(2);
    expect(conversation.state.phase).toBe("ready");
    expect(conversation.state.notice).toBeUndefined();
  });

  it("fails kindly where the wait would be too long", async () => {
    const conversation = await started();
    const error = { error: { kind: "too_many", text: "Bitte warten." } };
    server.refusals = [
      {
        path: /messages/,
        status: 429,
        headers: { "retry-after": "3600" },
        body: JSON.stringify(error),
      },
    ];
    await conversation.send("Hallo");
    expect(conversation.state.entries[0]?.delivery).toBe("failed");
    expect(conversation.state.notice).toEqual({
      kind: "too_many",
      text: "Bitte warten.",
    });
  });

  it("survives garbage in replies, in the history and on the stream", async () => {
    const garbage = [
      "<html>",
      "[]",
      "null",
      '{"messages": 7}',
      '{"messages": [7, {}]}',
    ];
    const conversation = await started();
    const [talk] = server.talks.values();
    for (const write of talk?.streams ?? []) {
      write("event: message\nid: x\ndata: {}\n\n");
      write("event: message\nid: 1\ndata: nonsense\n\n");
      write("event: done\ndata: {}\n\nevent: what\ndata\n\n\0\u{1f600}\n\n");
    }
    server.refusals = garbage.map((body) => ({ path: /messages/, status: 200, body }));
    await conversation.send("Hallo");
    expect(conversation.state.phase).toBe("ready");
    server.refusals = [];
    await conversation.send("Noch da?");
    expect(told(conversation)).toContain("Antwort auf Noch da?");
  });

  it("does not wait for ever for a reply that never ends", async () => {
    const conversation = await started({
      timings: { request: 700, answer: 700, delivery: 500 },
    });
    server.isHanging = true;
    await conversation.send("Hallo");
    expect(conversation.state.entries[0]?.delivery).toBe("failed");
    expect(conversation.state.notice?.kind).toBe("failed");
  });

  it("sends again by itself where the server was busy", async () => {
    server.troubles = [{ trouble: "busy", text: "Moment bitte." }];
    server.isBuffering = true;
    const conversation = await started();
    await conversation.send("Hallo");
    expect(told(conversation)).toEqual(["> Hallo", "Antwort auf Hallo"]);
  });

  it.each([true, false])(
    "tells of trouble with streaming blocked: %s",
    async (isBuffering) => {
      server.isBuffering = isBuffering;
      server.troubles = [{ trouble: "timeout", text: "Das dauert zu lange." }];
      const conversation = await started();
      const heard = announcementsOf(conversation);
      await conversation.send("Hallo");
      expect(told(conversation)).toEqual(["> Hallo", "Das dauert zu lange."]);
      expect(heard).toEqual(["Kumpel: Das dauert zu lange."]);
    },
  );

  it("tries a stream that is held back again, after pauses that grow", async () => {
    server.isBuffering = true;
    const timings = { firstByte: 20, firstBlocked: 60, longestBlocked: 240 };
    const conversation = await started({ timings, random: () => 1 });
    const times: number[] = [];
    for (let tries = 2; tries <= 5; tries++) {
      await until(() => server.requestsTo("/chat/events") >= tries);
      times.push(Date.now());
    }
    const pauses = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    // 120, 240 and 240, and each time 20 until it counts as held back.
    expect(pauses[0]).toBeGreaterThan(110);
    expect(pauses[1]).toBeGreaterThan(230);
    server.isBuffering = false;
    server.requests.length = 0;
    await until(() => server.requestsTo("/chat/events") > 0);
    await sleep(50);
    await conversation.send("Hallo");
    const sent = server.requests.find(({ path }) => path === "/chat/messages");
    expect(sent?.headers["prefer"]).toBe("respond-async");
  });

  it("says that the start fails, and starts once it can", async () => {
    server.refusals = [
      { path: /conversations/, status: 500 },
      { path: /conversations/, status: 503 },
    ];
    const conversation = converse();
    const phases = new Set<string>();
    conversation.addEventListener("change", () => phases.add(conversation.state.phase));
    await conversation.start();
    expect([...phases]).toEqual(["starting", "offline", "limited", "ready"]);
    expect(conversation.state.notice).toBeUndefined();
  });
});

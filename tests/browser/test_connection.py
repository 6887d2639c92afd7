"""Nothing twice, nothing lost, in order, whatever the line does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from chat_page import Chat, Visit
from cuttable_proxy import CuttableProxy
from playwright.sync_api import BrowserContext, expect

from bench.widget.scripted_channel import ScriptedChannel, Turn, says

pytestmark = pytest.mark.browser


@pytest.fixture
def proxy(channel: ScriptedChannel) -> Iterator[CuttableProxy]:
    started = CuttableProxy(channel.port)
    started.start()
    yield started
    started.stop()


def _order(chat: Chat) -> list[str]:
    return re.findall(r"Teil \d+", chat.text)


def test_an_answer_cut_in_the_middle_is_completed_once(
    channel: ScriptedChannel,
    proxy: CuttableProxy,
    make_context: Callable[..., BrowserContext],
) -> None:
    page = make_context().new_page()
    address = channel.page("<main><h1>Stadt</h1></main><kumpel-chat></kumpel-chat>")
    page.goto(address.replace(str(channel.port), str(proxy.port)))
    chat = Chat(page).open()
    chat.send("Hallo").shows("Antwort auf: Hallo")
    parts = [{"text": f"Teil {number} der Antwort."} for number in range(1, 7)]
    channel.will(Turn(parts, gap_in_seconds=0.15))
    chat.send("Bitte alles").shows("Teil 2")
    # In the middle of an event's bytes, not between two.
    proxy.cut_after(40)
    page.wait_for_timeout(1_200)
    proxy.restore()
    expect(chat.transcript).to_contain_text("Teil 6")
    page.wait_for_timeout(500)
    assert _order(chat) == [f"Teil {number}" for number in range(1, 7)]
    heard = re.findall(r"Teil \d+", " ".join(chat.said))
    assert heard == [f"Teil {number}" for number in range(1, 7)]


def test_a_message_written_offline_is_sent_once_the_line_is_back(
    visit: Visit, channel: ScriptedChannel
) -> None:
    chat = visit().open().send("Hallo").shows("Antwort auf: Hallo")
    channel.cut()
    expect(chat.element).to_contain_text("Keine Verbindung")
    chat.send("Im Tunnel geschrieben")
    chat.page.wait_for_timeout(500)
    channel.restore()
    again = chat.button("Erneut senden")
    answered = chat.transcript.get_by_text("Antwort auf: Im Tunnel geschrieben")
    expect(again.or_(answered).first).to_be_visible(timeout=20_000)
    if again.is_visible():
        again.click()
    expect(answered).to_be_visible(timeout=10_000)
    chat.page.wait_for_timeout(500)
    assert chat.text.count("Antwort auf: Im Tunnel") == 1
    ids = {
        body["messageId"]
        for body in channel.sent()
        if body.get("text") == "Im Tunnel geschrieben"
    }
    assert len(ids) == 1


def test_a_refused_message_is_named_and_can_be_sent_again(
    visit: Visit, channel: ScriptedChannel
) -> None:
    chat = visit().open().send("Hallo").shows("Antwort auf: Hallo")
    wrong = Turn(refusal=(500, "failed", "Da ist bei mir etwas schiefgegangen."))
    channel.will(*[wrong] * 8)
    chat.send("Noch etwas").shows("Nicht gesendet")
    channel.forget_turns()
    chat.button("Erneut senden").click()
    chat.shows("Antwort auf: Noch etwas")
    assert chat.text.count("Antwort auf: Noch etwas") == 1


def test_a_broken_stream_is_resumed_without_a_gap(
    visit: Visit, channel: ScriptedChannel
) -> None:
    chat = visit().open().send("Hallo").shows("Antwort auf: Hallo")
    for number in range(1, 4):
        channel.break_streams()
        channel.say({"text": f"Teil {number}."})
    chat.shows("Teil 3.")
    assert _order(chat) == ["Teil 1", "Teil 2", "Teil 3"]
    since = [method for method, path, _ in channel.requests if path == "/chat/events"]
    assert len(since) >= 2


def test_without_a_stream_the_answer_comes_with_the_request(
    visit: Visit, channel: ScriptedChannel
) -> None:
    channel.has_streams = False
    channel.will(says("Erste Antwort."), says("Zweite Antwort."))
    chat = visit().open().send("Eins")
    expect(chat.transcript).to_contain_text("Erste Antwort.")
    chat.send("Zwei")
    expect(chat.transcript).to_contain_text("Zweite Antwort.")
    text = chat.text
    assert text.count("Erste Antwort.") == text.count("Zweite Antwort.") == 1


def test_nonsense_in_the_stream_harms_nothing(
    visit: Visit, channel: ScriptedChannel
) -> None:
    chat = visit().open().send("Hallo").shows("Antwort auf: Hallo")
    for frame in (
        b"event: message\nid: 99\ndata: {broken\n\n",
        b"event: message\ndata: null\n\n",
        b"event: message\nid: x\ndata: []\n\n",
        b"event: unknown\ndata: {}\n\n",
        b"event: done\ndata: 7\n\n",
        b"\xff\xfe\x00\n\n",
        b": still here\n\n",
        b'event: message\nid: 3\ndata: {"text": 5, "buttons": {}, "custom": 7}\n\n',
    ):
        channel.tell_raw(frame)
    chat.send("Noch da?").shows("Antwort auf: Noch da?")


def test_a_second_message_waits_for_the_first_ones_answer(
    visit: Visit, channel: ScriptedChannel
) -> None:
    channel.will(Turn([{"text": "Zum ersten."}], is_held=True), says("Zum zweiten."))
    chat = visit().open().send("Erste Frage").send("Zweite Frage")
    chat.page.wait_for_timeout(300)
    channel.release()
    chat.shows("Zum zweiten.")
    text = chat.text
    assert text.index("Erste Frage") < text.index("Zum ersten.")
    assert text.index("Zum ersten.") < text.index("Zum zweiten.")
    assert [body["text"] for body in channel.sent()] == ["Erste Frage", "Zweite Frage"]


def test_too_many_messages_are_told_with_the_time_to_wait(
    visit: Visit, channel: ScriptedChannel
) -> None:
    refusal = (429, "too_many", "Das waren sehr viele Nachrichten.")
    channel.will(Turn(refusal=refusal, retry_after_in_seconds=3))
    chat = visit().open().send("Hallo?")
    expect(chat.element).to_contain_text(re.compile(r"[1-3] Sekunde"))
    again = chat.button("Erneut senden")
    answered = chat.transcript.get_by_text("Antwort auf: Hallo?")
    expect(again.or_(answered).first).to_be_visible(timeout=8_000)
    chat.page.wait_for_timeout(4_000)
    if again.is_visible():
        again.click()
    expect(answered).to_be_visible()

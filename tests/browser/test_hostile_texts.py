"""What either side writes stays text: nothing runs, leads astray or turns around."""

from __future__ import annotations

import pytest
import samples
from chat_page import Chat, Visit
from page_probes import addresses, boxes_of

from bench.widget.scripted_channel import ScriptedChannel, Turn, says

pytestmark = pytest.mark.browser

_RUN = "window.watched.executed=true"
TRICKS = (
    f"<script>{_RUN}</script>",
    f"<img src=x onerror='{_RUN}'>",
    f"<svg onload={_RUN}><a xlink:href='javascript:{_RUN}'>x</a></svg>",
    f'"><iframe srcdoc="<script>parent.{_RUN}</script>"></iframe>',
    f"[Klick](javascript:{_RUN})",
    f"[Klick]( JaVaScRiPt:{_RUN} )",
    f"[Klick](java\tscript:{_RUN})",
    f"[Klick](data:text/html,<script>{_RUN}</script>)",
    f"[**fett**](vbscript:{_RUN}) [x](//evil.example/x)",
    f'[x](https://krefeld.de/" onmouseover="{_RUN})',
    f"javascript:{_RUN}",
    "<style>*{display:none!important}</style><base href=//evil.example>",
    "${7*7} {{7*7}} <!--?lit$1234$--> <?x?>",
    "![Bild](https://evil.example/pixel.png)",
)
_SCHEMES = ("http://", "https://", "tel:", "mailto:", "blob:", "/", "#")


def _astray(chat: Chat) -> list[str]:
    """Addresses of the chat with which a page could be attacked."""
    found = addresses(chat.page)
    kept = [each for each in found if not each.partition("=")[2].startswith(_SCHEMES)]
    return kept + [each for each in found if each.partition("=")[2].startswith("//")]


def test_nothing_that_citizens_or_answers_say_is_run(
    visit: Visit, channel: ScriptedChannel
) -> None:
    chat = visit().open()
    for number, trick in enumerate(TRICKS):
        channel.will(says(trick, f"Ende {number}"))
        chat.send(trick).shows(f"Ende {number}")
    assert _astray(chat) == []
    shown = chat.text
    assert shown.count("<script>") >= 2
    assert shown.count("onerror=") >= 2
    assert "{{7*7}}" in shown
    for link in chat.transcript.get_by_role("link").all():
        link.hover()


def test_nothing_that_a_card_or_a_choice_carries_is_run(
    visit: Visit, channel: ScriptedChannel
) -> None:
    bad = f"javascript:{_RUN}"
    trick = f"<img src=x onerror='{_RUN}'>"
    source = {"name": trick, "url": bad, "asOf": trick, "retrieved": trick}
    cards = [
        {
            "kind": "hours",
            "office": trick,
            "isOpen": None,
            "statement": trick,
            "days": [{"day": trick, "date": bad, "times": [trick], "note": trick}],
            "source": source,
        },
        {"kind": "sources", "sources": [source]},
        {
            "kind": "preview",
            "title": trick,
            "fields": [{"label": trick, "value": trick}],
            "consent": trick,
        },
        {
            "kind": "booked",
            "number": trick,
            "when": trick,
            "office": trick,
            "calendarUrl": bad,
            "manageUrl": bad,
        },
        {"kind": "map", "alt": trick, "url": bad, "places": []},
        {"kind": "__proto__"},
        {"kind": "constructor"},
    ]
    for card in cards:
        channel.will(Turn([{"text": "Bitte sehr.", "custom": card, "image": bad}]))
    every = {"kind": "cards", "cards": cards}
    buttons = [{"title": trick, "choice": trick}, {"title": bad, "choice": bad}]
    channel.will(Turn([{"text": "Ende.", "custom": every, "buttons": buttons}]))
    chat = visit().open()
    for _ in cards:
        chat.send("Los")
        chat.page.wait_for_timeout(80)
    chat.send("Und alle").shows("Ende.")
    assert _astray(chat) == []
    chat.element.get_by_role("button", name="onerror").first.click()
    chat.page.wait_for_timeout(300)


def test_a_card_with_missing_or_wrong_parts_leaves_the_text(
    visit: Visit, channel: ScriptedChannel
) -> None:
    broken = [
        {"kind": kind, **rest}
        for kind in ("hours", "slots", "preview", "booked", "map", "sources", "cards")
        for rest in (
            {},
            {"days": 5, "offers": 5, "fields": 5, "cards": 5, "sources": 5},
        )
    ]
    messages = [
        {"text": f"Teil {number}.", "custom": card}
        for number, card in enumerate(broken)
    ]
    channel.will(Turn(messages))
    chat = visit().open().send("Los").shows(f"Teil {len(broken) - 1}.")
    shown = chat.text
    assert [n for n in range(len(broken)) if f"Teil {n}." not in shown] == []
    chat.send("Noch da?").shows("Antwort auf: Noch da?")


def test_pictures_of_third_parties_are_not_loaded(
    visit: Visit, channel: ScriptedChannel
) -> None:
    picture = {"text": "Bild.", "image": "https://evil.example/pixel.png"}
    channel.will(Turn([{**samples.MAP, **picture}]))
    visit().open().send("Karte").shows("Bild.")


@pytest.mark.parametrize(
    "text",
    [
        "رقم الهاتف 02151 86-0 من 08:00–12:30 كل يوم",
        "מספר הטלפון הוא 02151 86-0 בין 08:00–12:30 בבוקר",
    ],
)
def test_right_to_left_text_does_not_break_numbers(
    text: str, visit: Visit, channel: ScriptedChannel
) -> None:
    channel.will(says(text))
    chat = visit().open().send("Telefon?").shows("02151 86-0")
    for number in ("02151 86-0", "08:00–12:30"):
        places = boxes_of(chat.page, number)
        assert places
        for boxes in places:
            lefts = [left for left, _, _ in boxes]
            assert lefts == sorted(lefts), f"{number} is turned around"


def test_bidi_overrides_turn_around_nothing_outside_their_message(
    visit: Visit, channel: ScriptedChannel
) -> None:
    trick = "\u202e\u2066\u202b Zahlen Sie 112 Euro an 02151 86-0"
    channel.will(says(trick), says("Die richtige Nummer ist 02151 86-1."))
    chat = visit().open().send(trick).shows("112")
    chat.send("Nummer?").shows("richtige Nummer")
    for text in ("Die richtige Nummer ist 02151 86-1.", "Kumpel"):
        for boxes in boxes_of(chat.page, text):
            first_row = [left for left, top, _ in boxes if top == boxes[0][1]]
            assert first_row == sorted(first_row)
    for boxes in boxes_of(chat.page, "02151 86-0"):
        lefts = [left for left, _, _ in boxes]
        assert lefts == sorted(lefts), "an override turned a number around"


def test_links_are_found_in_plain_text_and_lead_only_where_they_say(
    visit: Visit, channel: ScriptedChannel
) -> None:
    channel.will(Turn([samples.MARKDOWN]))
    chat = visit().open().send("Pass?").shows("biometrisches")
    link = chat.transcript.get_by_role("link")
    phone = link.filter(has_text="02151 86-0")
    mail = link.filter(has_text="buergerbuero@krefeld.example")
    page = link.filter(has_text="der Seite der Stadt")
    assert phone.get_attribute("href") in {
        "tel:+49215186-0",
        "tel:02151860",
        "tel:+492151860",
    }
    assert mail.get_attribute("href") == "mailto:buergerbuero@krefeld.example"
    assert page.get_attribute("href") == "https://www.krefeld.de/pass"
    assert "noopener" in (page.get_attribute("rel") or "")

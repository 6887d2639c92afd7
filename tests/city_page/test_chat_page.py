"""The chat's own page, used as by a citizen without JavaScript."""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Callable

import pytest
from page_reader import Browser
from small_assistant import Running, Server

OpenPage = Callable[[int], Server]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def test_a_question_is_asked_and_answered(page: Server) -> None:
    browser = Browser(page)
    browser.press("Frage senden", "Was kostet ein Reisepass?")
    assert browser.answer.status_code == 200
    (citizen, question), (kumpel, answer) = browser.transcript
    assert (citizen, question) == ("citizen", "Was kostet ein Reisepass?")
    assert kumpel == "kumpel"
    assert "37,50 Euro" in answer
    assert browser.page.one(id="question").text.strip() == "", "the field is free again"


def test_answers_have_lists_and_links_one_can_follow(page: Server) -> None:
    browser = Browser(page)
    browser.press("Frage senden", "Reisepass")
    newest = browser.page.one(id="newest")
    assert [item.text for item in newest.all("li")] == ["Foto", "alter Pass"]
    links = {link.text: link.attributes["href"] for link in newest.all("a")}
    assert links == {
        "https://www.krefeld.de": "https://www.krefeld.de",
        "02151 86-0": "tel:+492151860",
    }


def test_a_choice_is_a_real_button(page: Server) -> None:
    browser = Browser(page)
    browser.press("Frage senden", "Hallo")
    browser.press("Personalausweis")
    assert browser.transcript[2] == ("citizen", "Personalausweis")
    assert "personalausweis" in browser.transcript[3][1]
    assert not browser.page.all("fieldset"), "answered choices are gone"


def test_reloading_sends_nothing_twice(page: Server, assistant: Running) -> None:
    browser = Browser(page)
    browser.press("Frage senden", "Reisepass")
    before = browser.transcript
    browser.reload()
    browser.reload()
    assert browser.transcript == before
    assert assistant.agent.handled == ["Reisepass"]


def test_a_conversation_goes_on(page: Server) -> None:
    browser = Browser(page)
    for text in ("Hallo", "Reisepass", "Hallo"):
        browser.press("Frage senden", text)
    assert [speaker for speaker, _ in browser.transcript] == ["citizen", "kumpel"] * 3


def test_ending_deletes_and_begins_anew(page: Server) -> None:
    browser = Browser(page)
    browser.press("Frage senden", "Hallo")
    assistant_page = browser.page
    browser.press("Gespräch beenden und löschen")
    assert browser.transcript == []
    assert "beendet und gelöscht" in browser.page.one(role="status").text
    browser.reload()
    assert "beendet und gelöscht" in browser.page.one(role="status").text
    browser.press("Frage senden", "Hallo")
    assert len(browser.transcript) == 2
    browser.page = assistant_page  # the other tab that is still open
    browser.press("Frage senden", "Reisepass")
    assert "neues" in browser.page.one(id="question-error").text
    assert browser.page.one(id="question").text.strip() == "Reisepass"
    browser.press("Frage senden")
    assert "37,50" in browser.transcript[1][1]


@pytest.mark.parametrize("text", ["", "   ", "\n\n"])
def test_an_empty_question_is_an_error_at_the_field(page: Server, text: str) -> None:
    browser = Browser(page)
    browser.press("Frage senden", text)
    assert browser.answer.status_code == 400
    field = browser.page.one("textarea")
    assert field.attributes["aria-invalid"] == "true"
    described_by = field.attributes["aria-describedby"].split()
    assert described_by == ["question-error", "question-hint"]
    assert "Frage in das Feld" in browser.page.one(id="question-error").text
    assert browser.page.one("title").text.startswith("Fehler: ")
    link = browser.page.one(id="newest").one("a")
    assert link.attributes["href"] == "#question"


def test_without_the_assistant_the_page_is_there_and_helps(open_page: OpenPage) -> None:
    browser = Browser(open_page(free_port()))
    assert browser.answer.status_code == 200
    browser.press("Frage senden", "Reisepass")
    assert browser.answer.status_code == 503
    assert "02151 86-0" in browser.page.one(id="question-error").text
    assert browser.page.one("textarea").text.strip() == "Reisepass"
    assert "Traceback" not in browser.answer.text


def test_a_question_survives_the_assistant_going_and_coming(
    page: Server, assistant: Running, open_page: OpenPage
) -> None:
    browser = Browser(page)
    browser.press("Frage senden", "Hallo")
    browser._server = open_page(free_port())
    browser.press("Frage senden", "Reisepass")
    assert browser.answer.status_code == 503
    browser._server = page
    browser.press("Frage senden")
    assert [words for _, words in browser.transcript][::2] == ["Hallo", "Reisepass"]


@pytest.mark.parametrize("word", ["kaputt", "psst", "besetzt"])
def test_trouble_is_told_in_the_conversation(page: Server, word: str) -> None:
    browser = Browser(page)
    browser.press("Frage senden", word)
    assert browser.answer.status_code == 200
    assert browser.transcript[0] == ("citizen", word)
    assert len(browser.transcript) == 2
    assert browser.transcript[1][1].endswith(".")
    assert "RuntimeError" not in browser.answer.text


def test_what_was_said_before_a_failure_is_shown_once(page: Server) -> None:
    browser = Browser(page)
    browser.press("Frage senden", "langsam")
    said = [words for _, words in browser.transcript]
    assert said[:2] == ["langsam", "Einen Moment …"]
    assert len(said) == 3
    browser.reload()
    again = [words for _, words in browser.transcript]
    assert again[:2] == said[:2]
    assert len(set(again)) == len(again)
    browser.press("Frage senden", "Hallo")
    later = [words for _, words in browser.transcript]
    assert [later.count(words) for words in said[:2]] == [1, 1]


def test_a_forged_conversation_is_replaced_and_the_question_kept(page: Server) -> None:
    browser = Browser(page)
    browser.page.all("input", name="conversation")[0].attributes["value"] = "web_x.y.z"
    browser.press("Frage senden", "Reisepass")
    assert "kenne ich nicht" in browser.page.one(id="question-error").text
    browser.press("Frage senden")
    assert len(browser.transcript) == 2


def test_too_many_questions_are_slowed_down(
    open_page: OpenPage, limited_assistant: Running
) -> None:
    browser = Browser(open_page(limited_assistant.port))
    for _ in range(60):  # A slow machine sends fewer in a minute.
        browser.press("Frage senden", "psst")
        if browser.answer.status_code != 200:
            break
    assert browser.answer.status_code == 429
    assert "warten" in browser.page.one(id="question-error").text
    assert browser.page.one("textarea").text.strip() == "psst"


def test_the_page_speaks_english_and_keeps_the_conversation(page: Server) -> None:
    browser = Browser(page, "/chat/seite?lang=en")
    assert browser.page.one("html").attributes["lang"] == "en"
    assert browser.answer.headers["Content-Language"] == "en"
    browser.press("Send question", "psst")
    assert "no answer" in browser.transcript[1][1]
    browser.press("Send question", "Hallo")
    browser.press("Deutsch")
    assert browser.page.one("html").attributes["lang"] == "de"
    assert ("citizen", "Hallo") in browser.transcript
    browser.press("Frage senden", "")
    assert browser.page.one("html").attributes["lang"] == "de"


def test_answers_in_another_language_than_the_page_are_marked(page: Server) -> None:
    browser = Browser(page, "/chat/seite?lang=en")
    browser.press("Send question", "Hallo")
    said = browser.page.all("div", **{"class": "said", "lang": "de"})
    assert len(said) == 1
    browser.press("Deutsch")
    assert not browser.page.all("div", **{"class": "said", "lang": "de"})


def test_what_a_citizen_writes_is_text_and_nothing_else(page: Server) -> None:
    browser = Browser(page)
    evil = "Hallo <script>alert(1)</script> \" ' &amp; </textarea> <b>"
    browser.press("Frage senden", evil)
    assert browser.transcript[0][1] == evil
    assert not browser.page.all("script")


@pytest.mark.parametrize(
    "query", ["service=never-heard", "service=", "lang=xx", "lang=en&lang=de", "frage="]
)
def test_odd_addresses_show_the_page(page: Server, query: str) -> None:
    browser = Browser(page, f"/chat/seite?{query}")
    assert browser.page.one("textarea").text.strip() == ""
    assert not browser.page.all("input", name="service")


def test_the_page_that_a_citizen_comes_from_goes_along(page: Server) -> None:
    browser = Browser(page, "/chat/seite?service=hundesteuer-anmelden")
    assert "Sie fragen zu: Hund anmelden (Hundesteuer)." in browser.page.text
    browser.press("Frage senden", "Hallo")
    assert "Sie fragen zu" not in browser.page.text, "the conversation has moved on"
    services = {
        field.attributes["value"] for field in browser.page.all("input", name="service")
    }
    assert services == {"hundesteuer-anmelden"}


def test_the_page_is_the_topic_of_the_first_message(
    page: Server, assistant: Running
) -> None:
    browser = Browser(page, "/chat/seite?service=hundesteuer-anmelden")
    store = assistant.agent.tracker_store
    before = set(asyncio.run(store.keys()))
    browser.press("Frage senden", "Hallo")
    (sender_id,) = set(asyncio.run(store.keys())) - before
    tracker = asyncio.run(store.retrieve(sender_id))
    assert tracker.get_slot("service") == "hundesteuer-anmelden"


def test_words_of_a_search_stand_in_the_field(page: Server) -> None:
    browser = Browser(page, "/chat/seite?frage=Wo+ist+%3Cdas%3E%3F")
    assert browser.page.one("textarea").text.strip() == "Wo ist <das>?"


def test_the_home_page_takes_what_its_old_form_sends(page: Server) -> None:
    data = {"action": "send", "text": "Reisepass", "message_id": "old-page-1"}
    answer = page.call("POST", "/", data=data)
    assert answer.status_code == 200
    assert "37,50" in answer.text


def test_a_question_can_be_sent_from_the_home_page_without_javascript(
    page: Server,
) -> None:
    browser = Browser(page, "/")
    browser.press("Frage senden", "Reisepass")
    assert "37,50" in browser.transcript[1][1]
    browser.press("Frage senden", "Hallo")
    assert len(browser.transcript) == 4


@pytest.mark.parametrize(
    "body", [b"", b"\xff\xfe", b"action=send", b"text=x&message_id=", b"action=quatsch"]
)
def test_odd_forms_are_refused_with_a_page(page: Server, body: bytes) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    answer = page.call("POST", "/chat/seite", data=body, headers=headers)
    assert answer.status_code == 400
    assert 'id="question-error"' in answer.text


def test_the_chat_is_there_even_without_the_facts(
    open_page: OpenPage, assistant: Running
) -> None:
    page = open_page(assistant.port)
    page.app.ctx.portal.engine.dispose()
    page.app.ctx.portal.engine = page.app.ctx.portal.cached = None
    browser = Browser(page)
    browser.press("Frage senden", "Reisepass")
    assert len(browser.transcript) == 2


def test_the_policy_allows_no_script_and_the_page_has_none(page: Server) -> None:
    browser = Browser(page)
    browser.press("Frage senden", "Hallo")
    policy = browser.answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not re.search(r"<script|<style|\sstyle=|\son\w+=", browser.answer.text)
    assert browser.answer.headers["Cache-Control"] == "no-store"
    assert browser.answer.headers["Referrer-Policy"] == "no-referrer"
    hosts = re.findall(r'(?:src|action)="([^"]*)"', browser.answer.text)
    assert all(address.startswith("/") for address in hosts)


def test_the_id_of_the_conversation_is_in_no_address(page: Server) -> None:
    browser = Browser(page)
    browser.press("Frage senden", "Hallo")
    conversation = browser.page.all("input", name="conversation")[0]
    secret_part = conversation.attributes["value"]
    for element in browser.page.all():
        for name in ("href", "action"):
            assert secret_part not in element.attributes.get(name, "")
    assert secret_part not in browser.answer.url


@pytest.mark.parametrize("path", ["/chat/seite", "/chat/seite?lang=en"])
def test_the_page_can_be_used_by_ear_and_by_keyboard(page: Server, path: str) -> None:
    browser = Browser(page, path)
    root = browser.page
    for label in ("Frage senden", "Send question"):
        if label in root.text:
            browser.press(label, "Hallo")
    root = browser.page
    ids = [e.attributes["id"] for e in root.all() if "id" in e.attributes]
    assert len(ids) == len(set(ids)), "ids are unique"
    assert root.one("html").attributes["lang"]
    assert root.one("h1")
    assert root.one("main")
    assert root.one("title").text.strip()
    skip = next(e for e in root.one("body").all("a"))
    assert skip.attributes["href"].lstrip("#") in ids
    for element in root.all():
        for name in ("aria-labelledby", "aria-describedby", "for"):
            for target in element.attributes.get(name, "").split():
                assert target in ids, f"{name}={target} leads nowhere"
    labels = {e.attributes["for"] for e in root.all("label")}
    assert labels == {"question", "search-field"}
    assert not [e for e in root.all() if int(e.attributes.get("tabindex", "0")) > 0]

"""Answers the endpoints of ZMS's citizen API, generation B."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from kumpel.settings import Settings
from portal.appointments.captcha import Captcha, Login
from portal.appointments.desk import Desk
from portal.appointments.errors import ZmsError
from portal.appointments.process import Process, thinned
from portal.appointments.steps import Repeat, Repeated
from portal.appointments.validation import (
    Fields,
    calendar_question,
    credentials,
    number,
    replaced,
    reservation,
)
from portal.appointments.waitlist import Waitlist

T = TypeVar("T")


@dataclass(frozen=True)
class Api:
    """All that the endpoints work with."""

    desk: Desk
    captcha: Captcha
    login: Login
    settings: Settings


@dataclass(frozen=True)
class Question:
    """One request that passed the guard.

    Attributes:
        fields: Its query or body.
        address: Caller's IP address.
        is_trusted: Whether it bears the key of a trusted client.
        headers: Its headers.
        base_url: Address of the mount, for links.
    """

    fields: Fields
    address: str
    is_trusted: bool
    headers: Mapping[str, str]
    base_url: str


@dataclass(frozen=True)
class Answer:
    """A document and further headers."""

    document: Any
    headers: dict[str, str] = field(default_factory=dict)
    has_etag: bool = False


Handler = Callable[[Api, Question], Answer]

_SECRET = {"Cache-Control": "max-age=0, no-store"}


def offices_and_services(api: Api, _: Question) -> Answer:
    """Shows everything that can be booked."""
    return Answer(api.desk.catalogue.document(), has_etag=True)


def available_calendar(api: Api, question: Question) -> Answer:
    """Shows what is free."""
    asked = admitted(api, question, lambda: calendar_question(question.fields))
    return Answer(api.desk.calendar(asked))


def admitted(api: Api, question: Question, read: Callable[[], T]) -> T:
    """Reads what is asked and checks the captcha.

    Raises:
        ZmsError: It names all that is wrong with either.
    """
    asked, errors = None, list[str]()
    try:
        asked = read()
    except ZmsError as error:
        errors += error.codes
    if captcha := _captcha_error(api, question):
        errors.append(captcha)
    if errors or asked is None:
        raise ZmsError(*errors)
    return asked


def _captcha_error(api: Api, question: Question) -> str | None:
    """Returns the code of what is wrong with the captcha, if one is needed."""
    if not api.settings.needs_captcha or question.is_trusted:
        return None
    offices = str(
        question.fields.get("officeIds") or question.fields.get("officeId") or ""
    )
    ids = [number(part.strip()) for part in offices.split(",")]
    # As in ZMS it is a scope that asks for it: where none is named, none does.
    if not any(id_ in api.desk.catalogue.offices for id_ in ids):
        return None
    return api.captcha.check(question.fields.get("captchaToken"), question.address)


def reserve(api: Api, question: Question) -> Answer:
    """Reserves an appointment."""
    wanted = admitted(
        api, question, lambda: reservation(question.fields, api.desk.store.now)
    )

    def answer(process: Process, key: str) -> Any:
        return thinned(process, api.desk.catalogue, key)

    try:
        process, key = api.desk.reserve(wanted, _repeat(question), answer)
    except Repeated as repeated:
        return Answer(repeated.answer, {**_SECRET, "Idempotency-Replayed": "true"})
    return Answer(answer(process, key), _SECRET)


def _repeat(question: Question) -> Repeat | None:
    key = question.headers.get("idempotency-key", "").strip()
    if not key:
        return None
    if len(key) > 200:
        raise ZmsError("invalidRequest")
    relevant = {
        name: value for name, value in question.fields.items() if name != "captchaToken"
    }
    body = json.dumps(relevant, sort_keys=True)
    return Repeat(
        # Somebody else's equal key is another key.
        f"{question.address} {key}",
        hashlib.sha256(body.encode()).hexdigest(),
    )


def show(api: Api, question: Question) -> Answer:
    """Shows an appointment."""
    process_id, key = credentials(question.fields)
    process = api.desk.get(process_id, key)
    return _process(api, process, key, api.captcha.token(question.address))


def update(api: Api, question: Question) -> Answer:
    """Notes who comes."""
    process_id, key = credentials(question.fields)
    user = api.login.user(question.headers.get("authorization"))
    process = api.desk.update(
        process_id, key, question.fields, user, replaced(question.fields)
    )
    return _process(api, process, key)


def preconfirm(api: Api, question: Question) -> Answer:
    """Asks the citizen by mail to confirm."""
    process_id, key = credentials(question.fields)
    return _process(api, api.desk.preconfirm(process_id, key), key)


def confirm(api: Api, question: Question) -> Answer:
    """Makes an appointment certain, perhaps instead of another one."""
    process_id, key = credentials(question.fields)
    user = api.login.user(question.headers.get("authorization"))
    process, old = api.desk.confirm_instead(
        process_id, key, user, replaced(question.fields)
    )
    answer = _process(api, process, key, api.captcha.token(question.address))
    if old is None:
        return answer
    Waitlist(api.desk).serve_after()
    gone = {"processId": old.process_id, "status": old.status}
    return replace(answer, document={**answer.document, "replaced": gone})


def cancel(api: Api, question: Question) -> Answer:
    """Cancels an appointment."""
    process_id, key = credentials(question.fields)
    process, fresh_key = api.desk.cancel(process_id, key)
    # Whoever waits for an earlier date hears of this one at once.
    Waitlist(api.desk).serve_after()
    return _process(api, process, fresh_key)


def my_appointments(api: Api, question: Question) -> Answer:
    """Lists the confirmed appointments of somebody who is logged in."""
    user = api.login.user(question.headers.get("authorization"))
    if user is None:
        raise ZmsError("authKeyMismatch", status=401)
    wanted = question.fields.get("filterId")
    if wanted and number(wanted) is None:
        raise ZmsError("invalidProcessId")
    catalogue = api.desk.catalogue
    processes = [
        thinned(process, catalogue, None)
        for process in api.desk.store.of_user(user)
        if not wanted or process.process_id == number(wanted)
    ]
    return Answer(processes, _SECRET)


def captcha_details(api: Api, question: Question) -> Answer:
    """Tells where the captcha is and whether it is needed."""
    return Answer(
        {
            "siteKey": "kumpel-krefeld",
            "captchaChallenge": f"{question.base_url}/captcha-challenge/",
            "captchaVerify": f"{question.base_url}/captcha-verify/",
            "captchaEnabled": api.settings.needs_captcha,
        }
    )


def captcha_challenge(api: Api, _: Question) -> Answer:
    """Sets a challenge."""
    return Answer(api.captcha.challenge(), _SECRET)


def captcha_verify(api: Api, question: Question) -> Answer:
    """Checks a solution."""
    payload = question.fields.get("payload")
    return Answer(api.captcha.verify(payload, question.address), _SECRET)


def _process(api: Api, process: Process, key: str, captcha_token: str = "") -> Answer:
    document = thinned(process, api.desk.catalogue, key, captcha_token)
    return Answer(document, _SECRET)


#: Method and handler by path below the mount.
ROUTES: Mapping[str, tuple[str, Handler]] = {
    "offices-and-services/": ("GET", offices_and_services),
    "available-calendar/": ("GET", available_calendar),
    "appointment/": ("GET", show),
    "reserve-appointment/": ("POST", reserve),
    "update-appointment/": ("POST", update),
    "preconfirm-appointment/": ("POST", preconfirm),
    "confirm-appointment/": ("POST", confirm),
    "cancel-appointment/": ("POST", cancel),
    "my-appointments/": ("GET", my_appointments),
    "captcha-details/": ("GET", captcha_details),
    "captcha-challenge/": ("GET", captcha_challenge),
    "captcha-verify/": ("POST", captcha_verify),
}

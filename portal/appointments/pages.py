"""The pages that the mails link to: confirm, look at, cancel, calendar file."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse

from portal.appointments.errors import ZmsError
from portal.appointments.handlers import Api
from portal.appointments.ics import calendar_text
from portal.appointments.letters import PAGES, read_token
from portal.appointments.process import Process
from portal.appointments.validation import credentials
from portal.appointments.waitlist import Waitlist
from portal.pages import page
from portal.problems import Problem

_MESSAGES = {
    "appointmentNotFound": (
        "Dieser Termin ist nicht mehr da",
        "Er ist abgelaufen oder wurde gelöscht. Bitte buchen Sie einen neuen.",
    ),
    "preconfirmationExpired": (
        "Die Zeit zum Bestätigen ist abgelaufen",
        "Der Termin wurde nicht rechtzeitig bestätigt und ist wieder frei für andere. "
        "Bitte buchen Sie einen neuen.",
    ),
    "authKeyMismatch": (
        "Dieser Link gilt nicht",
        "Vielleicht ist der Termin schon abgesagt, oder der Link ist unvollständig.",
    ),
    "appointmentCanNotBeCanceled": (
        "Der Termin lässt sich nicht mehr absagen",
        "Er ist schon vorbei oder bereits abgesagt.",
    ),
    "tooManyAppointmentsWithSameMail": (
        "Sie haben schon einen Termin",
        "Mit dieser E-Mail-Adresse sind an dieser Stelle keine weiteren Termine "
        "möglich. Bitte sagen Sie zuerst einen anderen ab.",
    ),
}
_OTHERWISE = (
    "Das hat nicht geklappt",
    "Bitte versuchen Sie es noch einmal oder rufen Sie an: 02151 86-0.",
)


class AppointmentPages:
    """Answers the links in the mails.

    Args:
        api: Gives what the citizen API works with, None before the start.
    """

    def __init__(self, api: Callable[[], Api | None]) -> None:
        self._api = api

    def add_to(self, app: Sanic) -> None:
        """Adds the routes to an application that has not started."""
        for path, handler, methods in (
            ("confirm/<token:str>", self._ask, ["GET", "HEAD"]),
            ("confirm/<token:str>", self._confirm, ["POST"]),
            ("<token:str>", self._show, ["GET", "HEAD"]),
            ("<token:str>/termin.ics", self._calendar, ["GET", "HEAD"]),
            ("<token:str>/cancel", self._cancel, ["POST"]),
        ):
            app.add_route(
                handler,
                f"{PAGES}/{path}",
                methods=methods,
                name=f"appointment{handler.__name__}",
            )

    async def _ask(self, request: Request, token: str) -> HTTPResponse:
        """Shows the appointment and a button.

        Programs that look for harmful mails open every link in them. If opening the
        link confirmed, they would confirm, and nobody could let a date lapse.
        """
        api, process_id, key = self._opened(token)
        try:
            process = await asyncio.to_thread(api.desk.confirmable, process_id, key)
        except ZmsError as error:
            return _refused(error)
        if process.status != "preconfirmed":
            return await self._show(request, token)
        values = api.desk.letters.values(process)
        return page(
            "appointment.html",
            title="Möchten Sie diesen Termin?",
            message="Der Termin gilt erst, wenn Sie ihn hier bestätigen. Bis "
            f"{values['until']} Uhr ist er für Sie zurückgelegt.",
            details=values,
            confirm_url=f"{PAGES}/confirm/{token}",
        )

    async def _confirm(self, _: Request, token: str) -> HTTPResponse:
        api, process_id, key = self._opened(token)

        def work() -> tuple[Process, str]:
            try:
                return api.desk.confirm(process_id, key), "Ihr Termin ist bestätigt."
            except ZmsError as error:
                if "processNotPreconfirmedAnymore" not in error.codes:
                    raise
                process = api.desk.get(process_id, key)
                if process.status != "confirmed":
                    raise
                return process, "Ihr Termin war schon bestätigt. Es bleibt dabei."

        return await self._page(api, token, "Termin bestätigt", work)

    async def _show(self, _: Request, token: str) -> HTTPResponse:
        api, process_id, key = self._opened(token)

        def work() -> tuple[Process, str]:
            process = api.desk.get(process_id, key)
            if process.status == "confirmed":
                return process, "Der Termin ist fest gebucht."
            return process, "Dieser Termin ist noch nicht bestätigt."

        return await self._page(api, token, "Ihr Termin", work)

    async def _cancel(self, _: Request, token: str) -> HTTPResponse:
        api, process_id, key = self._opened(token)
        try:
            await asyncio.to_thread(api.desk.cancel, process_id, key)
            await asyncio.to_thread(Waitlist(api.desk).serve_after)
        except ZmsError as error:
            return _refused(error)
        message = "Vielen Dank fürs Absagen: Der Platz ist jetzt für andere frei."
        return page(
            "appointment.html", title="Termin abgesagt", message=message, details=None
        )

    async def _calendar(self, _: Request, token: str) -> HTTPResponse:
        api, process_id, key = self._opened(token)
        try:
            process = await asyncio.to_thread(api.desk.get, process_id, key)
        except ZmsError as error:
            return _refused(error)
        return HTTPResponse(
            calendar_text(process, api.desk.catalogue),
            headers={
                "Cache-Control": "no-store",
                "Content-Disposition": 'attachment; filename="termin.ics"',
            },
            content_type="text/calendar; charset=utf-8",
        )

    def _opened(self, token: str) -> tuple[Api, int, str]:
        api = self._api()
        if api is None:
            raise Problem("unavailable", "Das Portal startet noch.")
        try:
            process_id, key = credentials(read_token(token))
        except ZmsError as error:
            raise Problem("not-found", _MESSAGES["authKeyMismatch"][1]) from error
        return api, process_id, key

    async def _page(
        self,
        api: Api,
        token: str,
        title: str,
        work: Callable[[], tuple[Process, str]],
    ) -> HTTPResponse:
        try:
            process, message = await asyncio.to_thread(work)
        except ZmsError as error:
            return _refused(error)
        return page(
            "appointment.html",
            title=title,
            message=message,
            details=api.desk.letters.values(process),
            url=f"{PAGES}/{token}",
        )


def _refused(error: ZmsError) -> HTTPResponse:
    title, message = _MESSAGES.get(error.codes[0], _OTHERWISE)
    status = error.response().status
    return page("appointment.html", status, title=title, message=message, details=None)

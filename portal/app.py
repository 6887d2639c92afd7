"""Makes the portal's application from its specification."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from urllib.parse import unquote

from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, empty, raw

from kumpel.settings import Settings
from portal import (
    handlers_assistant,
    handlers_catalogue,
    handlers_offices,
    handlers_operations,
    http_rules,
)
from portal.appointments import extensions as appointment_extensions
from portal.appointments.mount import CitizenApi, PortalRequest, make_api
from portal.appointments.outbox_page import OutboxPage
from portal.appointments.pages import AppointmentPages
from portal.appointments.seed import read_booking_seed
from portal.appointments.sender import MailSender
from portal.appointments.smtp import MailServer, mail_server_of
from portal.appointments.upkeep import keep_up
from portal.calls import Call, Portal
from portal.chat_gateway import create_gateway
from portal.city_page.blueprint import create_blueprint
from portal.database import prepare
from portal.pages import style
from portal.problems import not_found
from portal.seed_reader import SEED_DIR
from portal.specification import Operation, specification

Handler = Callable[[Call], Awaitable[HTTPResponse]]

HANDLERS: Mapping[str, Handler] = {
    "listServices": handlers_catalogue.list_services,
    "getService": handlers_catalogue.get_service,
    "listOffices": handlers_offices.list_offices,
    "getOffice": handlers_offices.get_office,
    "getOfficeHours": handlers_offices.get_hours,
    "getOfficeStatus": handlers_offices.get_status,
    "getOfficeQueue": appointment_extensions.get_queue,
    "joinWaitlist": appointment_extensions.join_waitlist,
    "getWaiting": appointment_extensions.get_waiting,
    "leaveWaitlist": appointment_extensions.leave_waitlist,
    "listOutbox": appointment_extensions.list_outbox,
    "getMail": appointment_extensions.get_mail,
    "listHolidays": handlers_offices.list_holidays,
    "listForms": handlers_catalogue.list_forms,
    "getForm": handlers_catalogue.get_form,
    "listDistricts": handlers_catalogue.list_districts,
    "listStreets": handlers_catalogue.list_streets,
    "listDogWasteStations": handlers_catalogue.list_dog_waste_stations,
    "listMarkets": handlers_catalogue.list_markets,
    "listPlaces": handlers_catalogue.list_places,
    "listEmergencyNumbers": handlers_catalogue.list_emergency_numbers,
    "getEvacuationGuidance": handlers_catalogue.get_evacuation_guidance,
    "showAssistant": handlers_assistant.show,
    "sendAssistant": handlers_assistant.send,
    "postPrefill": handlers_assistant.post_prefill,
    "getSpecification": handlers_operations.get_specification,
    "getHealth": handlers_operations.get_health,
    "getReadiness": handlers_operations.get_readiness,
}

_MAXIMUM_BODY_IN_BYTES = 1_048_576
_numbers = itertools.count(1)


def create_app(settings: Settings, seed_dir: Path = SEED_DIR) -> Sanic:
    """Makes an application; opens its database only when it starts.

    Several applications may live in one process, each with its own settings.

    Args:
        settings: Settings of this application, with database and clock.
        seed_dir: Folder of the seed files.

    Raises:
        ConfigurationError: The settings of the mail server contradict each other.
    """
    mail_server = mail_server_of(settings)
    # Sanic keeps a register of names and refuses one that is taken, hence the number.
    # No prefix: settings come from our own table, not from SANIC_* variables.
    app = Sanic(
        f"kumpel-portal-{next(_numbers)}",
        env_prefix=None,
        configure_logging=False,
        strict_slashes=True,
        request_class=PortalRequest,
    )
    app.config.update(
        {
            "ACCESS_LOG": False,  # Addresses and search words are nobody's business.
            "REQUEST_MAX_SIZE": _MAXIMUM_BODY_IN_BYTES,
            "REQUEST_TIMEOUT": 30,
            "RESPONSE_TIMEOUT": 30,
            "KEEP_ALIVE_TIMEOUT": 15,
            "GRACEFUL_SHUTDOWN_TIMEOUT": 5.0,
            "MOTD": False,
            "PROXIES_COUNT": settings.trusted_proxies or None,
        }
    )
    portal = Portal(settings)
    app.ctx.portal = portal
    citizen_api = CitizenApi(settings)
    _open_and_close(app, portal, citizen_api, seed_dir)
    if mail_server:
        _send_mails(app, citizen_api, mail_server, settings.mail_sender)
    http_rules.apply(app, settings)
    _add_routes(app, portal)
    citizen_api.add_to(app)
    AppointmentPages(lambda: citizen_api.api).add_to(app)
    OutboxPage(settings, lambda: citizen_api.api).add_to(app)
    app.blueprint(create_gateway(settings))
    app.blueprint(create_blueprint(settings))
    app.add_route(_style, "/metaform/assistant.css", methods=["GET", "HEAD"])
    return app


def _open_and_close(
    app: Sanic, portal: Portal, citizen_api: CitizenApi, seed_dir: Path
) -> None:
    settings = portal.settings

    def open_all() -> None:
        rules = read_booking_seed(seed_dir)
        portal.engine = prepare(settings.portal_database, seed_dir, settings.clock)
        portal.appointments = citizen_api.api = make_api(
            portal.engine, portal.catalogue, settings, rules
        )

    upkeep: list[asyncio.Task[None]] = []

    async def open_database(*_: object) -> None:
        await asyncio.to_thread(open_all)
        upkeep.append(asyncio.create_task(keep_up(lambda: citizen_api.api)))

    async def close_database(*_: object) -> None:
        while upkeep:
            task = upkeep.pop()
            task.cancel()
            await asyncio.wait([task])
        citizen_api.api = portal.appointments = None
        engine, portal.engine, portal.cached = portal.engine, None, None
        if engine is not None:
            await asyncio.to_thread(engine.dispose)

    app.register_listener(open_database, "before_server_start")
    app.register_listener(close_database, "after_server_stop")


def _send_mails(
    app: Sanic, citizen_api: CitizenApi, server: MailServer, sender: str
) -> None:
    senders: list[MailSender] = []

    async def start(*_: object) -> None:
        if citizen_api.api:
            senders.append(MailSender(citizen_api.api.desk.outbox, server, sender))
            senders[-1].start()

    async def stop(*_: object) -> None:
        while senders:
            await asyncio.to_thread(senders.pop().stop)

    app.register_listener(start, "after_server_start")
    app.register_listener(stop, "before_server_stop")


def _add_routes(app: Sanic, portal: Portal) -> None:
    by_path: dict[str, dict[str, Operation]] = {}
    for operation in specification().operations:
        by_path.setdefault(operation.path, {})[operation.method] = operation
    for path, operations in by_path.items():
        methods = {*operations, "OPTIONS", *(["HEAD"] if "GET" in operations else [])}
        app.add_route(
            _dispatcher(portal, operations, ", ".join(sorted(methods))),
            path.replace("{", "<").replace("}", ":str>"),
            methods=methods,
            name=next(iter(operations.values())).id,
        )


def _dispatcher(
    portal: Portal, operations: Mapping[str, Operation], allowed: str
) -> Callable[..., Awaitable[HTTPResponse]]:
    async def dispatch(request: Request, **path: str) -> HTTPResponse:
        if request.method == "OPTIONS":
            return empty(headers={"Allow": allowed})
        method = "GET" if request.method == "HEAD" else request.method
        operation = operations[method]
        names = {key: unquote(value) for key, value in path.items()}
        for key, pattern in operation.path_patterns.items():
            # What can be no id names nothing, so it is not found.
            if not pattern.fullmatch(names[key]):
                raise not_found("Der Eintrag", names[key])
        query = operation.query(_query_string(request))
        return await HANDLERS[operation.id](
            Call(portal, request, operation, query, names)
        )

    return dispatch


def _query_string(request: Request) -> str:
    # request.query_string would fail on raw bytes beyond ASCII.
    query: bytes = request._parsed_url.query or b""
    return query.decode("utf-8", "replace")


async def _style(_request: Request) -> HTTPResponse:
    headers = {"Cache-Control": "public, max-age=300"}
    return raw(style(), content_type="text/css; charset=utf-8", headers=headers)

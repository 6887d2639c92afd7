"""Chooses the desk that the settings ask for."""

from __future__ import annotations

from urllib.parse import urlsplit

import requests

from kumpel.appointments import portal_extras, zms_errors
from kumpel.appointments.booking_link import BookingLink
from kumpel.appointments.desk import AppointmentDesk
from kumpel.appointments.directory import Directory
from kumpel.appointments.portal_extras import PortalExtras
from kumpel.appointments.transport import Transport
from kumpel.appointments.zms_client import ZmsClient
from kumpel.appointments.zms_steps import ZmsSite
from kumpel.portal_client.client import PortalClient
from kumpel.settings import Settings

#: Where the portal has its citizen API.
MOUNT = "/terminvereinbarung/api/citizen"

_LOOPBACK = {"127.0.0.1", "localhost", "::1"}


def make_desk(
    settings: Settings, portal: PortalClient, session: requests.Session | None = None
) -> AppointmentDesk:
    """Makes the appointment desk of a process; opens nothing yet.

    Args:
        settings: `KUMPEL_APPOINTMENTS` chooses; `ZMS_BASE_URL` names another ZMS than
            the portal's own.
        portal: The process's client of the portal.
        session: Another session, e.g. with an adapter of an in-process portal.
    """
    directory = Directory(portal)
    if settings.appointments == "link":
        return BookingLink(directory, settings.booking_url)
    if settings.zms_url:
        site = ZmsSite(False, settings.booking_url)
        transport = _transport(settings, settings.zms_url, session)
        return ZmsClient(transport, directory, settings.clock, site)
    site = ZmsSite(True, settings.public_url)
    transport = _transport(settings, settings.portal_url + MOUNT, session)
    extras = Transport(
        settings.portal_url + "/portal/v1",
        timeout_in_seconds=settings.portal_timeout_in_seconds,
        error_from=portal_extras.error_from,
        api_key=settings.portal_api_keys()[0],
        session=_session(settings.portal_url, session),
    )
    return ZmsClient(transport, directory, settings.clock, site, PortalExtras(extras))


def _transport(
    settings: Settings, base_url: str, session: requests.Session | None
) -> Transport:
    own_key = None if settings.zms_url else settings.portal_api_keys()[0]
    return Transport(
        base_url,
        timeout_in_seconds=settings.portal_timeout_in_seconds,
        error_from=zms_errors.error_from,
        # The portal's key is nobody else's business.
        api_key=settings.zms_api_key or own_key,
        session=_session(base_url, session),
    )


def _session(base_url: str, session: requests.Session | None) -> requests.Session:
    made = session or requests.Session()
    if urlsplit(base_url).hostname in _LOOPBACK:
        # A proxy of the house must not be asked for the portal next door.
        made.trust_env = False
    return made

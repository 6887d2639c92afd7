"""Asks whether all parts of the assistant answer."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass

import aiohttp
import sqlalchemy as sa

from portal.calls import Portal

_TIMEOUT = aiohttp.ClientTimeout(total=2.0)


@dataclass(frozen=True)
class Part:
    """State of one part.

    Attributes:
        detail: What was found, in one line for people.
    """

    name: str
    ready: bool
    detail: str


async def parts_of(portal: Portal) -> list[Part]:
    """Asks portal, Rasa and the action server at the same time.

    Returns:
        One part each, in this order; a part that does not answer in time is not
        ready and never raises.
    """
    settings = portal.settings
    async with aiohttp.ClientSession(timeout=_TIMEOUT) as session:
        return list(
            await asyncio.gather(
                _own_part(portal),
                _guarded(
                    "rasa", _rasa(session, settings.rasa_url, settings.rasa_token)
                ),
                _guarded("actions", _actions(session, settings.actions_url)),
            )
        )


async def _own_part(portal: Portal) -> Part:
    try:
        has_facts = await asyncio.to_thread(portal.catalogue.is_reachable)
    except sa.exc.SQLAlchemyError as error:
        return Part(
            "portal", False, f"database does not answer: {type(error).__name__}"
        )
    return Part("portal", has_facts, "ready" if has_facts else "database has no facts")


async def _guarded(name: str, question: Awaitable[Part]) -> Part:
    try:
        return await question
    except asyncio.TimeoutError:
        return Part(name, False, f"no answer within {_TIMEOUT.total:.0f} s")
    except (aiohttp.ClientError, ValueError) as error:
        return Part(name, False, f"no answer: {type(error).__name__}")


async def _rasa(session: aiohttp.ClientSession, url: str, token: str | None) -> Part:
    parameters = {"token": token} if token else {}
    async with session.get(f"{url}/status", params=parameters) as answer:
        if answer.status != 200:
            return Part("rasa", False, f"answers {answer.status}")
        status = await answer.json()
    model = status.get("model_file") if isinstance(status, dict) else None
    if not model:
        return Part("rasa", False, "no model loaded")
    return Part("rasa", True, str(model).rsplit("/", 1)[-1])


async def _actions(session: aiohttp.ClientSession, url: str) -> Part:
    async with session.get(f"{url}/health") as answer:
        if answer.status != 200:
            return Part("actions", False, f"answers {answer.status}")
    return Part("actions", True, "ready")

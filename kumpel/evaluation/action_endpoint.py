"""Runs the project's actions where Rasa would call the action server."""

from __future__ import annotations

import json
from typing import Any

from rasa.utils.endpoints import ClientResponseError, EndpointConfig
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException


class InProcessActions(EndpointConfig):
    """An action endpoint without a server.

    Calls and answers go through JSON as they do on the wire: an action can neither
    change Rasa's objects nor return what JSON cannot carry.
    """

    def __init__(self, package: str = "actions") -> None:
        """Registers all actions of a package.

        Args:
            package: Package or module that holds the actions.
        """
        super().__init__(url=f"in-process://{package}")
        self._executor = ActionExecutor()
        self._executor.register_package(package)

    @property
    def action_names(self) -> frozenset[str]:
        """Names of the actions that can be run."""
        return frozenset(self._executor.actions)

    async def request(
        self,
        method: str = "post",
        subpath: str | None = None,
        content_type: str | None = "application/json",
        compress: bool = False,
        **kwargs: Any,
    ) -> Any:
        """Runs the action that the call names (see parent class).

        Raises:
            ClientResponseError: The action refuses to run (400) or is unknown (404),
                with the bodies that the SDK's server sends.
        """
        call = json.loads(json.dumps(kwargs["json"]))
        try:
            answer = await self._executor.run(call)
        except ActionExecutionRejection as error:
            raise _refusal(400, error) from error
        except ActionNotFoundException as error:
            raise _refusal(404, error) from error
        return json.loads(json.dumps(answer))


def _refusal(
    status: int, error: ActionExecutionRejection | ActionNotFoundException
) -> ClientResponseError:
    body = {"error": error.message, "action_name": error.action_name}
    return ClientResponseError(status, "action refused", json.dumps(body))

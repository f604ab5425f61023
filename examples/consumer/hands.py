"""What members do and what time does, through the admin API of the mock: wherever it runs, in any language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import httpx

_SECONDS = 30.0


class Hands:
    """The people of the mocked company, and its clock.

    Args:
        base_url: of the mock; its admin API is below it, and described at ``/_mock/api/openapi.json``.
    """

    def __init__(self, base_url: str) -> None:
        # A page of another site can't send this header, so it can't use the API either.
        headers = {"X-Mock-Admin": "customer-care tests"}
        self._api = httpx.Client(
            base_url=f"{base_url}/_mock/api", headers=headers, timeout=_SECONDS, trust_env=False
        )

    def close(self) -> None:
        """Close the connections."""
        self._api.close()

    def start_over(self) -> None:
        """Forget what earlier tests have done, and go by the documented rules."""
        self._post("/reset")
        self.settings(quota_policy="days-of-month")

    def settings(self, **changed: Any) -> None:
        """Change settings of the mock."""
        self._post("/settings", changed)

    def confirm(self, msgid: str, userid: str) -> None:
        """Let a member send a task."""
        self._post("/tasks/confirm", {"msgid": msgid, "userid": userid})

    def ignore(self, msgid: str, userid: str) -> None:
        """Let a member put a task aside."""
        self._post("/tasks/ignore", {"msgid": msgid, "userid": userid})

    def befriend(self, userid: str, external_userid: str, tag: str) -> None:
        """Let a customer with a tag come to a member."""
        customer = {"external_userid": external_userid, "followed_by": [userid], "tags": [tag]}
        self._post("/company", {"customers": [customer]})

    def unfriend(self, userid: str, external_userid: str) -> None:
        """Let a customer leave a member."""
        self._post("/customers/leave", {"userid": userid, "external_userid": external_userid})

    def pass_time(self, *, hours: float) -> None:
        """Let time go by."""
        self._post("/clock", {"move": hours * 3600})

    def fail_next(self, operation: str, errcode: int) -> None:
        """Let the next call of an operation be refused."""
        self._post("/faults", {"kind": "errcode", "operation": operation, "errcode": errcode, "times": 1})

    def sent(self) -> list[tuple[str, list[str], str]]:
        """Each accepted message, oldest first: the member, the customers, and the text."""
        newest = self._get("/tasks", {})["tasks"]
        tasks = [self._get("/task", {"msgid": one["msgid"]}) for one in reversed(newest)]
        return [
            (member["userid"], [to["target"] for to in member["deliveries"]], task["body"]["text"]["content"])
            for task in tasks
            for member in task["members"]
        ]

    def errcodes(self) -> list[int]:
        """What the calls were answered, oldest first."""
        return [one["errcode"] for one in self._get("/calls", {})["calls"]]

    def _get(self, path: str, query: Mapping[str, str]) -> Any:
        return self._api.get(path, params=dict(query)).raise_for_status().json()

    def _post(self, path: str, body: Mapping[str, Any] | None = None) -> None:
        answer = self._api.post(path, json=dict(body or {}))
        # What it has to say about nonsense is worth more than the status.
        assert answer.is_success, answer.text

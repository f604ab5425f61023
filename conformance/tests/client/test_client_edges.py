"""What a seeded fault showed that no other test saw: moments, second tries, and what is kept between two calls."""

from __future__ import annotations

import inspect
import time
from collections.abc import Callable
from typing import Any

import pytest
from fault_server import CREATED, Connection, FaultServer, Seen, created, refused

from wecom_client.models import GroupmsgSendResult, GroupmsgTask
from wecom_openapi import AudienceNotConfirmed, CredentialError, MemoryTokenStore, OutcomeUnknown, WeCom
from wecom_openapi.deadline import Exchange
from wecom_openapi.results import AskMembers, AskRecipients, Pause, follow
from wecom_openapi.validation import enforce, judge

Serve = Callable[..., FaultServer]
CREATE = {"sender": "zhangsan", "external_userid": ["wmA"], "text": {"content": "新品上市"}}
EVERYONE = {"sender": "zhangsan", "text": {"content": "新品上市"}}


def test_another_flag_confirms_nothing() -> None:
    violations = judge("add_msg_template", EVERYONE)[1]
    with pytest.raises(AudienceNotConfirmed):
        enforce("add_msg_template", violations, frozenset({"to_some"}))
    assert enforce("add_msg_template", violations, frozenset({"to_all"})) == []


def hang_up(connection: Connection, request: Seen) -> None:
    connection.reset()


def bad_gateway(connection: Connection, request: Seen) -> None:
    connection.answer(b"<html>", status="502 Bad Gateway")


@pytest.mark.parametrize("handler", [hang_up, bad_gateway])
def test_a_create_is_sent_once_whatever_becomes_of_it(handler: Any, serve: Serve) -> None:
    server = serve(handler)
    with WeCom("ww", "secret", base_url=server.base_url) as wecom, pytest.raises(OutcomeUnknown):
        wecom.add_msg_template(CREATE)
    assert len(server.calls) == 1


def test_the_deadline_goes_by_a_clock_that_nobody_sets() -> None:
    assert inspect.signature(Exchange).parameters["clock"].default is time.monotonic


def test_a_token_is_gone_at_the_moment_when_it_ends() -> None:
    now = 100.0
    store = MemoryTokenStore(lambda: now)
    store.save("key", "token", 10.0)
    now = 109.999
    assert store.load("key") == "token"
    now = 110.0
    assert store.load("key") is None


def test_a_member_with_a_recipient_who_is_not_sent_to_is_asked_about_again() -> None:
    flow = follow("m", deadline=100, interval=1, longest_interval=1, progress=None, clock=lambda: 0.0)
    members = [GroupmsgTask(userid="lisi", status=2)]
    assert next(flow) == AskMembers("m")
    assert flow.send(members) == AskRecipients("m", "lisi")
    assert isinstance(flow.send([GroupmsgSendResult(userid="lisi", status=0, external_userid="wmA")]), Pause)
    assert flow.send(None) == AskMembers("m")
    assert flow.send(members) == AskRecipients("m", "lisi")


def test_after_a_failure_the_next_call_may_ask_for_the_token() -> None:
    """Else it would wait for a turn that nobody gives back."""
    with FaultServer(created, tokens=lambda connection, _: connection.answer(refused(40001))) as server:
        with WeCom("ww", "secret", base_url=server.base_url, deadline=5) as wecom:
            for _ in range(2):
                with pytest.raises(CredentialError):
                    wecom.add_msg_template(CREATE)
        assert len(server.token_requests) == 2


class Shared(MemoryTokenStore):
    """A store in which another process has renewed the token."""

    token = "tok-of-this-process"

    def load(self, key: str) -> str | None:
        return self.token


def test_a_token_that_another_process_renewed_is_the_one_that_is_sent(serve: Serve) -> None:
    server, store = serve(created), Shared()
    with WeCom("ww", "secret", base_url=server.base_url, token_store=store) as wecom:
        assert wecom.add_msg_template(CREATE).msgid == CREATED["msgid"]
        store.token = "tok-of-the-other"
        wecom.add_msg_template(CREATE)
    assert [request.token for request in server.calls] == ["tok-of-this-process", "tok-of-the-other"]
    assert server.token_requests == []

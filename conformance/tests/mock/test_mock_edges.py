"""What a seeded fault showed that no other test saw: whose clock counts, and how answers are written."""

from __future__ import annotations

import httpx

from wecom_mock import State
from wecom_mock.transport import InProcessTransport
from wecom_mock.wire import success

PATH = "/cgi-bin/externalcontact/get_groupmsg_task"


def test_the_transport_asks_the_clock_that_it_was_given() -> None:
    now = 1000.0
    state = State()
    app = state.company.apps[0]
    with httpx.Client(transport=InProcessTransport(state, lambda: now), base_url="http://mock") as client:
        query = {"corpid": state.company.corpid, "corpsecret": app.secret}
        token = client.get("/cgi-bin/gettoken", params=query).json()["access_token"]
        body = {"msgid": "none"}
        assert client.post(PATH, params={"access_token": token}, json=body).json()["errcode"] == 41047
        now += 7200
        assert client.post(PATH, params={"access_token": token}, json=body).json()["errcode"] == 42001


def test_answers_are_written_in_raw_utf_8() -> None:
    assert '"name":"王"'.encode() in success(State(), {"name": "王"}).body

"""A moment as another team would make it: the client against the mock, over a real socket, sync and async."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from wecom_client.models import MomentImage, MomentLink, MomentVideo
from wecom_contract import rules
from wecom_mock.server import MockServer
from wecom_openapi import AudienceNotConfirmed, FrequencyLimited, Image, InvalidRequest, RefusedError

sys.path.insert(0, str(Path(__file__).parent))  # the ids beside this file

from demo_ids import CUSTOMER, OTHER

Invoke = Callable[..., Any]
TAG = "ete19278asuMT123109rBAAAA"
LONGEST = "标" * rules()["add_moment_task.text.content.max-length"].limit
FEW = {"sender_list": {"user_list": ["zhangsan", "nobody"]}, "external_contact_list": {"tag_list": [TAG]}}


def test_from_the_job_to_the_customers(wecom: Invoke, mock: MockServer, clock: Any) -> None:
    job = wecom(
        "add_moment_task",
        text=LONGEST,
        attachments=[MomentImage(media_id="M1"), MomentImage(media_id="M2")],
        visible_range=FEW,
    )
    found = wecom("get_moment_task_result", jobid=job.jobid)
    assert (found.status, found.result.invalid_sender_list.user_list) == (3, ["nobody"])
    moment = found.result.moment_id
    [task] = wecom("get_moment_task", moment_id=moment).task_list
    assert (task.userid, task.publish_status) == ("zhangsan", 0)
    with pytest.raises(RefusedError) as early:
        wecom("get_moment_send_result", moment_id=moment, userid="zhangsan")
    assert early.value.errcode == 41062

    mock.state.publish_moment(moment, "zhangsan", clock())
    page = wecom("get_moment_send_result", moment_id=moment, userid="zhangsan", limit=1)
    assert [row.external_userid for row in page.customer_list] == [CUSTOMER]
    rest = wecom("get_moment_send_result", moment_id=moment, userid="zhangsan", cursor=page.next_cursor)
    assert (len(rest.customer_list), rest.next_cursor) == (1, "")
    assert OTHER not in {row.external_userid for row in rest.customer_list}
    now = int(clock())
    [listed] = wecom("get_moment_list", start_time=now - 60, end_time=now).moment_list
    assert (listed.moment_id, listed.text.content, listed.visible_type) == (moment, LONGEST, 0)
    assert [image.media_id for image in listed.image] == ["M1", "M2"]
    assert wecom("cancel_moment_task", moment_id=moment).errcode == 0
    assert mock.state.moments.by_id[moment].cancelled


@pytest.mark.parametrize(
    "wanted", [{}, {"visible_range": {}}, {"visible_range": {"sender_list": {"user_list": []}}}]
)
def test_everyone_is_only_asked_by_those_who_say_so(
    wecom: Invoke, mock: MockServer, wanted: dict[str, Any]
) -> None:
    with pytest.raises(AudienceNotConfirmed, match="every member"):
        wecom("add_moment_task", text="大家好", **wanted)
    assert mock.state.moments.jobs == {}
    wecom("add_moment_task", text="大家好", to_all=True, **wanted)
    [moment] = mock.state.moments.by_id.values()
    assert moment.members == mock.state.company.members


@pytest.mark.parametrize(
    ("attachments", "rule"),
    [
        ([MomentImage(media_id="M"), MomentVideo(media_id="M")], "one-kind"),
        ([MomentVideo(media_id="M"), MomentVideo(media_id="M")], "only-one"),
        (
            [MomentLink(url="https://a.cn", media_id="M"), MomentLink(url="https://a.cn", media_id="M")],
            "only-one",
        ),
        ([MomentImage(media_id="M")] * 10, "max-items"),
    ],
)
def test_the_client_refuses_what_the_page_forbids(wecom: Invoke, attachments: list[Any], rule: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        wecom("add_moment_task", attachments=attachments, visible_range=FEW)
    assert [one.rule for one in refused.value.violations] == [f"add_moment_task.attachments.{rule}"]


def test_attachments_of_both_calls_keep_their_own_models(wecom: Invoke, mock: MockServer) -> None:
    wecom("add_msg_template", external_userid=[CUSTOMER], attachments=[Image(media_id="M")])
    wecom("add_moment_task", attachments=[MomentVideo(media_id="V")], visible_range=FEW)
    [task], [moment] = mock.state.tasks.values(), mock.state.moments.by_id.values()
    assert task.body["attachments"] == [{"msgtype": "image", "image": {"media_id": "M"}}]
    assert moment.body["attachments"] == [{"msgtype": "video", "video": {"media_id": "V"}}]


def test_an_unknown_key_is_refused_before_it_is_sent(wecom: Invoke, mock: MockServer) -> None:
    with pytest.raises(InvalidRequest, match="did you mean user_list"):
        wecom(
            "add_moment_task", text="x", visible_range={"sender_list": {"userid": ["zhangsan"]}}, to_all=True
        )
    assert mock.state.moments.jobs == {}


def test_the_eleventh_in_a_minute(wecom: Invoke) -> None:
    for _ in range(10):
        wecom("add_moment_task", text="x", visible_range=FEW)
    with pytest.raises(FrequencyLimited):
        wecom("add_moment_task", text="x", visible_range=FEW)

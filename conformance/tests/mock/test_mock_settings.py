"""Every contradiction of the sources is a setting with two sides, and every preset says which."""

from __future__ import annotations

import itertools
import re
import types
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest
from attrs import fields

from wecom_mock import Settings, State, presets
from wecom_mock.caller import Caller
from wecom_mock.presets import PRESETS, changed

NOW = 1795320000.0
A, B = "woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA", "wmqfasd1e1927831123109rBAAAA"
ROOM, ROOM2 = "wr2GCAAAXtWyujaWJHDDGasdadAAA", "wrDemoSecondGroupOfZhangsanAA"
TEXT = {"text": {"content": "新品上市"}}
MIB = 1024 * 1024
PERIOD = {"chat_type": "single", "start_time": int(NOW) - 10, "end_time": int(NOW) + 10}


def caller(**settings: Any) -> Caller:
    return Caller(State(settings=Settings(**settings)), lambda: NOW)


def told(mock: Caller, operation: str, body: dict[str, Any], *, token: str | None = None) -> Any:
    answer = mock.call(operation, body, token=token)
    return answer.errcode or "ok"


def sender_absent(mock: Caller) -> Any:
    return told(mock, "add_msg_template", {"chat_type": "group", "chat_id_list": [ROOM], **TEXT})


def empty_optional(mock: Caller) -> Any:
    return told(mock, "add_msg_template", {"chat_type": "", "external_userid": [A], "sender": "", **TEXT})


def foreign_field(mock: Caller) -> Any:
    body = {"chat_type": "single", "external_userid": [A], "chat_id_list": [ROOM], **TEXT}
    return told(mock, "add_msg_template", body)


def confirmed(mock: Caller) -> Any:
    msgid = mock.call("add_msg_template", {"sender": "zhangsan", **TEXT}).body["msgid"]
    rows = [mock.call("get_groupmsg_task", {"msgid": msgid}).body["task_list"][0]["status"]]
    mock.state.confirm(msgid, "zhangsan", NOW)
    rows.append(mock.call("get_groupmsg_task", {"msgid": msgid}).body["task_list"][0]["status"])
    return rows


def create_time(mock: Caller) -> Any:
    mock.call("add_msg_template", {"sender": "zhangsan", **TEXT})
    return mock.call("get_groupmsg_list_v2", PERIOD).body["group_msg_list"][0]["create_time"]


def upload(mock: Caller, size: int = 6) -> Any:
    described = {"filename": "图.png", "filelength": size}
    return mock.call("media_upload", {"type": "image", "media": described})


def file_attachment(mock: Caller) -> Any:
    attachments = [
        {"msgtype": "image", "image": {"media_id": "MEDIA_ID"}},
        {"msgtype": "file", "file": {"media_id": "MEDIA_ID"}},
    ]
    return told(mock, "add_msg_template", {"sender": "zhangsan", "attachments": attachments})


def over_the_limit(mock: Caller) -> Any:
    for _ in range(101):
        mock.call("add_msg_template", {"sender": "zhangsan", **TEXT})
    return len(mock.call("get_groupmsg_list_v2", {**PERIOD, "limit": 1000}).body["group_msg_list"])


def sent_in_a_month(mock: Caller) -> Any:
    """How many messages a customer gets on one day, and on the days of a month (November)."""

    def sent(now: float) -> bool:
        on_the_day = Caller(mock.state, lambda: now)
        answer = on_the_day.call("add_msg_template", {"sender": "zhangsan", "external_userid": [A], **TEXT})
        if answer.errcode:
            return False
        task = mock.state.confirm(answer.body["msgid"], "zhangsan", now)
        return task.assignments["zhangsan"].deliveries[0].status == 1

    return sum(sent(NOW) for _ in range(40))


def quota_shows(mock: Caller) -> Any:
    limit = sent_in_a_month(mock)
    assert limit == 30
    answer = mock.call("add_msg_template", {"sender": "zhangsan", "external_userid": [A], **TEXT})
    if answer.errcode:
        return answer.errcode
    task = mock.state.confirm(answer.body["msgid"], "zhangsan", NOW)
    return f"status {task.assignments['zhangsan'].deliveries[0].status}"


def image_of(megabytes: int) -> Any:
    return lambda mock: (
        upload(mock, megabytes * MIB).errcode or "ok",
        upload(mock, megabytes * MIB + 1).errcode or "ok",
    )


def moment_texts(mock: Caller) -> Any:
    """2,000 and 2,001 letters, 1,333 and 1,334 characters of three bytes."""
    texts = ("x" * 2000, "x" * 2001, "x" * 4000, "x" * 4001, "新" * 1333, "新" * 1334)
    return [told(mock, "add_moment_task", {"text": {"content": text}}) for text in texts]


def group_rows(mock: Caller) -> Any:
    body = {"chat_type": "group", "sender": "zhangsan", "chat_id_list": [ROOM, ROOM2], **TEXT}
    msgid = mock.call("add_msg_template", body).body["msgid"]
    answer = mock.call("get_groupmsg_send_result", {"msgid": msgid, "userid": "zhangsan"})
    return len(answer.body["send_list"])


def bad_token(mock: Caller) -> Any:
    answer = mock.call("add_msg_template", {"sender": "zhangsan", **TEXT}, token="none")
    assert answer.reason == "token.unknown"
    return answer.errcode, answer.errmsg


def bad_secret(mock: Caller) -> Any:
    return told(mock, "gettoken", {"corpid": "wwdemo", "corpsecret": "wrong"})


INVALID = "invalid credential, access_token is invalid or not latest"
CONTRADICTIONS: dict[str, tuple[str, Any, dict[Any, Any]]] = {
    "sender absent, group": ("group_sender_absent", sender_absent, {"refuse": 40058, "owner": "ok"}),
    "empty-string optionals": ("empty_optionals", empty_optional, {"refuse": 40058, "absent": "ok"}),
    "foreign fields": ("ignored_fields", foreign_field, {"accept": "ok", "refuse": 40058}),
    "task status": ("confirmed_status", confirmed, {2: [0, 2], 1: [0, 1]}),
    "create_time": ("list_create_time", create_time, {"number": int(NOW), "text": str(int(NOW))}),
    "created_at": (
        "upload_created_at",
        lambda mock: upload(mock).body["created_at"],
        {"text": str(int(NOW)), "number": int(NOW)},
    ),
    "msgtype list": ("file_attachments", file_attachment, {"accept": "ok", "refuse": 41065}),
    "limit over maximum": ("list_limit_over_maximum", over_the_limit, {"default": 50, "maximum": 100}),
    "quota default": ("quota_policy", sent_in_a_month, {"days-of-month": 30, "per-day-1": 1}),
    "quota surfacing": ("quota_surfaces", quota_shows, {"create": 41048, "result": "status 3"}),
    "image size 10": ("image_megabytes", image_of(10), {10: ("ok", 45001), 5: (45001, 45001)}),
    "image size 5": ("image_megabytes", image_of(5), {10: ("ok", "ok"), 5: ("ok", 45001)}),
    "moments text": (
        "moment_text_limit",
        moment_texts,
        {
            "characters": ["ok", 40058, 40058, 40058, "ok", "ok"],
            "bytes": ["ok", "ok", "ok", 40058, "ok", 40058],
            "both": ["ok", 40058, 40058, 40058, "ok", 40058],
        },
    ),
    "group send_result rows": ("group_result_rows", group_rows, {"sent": 0, "all": 2}),
    "errmsg for 40001, token": (
        "bad_token_code",
        bad_token,
        {40014: (40014, "invalid access_token"), 40001: (40001, INVALID)},
    ),
    "errmsg for 40001, secret": ("bad_secret_code", bad_secret, {40091: 40091, 40001: 40001}),
}
"""What the sources disagree on → its setting, a trial, and what comes out on either side; the documented one first."""


@pytest.mark.parametrize("topic", CONTRADICTIONS)
def test_either_side_and_the_documented_one_by_default(topic: str) -> None:
    setting, trial, sides = CONTRADICTIONS[topic]
    assert len(sides) >= 2
    for value, outcome in sides.items():
        assert trial(caller(**{setting: value})) == outcome, value
    documented = next(iter(sides))
    assert getattr(Settings(), setting) == documented
    assert trial(caller()) == sides[documented]


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_does_what_its_settings_say(preset: str) -> None:
    for topic, (setting, trial, sides) in CONTRADICTIONS.items():
        chosen = getattr(Settings.preset(preset), setting)
        assert trial(caller(**{setting: chosen})) == sides[chosen], topic


def test_a_body_with_ignored_fields_is_refused_where_it_is_ignored() -> None:
    body = {"chat_type": "group", "sender": "zhangsan", "external_userid": [A], "allow_select": True, **TEXT}
    answer = caller(ignored_fields="refuse").call("add_msg_template", body)
    assert (answer.errcode, answer.rule) == (40058, "external_userid.ignored-for-group")
    assert answer.path == "external_userid"
    # Another warning is still one.
    everyone = caller(ignored_fields="refuse").call("add_msg_template", {"sender": "zhangsan", **TEXT})
    assert everyone.errcode == 0
    assert everyone.warnings == ("audience.everyone-single",)


def test_an_empty_text_that_counts_as_absent_is_no_value_where_one_is_due() -> None:
    mock = caller(empty_optionals="absent")
    assert told(mock, "get_groupmsg_task", {"msgid": ""}) == 41046
    assert mock.call("get_groupmsg_task", {"msgid": ""}).rule == "get_groupmsg_task.msgid.required"
    assert told(mock, "add_msg_template", {"sender": "zhangsan", "text": {"content": ""}}) != "ok"


class TestPresets:
    def test_the_documented_one_is_the_default(self) -> None:
        assert Settings.preset("documented") == Settings()

    def test_each_assigns_every_setting(self) -> None:
        names = {each.name for each in fields(Settings)}
        assert {name: set(preset) for name, preset in PRESETS.items()} == {
            "documented": names,
            "observed-2026": names,
            "strict": names,
        }

    def test_they_differ_where_the_table_of_the_module_says(self) -> None:
        ends = (0, 25, 42, 59, 75, 120)
        lines = [
            line for line in (presets.__doc__ or "").splitlines() if line.endswith("``") and "=" not in line
        ]
        lines = [line for line in lines if line[75:77] == "``"]
        rows = [[line[start:end].strip(" `") for start, end in itertools.pairwise(ends)] for line in lines]
        assert {row[4] for row in rows} == {setting for setting, _, _ in CONTRADICTIONS.values()}
        for _, documented, observed, strict, setting in rows:
            shown = [text.strip() for text in (documented, observed, strict)]
            values = [preset[setting] for preset in PRESETS.values()]
            assert [shown.index(text) for text in shown] == [values.index(value) for value in values], setting

    def test_an_unknown_one_is_refused_with_the_known(self) -> None:
        with pytest.raises(ValueError, match="no preset 'lax'; there are documented, observed-2026, strict"):
            Settings.preset("lax")

    def test_strict_looks_at_media_ids(self) -> None:
        mock = Caller(State(settings=Settings.preset("strict")), lambda: NOW)
        attachments = [{"msgtype": "image", "image": {"media_id": "NEVER_UPLOADED"}}]
        body = {"sender": "zhangsan", "attachments": attachments}
        assert told(mock, "add_msg_template", body) == 40007
        attachments[0]["image"] = {"media_id": upload(mock).body["media_id"]}
        assert told(mock, "add_msg_template", body) == "ok"


class TestSettingsFromText:
    def test_every_setting_can_be_written(self) -> None:
        hints = get_type_hints(Settings)
        for each in fields(Settings):
            hint = hints[each.name]
            if get_origin(hint) is Literal:
                texts = {str(value): value for value in get_args(hint)}
            elif hint is bool:
                texts = {"true": True, "false": False}
            elif get_origin(hint) is types.UnionType:
                texts = {"none": None, "7": 7}
            else:
                texts = {"7": 7}
            for text, value in texts.items():
                assert getattr(changed(Settings(), [f"{each.name}={text}"]), each.name) == value

    def test_no_setting_takes_a_value_that_it_does_not_know(self) -> None:
        hints = get_type_hints(Settings)
        chosen = [each.name for each in fields(Settings) if get_origin(hints[each.name]) is Literal]
        assert len(chosen) > 10
        for name in chosen:
            with pytest.raises(ValueError, match=name):
                Settings(**{name: "nonsense"})

    def test_the_last_one_counts_and_the_rest_stays(self) -> None:
        found = changed(
            Settings.preset("strict"), ["image_megabytes=5", "image_megabytes=10", "dispatch_seconds=0.5"]
        )
        assert (found.image_megabytes, found.dispatch_seconds, found.ignored_fields) == (10, 0.5, "refuse")

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("image_megabytes", "setting 'image_megabytes': write name=value"),
            ("images=1", "no setting 'images'; there are group_sender_absent, "),
            ("=1", "no setting ''; there are "),
            ("image_megabytes=6", "setting image_megabytes: '6' is not one of 10, 5"),
            ("check_media=yes", "setting check_media: 'yes' is not true or false"),
            ("moments_per_minute=", "setting moments_per_minute: '' is not "),
            ("moments_per_minute=-1", "setting moments_per_minute: '-1' is not "),
            ("dispatch_seconds=nan", "setting dispatch_seconds: 'nan' is not a number from 0 on"),
            ("dispatch_seconds=inf", "setting dispatch_seconds: 'inf' is not a number from 0 on"),
            ("max_body_bytes=0", "setting max_body_bytes: '0' is not "),
        ],
    )
    def test_anything_else_is_one_line(self, text: str, told: str) -> None:
        with pytest.raises(ValueError, match=re.escape(told)) as caught:
            changed(Settings(), ["check_media=true", text])
        assert "\n" not in str(caught.value)

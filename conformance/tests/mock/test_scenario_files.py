"""Every field of a scenario file, and what is said about files that can not be used, as a whole."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

from wecom_mock import demo_company
from wecom_mock.faults import Fault
from wecom_mock.scenario import ScenarioFileError, load_scenario, parse_scenario
from wecom_mock.script import Rule
from wecom_mock.yaml_file import MAX_BYTES

SHARED = "wmDemoSharedChattedWithLisiAAAAA"


def test_every_field_of_a_fault_is_read() -> None:
    text = """
faults:
- {kind: slow, pause: 0, size: 7, times: 2}
- {kind: silence, seconds: 1.5}
- {kind: html-502, applied: false}
- {kind: html-200, operation: gettoken, applied: on}
- {kind: errcode, errcode: 45009, errmsg: "7", probability: .25}
- {kind: content-type, content_type: text/x}
- {kind: frequency, limit: 0}
"""
    wanted = (
        Fault("slow", pause=0, size=7, times=2),
        Fault("silence", seconds=1.5),
        Fault("html-502", applied=False),
        Fault("html-200", "gettoken", applied=True),
        Fault("errcode", errcode=45009, errmsg="7", probability=0.25),
        Fault("content-type", content_type="text/x"),
        Fault("frequency", limit=0),
    )
    assert [attrs.asdict(one) for one in parse_scenario(text, demo_company()).faults] == [
        *map(attrs.asdict, wanted)
    ]


def test_rules_at_the_ends_of_what_they_may_say() -> None:
    text = """
people:
- {when: add_msg_template, do: confirm}
- {when: gettoken, do: unfriend, member: lisi, customer: wmDemoSharedChattedWithLisiAAAAA, after: 1, probability: 0}
- {when: gettoken, do: revoke-tokens, after: 0.5, probability: 1}
"""
    assert parse_scenario(text, demo_company()).rules == (
        Rule(when="add_msg_template", do="confirm", after=0, member=None, customer=None, probability=1),
        Rule(when="gettoken", do="unfriend", after=1, member="lisi", customer=SHARED, probability=0),
        Rule(when="gettoken", do="revoke-tokens", after=0.5, probability=1),
    )


@pytest.mark.parametrize(("written", "value"), [("yes", True), ("On", True), ("TRUE", True), ("no", False)])
def test_words_for_true_and_false(written: str, value: bool) -> None:
    settings = parse_scenario(f"settings: {{check_media: {written}}}", demo_company()).settings
    assert settings.check_media is value


def test_nothing_need_be_there() -> None:
    assert parse_scenario("{}", demo_company()).rules == ()


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "s.yaml:1: the file is empty"),
        ("[]", "s.yaml:1: the file: must be a mapping"),
        ("a: [", "s.yaml:1: no YAML: expected the node content, but found '<stream end>'"),
        ("\n\na: [}", "s.yaml:3: no YAML: expected the node content, but found '}'"),
        (
            "a: \x00",
            "s.yaml:1: no YAML: unacceptable character #x0000: special characters are not allowed in "
            '"<unicode string>", position 3',
        ),
        ("\nfault: []", "s.yaml:2: fault: unknown field; known here: faults, people, settings"),
        (
            "settings:\n  quota: 1",
            "s.yaml:2: settings.quota: unknown field; known here: bad_secret_code, "
            "bad_token_code, bare_success, calls_per_hour, calls_per_hour_of_address, "
            "calls_per_minute, calls_per_minute_of_address, check_media, confirmed_status, "
            "dispatch_code, dispatch_seconds, empty_optionals, escapes_refused, file_attachments, "
            "group_result_rows, group_sender_absent, ignored_fields, image_megabytes, "
            "images_per_day, images_per_month, list_create_time, list_limit_over_maximum, "
            "max_body_bytes, max_upload_bytes, moment_dispatch_seconds, moment_text_limit, "
            "moments_per_minute, quota_policy, quota_surfaces, ticket_seconds, upload_created_at, "
            "used_welcome_code, wrong_secrets_allowed",
        ),
        (
            "settings:\n  quota_policy: weekly",
            "s.yaml:2: settings.quota_policy: must be one of days-of-month, per-week-7, "
            "per-day-1, per-month-4, unlimited",
        ),
        ("settings:\n  dispatch_code: 1", "s.yaml:2: settings.dispatch_code: must be one of 41063, 41047"),
        ("settings: {check_media: 1}", "s.yaml:1: settings.check_media: must be true or false"),
        ("settings: {max_body_bytes: 0}", "s.yaml:1: settings.max_body_bytes: can't be 0"),
        ("settings: {max_body_bytes: -1}", "s.yaml:1: settings.max_body_bytes: must be at least 0"),
        ("settings: {max_body_bytes: null}", "s.yaml:1: settings.max_body_bytes: must be a whole number"),
        ("settings: {calls_per_minute: many}", "s.yaml:1: settings.calls_per_minute: must be a whole number"),
        ("settings: {calls_per_minute: [1]}", "s.yaml:1: settings.calls_per_minute: must be one value"),
        ("settings: {dispatch_seconds: soon}", "s.yaml:1: settings.dispatch_seconds: must be a number"),
        ("faults:\n- {}", "s.yaml:2: faults[0]: lacks the field kind"),
        (
            "faults:\n- {kind: slow}\n- {kind: fast}",
            "s.yaml:3: faults[1].kind: no fault 'fast'; there are errcode, token-dead, frequency, "
            "ip-ban, refuse, reset-before, reset-after, silence, slow, truncate, html-502, "
            "html-200, content-type, invalid-utf-8, duplicate-keys, errcode-text, oversized, "
            "warning, no-msgid",
        ),
        (
            "faults:\n- kind: slow\n  operation: x",
            "s.yaml:3: faults[0].operation: no operation 'x' in the contract",
        ),
        ("faults:\n- kind: slow\n  times: 0", "s.yaml:3: faults[0].times: times must be at least 1"),
        ("faults:\n- kind: slow\n  times: yes", "s.yaml:3: faults[0].times: must be a whole number"),
        (
            "faults:\n- kind: slow\n  errcode: 1",
            "s.yaml:3: faults[0].errcode: errcode means nothing for the fault slow",
        ),
        (
            "faults: [{kind: frequency, times: 1}]",
            "s.yaml:1: faults[0]: a limit has no times and no probability",
        ),
        ("faults: [{kind: slow, applied: 1}]", "s.yaml:1: faults[0].applied: must be true or false"),
        ("faults: [{kind: truncate, size: 1.5}]", "s.yaml:1: faults[0].size: must be a whole number"),
        ("faults: [{kind: truncate, size: 0x10}]", "s.yaml:1: faults[0].size: must be a plain number"),
        ("faults: [{kind: slow, seconds: yes}]", "s.yaml:1: faults[0].seconds: must be a number"),
        ("faults: [{kind: slow, pause: null}]", "s.yaml:1: faults[0].pause: must be a number"),
        ("faults: [{kind: slow, seconds: 1, seconds: 2}]", "s.yaml:1: faults[0].seconds: given twice"),
        (
            "faults: [{kind: refuse, operation: gettoken}]",
            "s.yaml:1: faults[0].operation: operation means nothing for the fault refuse: it comes before the call",
        ),
        (
            "people: [{when: gettoken, do: unfriend, customer: wmDemoSharedChattedWithLisiAAAAA}]",
            "s.yaml:1: people[0]: unfriend needs a member",
        ),
        *(
            (
                f"people: [{{when: add_msg_template, do: ignore, probability: {value}}}]",
                "s.yaml:1: people[0]: after must be at least 0 and probability from 0 to 1",
            )
            for value in (-0.01, 1.01)
        ),
        ("people: {}", "s.yaml:1: people: must be a list"),
        ("people:\n- {when: add_msg_template}", "s.yaml:2: people[0]: lacks the field do"),
        (
            "people:\n- {when: add, do: ignore}",
            "s.yaml:2: people[0].when: no operation 'add' in the contract",
        ),
        (
            "people: [{when: gettoken, do: dance}]",
            "s.yaml:1: people[0].do: must be one of confirm, publish, ignore, unfriend, revoke-tokens",
        ),
        (
            "people: [{when: gettoken, do: confirm}]",
            "s.yaml:1: people[0]: confirm can't follow gettoken, only add_msg_template, remind_groupmsg_send",
        ),
        (
            "people:\n- when: add_msg_template\n  do: confirm\n  member: nobody",
            "s.yaml:4: people[0].member: no member 'nobody' in this company",
        ),
        (
            "people:\n- when: gettoken\n  do: unfriend\n  member: lisi\n  customer: wm1",
            "s.yaml:5: people[0].customer: no customer 'wm1' in this company",
        ),
        (
            "people: [{when: gettoken, do: unfriend, member: lisi}]",
            "s.yaml:1: people[0]: customer belongs to unfriend, and to nothing else",
        ),
        (
            "people: [{when: gettoken, do: revoke-tokens, member: lisi}]",
            "s.yaml:1: people[0]: revoke-tokens has no member",
        ),
        (
            "people:\n- when: add_msg_template\n  do: ignore\n  after: -1",
            "s.yaml:4: people[0].after: after must be at least 0 and probability from 0 to 1",
        ),
        (
            "people: [{when: add_msg_template, do: ignore, probability: x}]",
            "s.yaml:1: people[0].probability: must be a number",
        ),
    ],
)
def test_a_fault_of_the_file_is_one_line(text: str, complaint: str) -> None:
    with pytest.raises(ScenarioFileError) as caught:
        parse_scenario(text, demo_company(), "s.yaml")
    assert str(caught.value) == complaint


def test_files_that_can_not_be_read(tmp_path: Path) -> None:
    file = tmp_path / "s.yaml"
    with pytest.raises(ScenarioFileError, match=r"/s\.yaml: No such file or directory$"):
        load_scenario(file, demo_company())
    file.write_bytes(b"people: []\n\xff")
    with pytest.raises(ScenarioFileError, match=r"/s\.yaml:2: not UTF-8$"):
        load_scenario(file, demo_company())
    file.write_text("{}" + " " * (MAX_BYTES - 1))
    with pytest.raises(ScenarioFileError, match=r"/s\.yaml: larger than 2097152 bytes$"):
        load_scenario(file, demo_company())
    file.write_text("{}" + " " * (MAX_BYTES - 2))
    assert load_scenario(file, demo_company()).faults == ()

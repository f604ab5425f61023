"""What a marker may say about the mock of a test."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from wecom_mock import Settings, State, demo_company
from wecom_mock.markers import MarkerError, read

HERE = Path(__file__).parent
YAML = "corpid: wwacme\napps:\n- {name: crm, secret: s}\nmembers: [zhangsan]\n"


def read_one(**named: Any) -> tuple[State, float]:
    state, clock = read([((), named)], HERE)
    return state, clock()


def test_without_a_marker_there_is_an_app_and_nobody() -> None:
    state, _ = read([], HERE)
    assert (state.company.corpid, [app.secret for app in state.company.apps]) == ("wwtest", ["test-secret"])
    assert (state.company.members, state.company.customers, state.company.groups) == ((), {}, {})
    assert (state.settings, state.seed) == (Settings(), 0)


def test_settings_seed_and_time() -> None:
    state, now = read_one(
        quota_policy="per-day-1", dispatch_seconds=2, moments_per_minute=None, seed=7, now=1795320000
    )
    assert state.settings == Settings(quota_policy="per-day-1", dispatch_seconds=2, moments_per_minute=None)
    assert (state.seed, now) == (7, 1795320000.0)
    for moment in (datetime(2026, 11, 22, 4, tzinfo=UTC), "2026-11-22T12:00:00+08:00"):
        assert read_one(now=moment)[1] == 1795320000.0


def test_the_marker_nearest_to_the_test_wins() -> None:
    state, _ = read([((), {"seed": 1}), ((), {"seed": 2, "check_media": True})], HERE)
    assert (state.seed, state.settings.check_media) == (1, True)


def test_a_company_of_a_file_beside_the_test(tmp_path: Path) -> None:
    (tmp_path / "company.yaml").write_text(YAML, encoding="utf-8")
    for name in ("company.yaml", Path("company.yaml"), str(tmp_path / "company.yaml")):
        state, _ = read([((), {"company": name})], tmp_path)
        assert state.company.members == ("zhangsan",)
    assert read_one(company="demo")[0].company == demo_company()
    assert read_one(company=demo_company())[0].company == demo_company()


@pytest.mark.parametrize(
    ("named", "says"),
    [
        ({"quota_polcy": "per-day-1"}, "quota_polcy is no setting; did you mean quota_policy?"),
        (
            {"xyz": 1},
            (
                "xyz is no setting; known: bad_secret_code, bad_token_code, bare_success, "
                "calls_per_hour, calls_per_hour_of_address, calls_per_minute, "
                "calls_per_minute_of_address, check_media, company, confirmed_status, dispatch_code, "
                "dispatch_seconds, empty_optionals, escapes_refused, file_attachments, "
                "group_result_rows, group_sender_absent, ignored_fields, image_megabytes, "
                "images_per_day, images_per_month, list_create_time, list_limit_over_maximum, "
                "max_body_bytes, max_upload_bytes, moment_dispatch_seconds, moment_text_limit, "
                "moments_per_minute, now, quota_policy, quota_surfaces, seed, ticket_seconds, "
                "upload_created_at, used_welcome_code, wrong_secrets_allowed"
            ),
        ),
        (
            {"quota_policy": "weekly"},
            (
                "quota_policy='weekly': 'days-of-month', 'per-week-7', 'per-day-1', 'per-month-4' or "
                "'unlimited' is needed"
            ),
        ),
        ({"bad_secret_code": 40002}, "bad_secret_code=40002: 40091 or 40001 is needed"),
        ({"escapes_refused": 1}, "escapes_refused=1: True or False is needed"),
        ({"dispatch_seconds": "2"}, "dispatch_seconds='2': a number is needed"),
        ({"dispatch_seconds": True}, "dispatch_seconds=True: a number is needed"),
        ({"max_body_bytes": 1.5}, "max_body_bytes=1.5: a whole number is needed"),
        ({"max_body_bytes": 0}, "'max_body_bytes' must be >= 1: 0"),
        ({"moments_per_minute": "ten"}, "moments_per_minute='ten': a whole number or None is needed"),
        ({"seed": "x"}, "seed='x': a whole number is needed"),
        ({"now": "noon"}, "now='noon': no time; '2026-11-22T12:00:00+08:00' is one"),
        (
            {"now": "2026-11-22"},
            ("now: 2026-11-22T00:00:00 names no time zone: say which, datetime.now(UTC) for one"),
        ),
        ({"now": True}, ("now=True: Unix seconds, an aware datetime or its text is needed")),
        ({"now": -1}, ("now: no time of this clock: -1 (Unix seconds from 0 to 4294967296)")),
        ({"company": ""}, ("company='': 'demo', the name of a YAML file or a Company is needed")),
        ({"company": 5}, ("company=5: 'demo', the name of a YAML file or a Company is needed")),
        ({"company": "nowhere.yaml"}, ("company: HERE/nowhere.yaml: No such file or directory")),
    ],
)
def test_nonsense_is_one_line(named: dict[str, Any], says: str) -> None:
    with pytest.raises(MarkerError) as caught:
        read_one(**named)
    assert str(caught.value).replace(str(HERE), "HERE") == says
    assert "\n" not in str(caught.value)


def test_a_fault_in_the_file_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_text(f"{YAML}grups: []\n", encoding="utf-8")
    with pytest.raises(
        MarkerError, match=r"^company: /.*/c\.yaml:5: grups: unknown field; known here: apps, "
    ):
        read([((), {"company": "c.yaml"})], tmp_path)


def test_positions_mean_nothing() -> None:
    with pytest.raises(MarkerError, match=r"^takes names only, like company='demo'; not 'demo'$"):
        read([(("demo",), {})], HERE)

"""The pytest plugin, in runs of pytest of their own that find it by its entry point."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))  # the helper above this folder

from plugin_site import plugin_path

pytest_plugins = ("pytester",)

# What else is installed here, and takes seconds to load.
_QUICK = ("-p", "no:cacheprovider", "-p", "no:schemathesis", "-p", "no:hypothesispytest", "-p", "no:anyio")

Run = Callable[..., pytest.RunResult]


@pytest.fixture
def run(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Run:
    """Runs pytest on a test file as if this distribution were installed: with its entry points, and no option."""
    monkeypatch.setenv("PYTHONPATH", plugin_path(tmp_path_factory.mktemp("site")))
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        # Nobody listens there: a client of the fixtures must not ask a proxy.
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)

    def run(source: str, *options: str, conftest: str = "") -> pytest.RunResult:
        pytester.makepyfile(source)
        if conftest:
            pytester.makeconftest(conftest)
        return pytester.runpytest_subprocess(*_QUICK, "-W", "error", *options)

    return run


def passed(result: pytest.RunResult, number: int) -> None:
    outcomes = result.parseoutcomes()
    assert outcomes == {"passed": number}, result.stdout.str() + result.stderr.str()


def test_the_fixtures_are_there_without_an_import(run: Run) -> None:
    passed(
        run(
            """
            import asyncio


            def test_a_message_is_sent_confirmed_and_looked_at(wecom_mock, wecom):
                wecom_mock.company.member("zhangsan").customer("wmA", tags=["vip"]).customer("wmB")
                task = wecom.add_msg_template(
                    sender="zhangsan", text="hello", tag_filter={"group_list": [{"tag_list": ["vip"]}]}
                )
                (member,) = wecom.get_groupmsg_task(msgid=task.msgid).task_list
                assert member.status == 0
                wecom_mock.confirm(task.msgid)
                results = wecom.wait_for_results(task.msgid, deadline=30, interval=0.1)
                assert {status.name: count for status, count in results.counts.items()} == {"SENT": 1}
                wecom_mock.assert_sent(to="wmA", text="hello", sender="zhangsan")
                wecom_mock.assert_no_broken_rules()
                assert wecom_mock.calls.of("add_msg_template")[0].body["sender"] == "zhangsan"


            def test_the_next_test_has_a_mock_of_its_own(wecom_mock):
                assert len(wecom_mock.calls) == 0
                assert wecom_mock.state.company.members == ()
                assert wecom_mock.base_url.startswith("http://127.0.0.1:")


            def test_a_token_ends_when_the_clock_is_moved(wecom_mock, wecom):
                wecom_mock.company.member("zhangsan").customer("wmA")
                for _ in range(2):
                    assert wecom.externalcontact_list(userid="zhangsan").external_userid == ["wmA"]
                    wecom_mock.clock.move(hours=2)
                assert [call.errcode for call in wecom_mock.calls] == [0, 0, 42001, 0, 0]


            def test_async(wecom_mock, async_wecom):
                wecom_mock.company.member("zhangsan").customer("wmA")

                async def send():
                    await async_wecom.add_msg_template(sender="zhangsan", text="a", external_userid=["wmA"])
                    await asyncio.gather(
                        *(async_wecom.externalcontact_list(userid="zhangsan") for _ in range(5))
                    )

                asyncio.run(send())
                asyncio.run(send())
                assert len(wecom_mock.assert_sent(to="wmA", times=2)) == 2

            """
        ),
        4,
    )


def test_settings_by_marker(run: Run, pytester: pytest.Pytester) -> None:
    pytester.makefile(
        ".yaml", company="corpid: wwacme\napps:\n- {name: crm, secret: s}\nmembers: [zhangsan]\n"
    )
    passed(
        run(
            """
            import pytest

            pytestmark = pytest.mark.wecom(quota_policy="per-day-1", quota_surfaces="result", now=1795320000)


            def send(wecom_mock, wecom):
                task = wecom.add_msg_template(sender="zhangsan", text="a", external_userid=["wmA"])
                wecom_mock.confirm(task.msgid)
                (row,) = wecom.get_groupmsg_send_result(msgid=task.msgid, userid="zhangsan").send_list
                return row.status


            def test_one_a_day(wecom_mock, wecom):
                assert wecom_mock.clock.now == 1795320000
                wecom_mock.company.member("zhangsan").customer("wmA")
                assert [send(wecom_mock, wecom) for _ in range(2)] == [1, 3]
                wecom_mock.clock.move(days=1)
                assert send(wecom_mock, wecom) == 1


            @pytest.mark.wecom(quota_policy="unlimited")
            class TestNearer:
                @pytest.mark.wecom(company="company.yaml")
                def test_each_marker_counts(self, wecom_mock, wecom):
                    assert (wecom_mock.corpid, wecom_mock.secret) == ("wwacme", "s")
                    wecom_mock.company.member("zhangsan").customer("wmA")
                    assert [send(wecom_mock, wecom) for _ in range(3)] == [1, 1, 1]


            @pytest.mark.wecom(company="demo")
            def test_the_built_in_company(wecom_mock, wecom):
                assert len(wecom.externalcontact_list(userid="zhangsan").external_userid) == 5
            """,
            "--strict-markers",
        ),
        3,
    )


def test_nonsense_in_a_marker_is_one_clear_line_and_other_tests_go_on(run: Run) -> None:
    result = run(
        """
        import pytest


        @pytest.mark.wecom(quota_policy="weekly")
        def test_value(wecom_mock):
            raise AssertionError("not reached")


        @pytest.mark.wecom(compny="demo")
        def test_name(wecom):
            raise AssertionError("not reached")


        @pytest.mark.wecom(company="nowhere.yaml")
        def test_file(wecom_mock):
            raise AssertionError("not reached")


        @pytest.mark.wecom("demo")
        def test_position(wecom_mock):
            raise AssertionError("not reached")


        def test_fine(wecom_mock):
            pass
        """
    )
    assert result.parseoutcomes() == {"passed": 1, "errors": 4}
    said = result.stdout.str()
    assert "@pytest.mark.wecom: quota_policy='weekly': 'days-of-month', " in said
    assert "@pytest.mark.wecom: compny is no setting; did you mean company?" in said
    assert re.search(r"@pytest\.mark\.wecom: company: .*nowhere\.yaml: No such file", said)
    assert "@pytest.mark.wecom: takes names only" in said
    assert "not reached" not in said.replace('raise AssertionError("not reached")', "")
    assert "Traceback" not in said


def test_a_failing_assertion_shows_the_calls_and_not_the_inside_of_the_mock(run: Run) -> None:
    result = run(
        """
        def test_it(wecom_mock, wecom):
            wecom_mock.company.member("zhangsan").customer("wmA").customer("wmB")
            wecom.add_msg_template(sender="zhangsan", text="新品", external_userid=["wmA"])
            wecom_mock.assert_sent(to=["wmA", "wmB"], text="新品上市")
        """
    )
    assert result.parseoutcomes() == {"failed": 1}
    said = result.stdout.str()
    for line in (
        "E       AssertionError: no message like this was sent:",
        "E         call 2, accepted:",
        "E           to  lacks wmB",
        "E           text  '新品' instead of '新品上市', from character 3",
    ):
        assert line in said, said
    assert "assertions.py" not in said
    assert "fixture.py" not in said


def test_workers_share_nothing(run: Run) -> None:
    passed(
        run(
            """
            import pytest


            @pytest.mark.parametrize("number", range(12))
            def test_alone(wecom_mock, wecom, number):
                assert len(wecom_mock.calls) == 0
                wecom_mock.company.member("zhangsan").customer(f"wm{number}")
                wecom.add_msg_template(sender="zhangsan", text=str(number), to_all=True)
                (task,) = wecom_mock.assert_sent(to=f"wm{number}", text=str(number))
                wecom_mock.confirm(task.msgid)
            """,
            "-n",
            "2",
        ),
        12,
    )


@pytest.mark.parametrize(
    ("fixture", "absent", "says"),
    [
        ("wecom", "wecom_openapi", "the fixture wecom needs the client, and wecom_openapi can't be imported"),
        (
            "async_wecom",
            "wecom_client",
            "the fixture async_wecom needs the client, and wecom_client can't be",
        ),
        ("wecom_mock", "yaml", "wecom_mock needs yaml: pip install 'wecom-openapi[mock]'"),
    ],
)
def test_what_is_not_installed_is_told(run: Run, fixture: str, absent: str, says: str) -> None:
    result = run(
        f"""
        import pytest


        @pytest.mark.wecom(company="{"company.yaml" if absent == "yaml" else "demo"}")
        def test_it({fixture}):
            pass


        def test_that_needs_none_of_it():
            pass
        """,
        # What stands so in sys.modules can't be imported.
        conftest=f"import sys\nsys.modules[{absent!r}] = None\n",
    )
    assert result.parseoutcomes() == {"passed": 1, "errors": 1}
    said = result.stdout.str()
    assert says in said
    assert "Traceback" not in said
    assert "During handling" not in said


def test_without_a_fixture_nothing_of_ours_is_imported(run: Run) -> None:
    passed(
        run(
            """
            import sys


            def test_what_is_loaded(request):
                ours = sorted(name for name in sys.modules if name.startswith(("wecom_m", "wecom_o", "httpx", "yaml")))
                assert ours == ["wecom_mock", "wecom_mock.plugin"]
                assert request.config.pluginmanager.has_plugin("wecom_mock")
            """
        ),
        1,
    )


def test_fixtures_and_marker_are_listed_with_what_they_are_for(run: Run) -> None:
    said = run("", "--fixtures").stdout.str()
    for words in ("wecom_mock --", "A WeCom of this test alone", "async_wecom --", "A client that calls"):
        assert words in said
    assert "@pytest.mark.wecom(company=…, now=…, seed=…, **settings)" in run("", "--markers").stdout.str()


def test_it_can_be_switched_off(run: Run) -> None:
    result = run("def test_it(wecom_mock):\n    pass\n", "-p", "no:wecom_mock")
    assert result.parseoutcomes() == {"errors": 1}
    assert "fixture 'wecom_mock' not found" in result.stdout.str()

"""``--help`` of the program and of each of its commands, in full, and the defaults that it names."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import typer
from inside import Inside
from program import EVERYONE, MESSAGE

from wecom_cli.app import app
from wecom_mock.server import MockServer
from wecom_openapi import Journal, WeCom
from wecom_openapi.defaults import SETTLE

OVERVIEW = """\
Usage: wecom [OPTIONS] COMMAND [ARGS]...

  Sends mass messages to WeCom customers, and tells what became of them.

Options:
  --version             Show the version and exit.
  --install-completion  Install completion for the current shell.
  --show-completion     Show completion for the current shell, to copy it or
                        customize the installation.
  -h, --help            Show this message and exit.

Commands:
  send       Create a mass message out of a file.
  status     Show how far a task has come.
  recover    Find out what became of calls that were cut off.
  remind     Ask the members again who have not confirmed a task.
  cancel     Cancel a task.
  list       List the tasks of a period.
  customers  List the customers of a member.
  groups     List customer groups.
  upload     Upload a file for a message.
  errcode    Tell what error codes mean.
  broadcast  Send one message to an audience of any size.

  exit status:
    0    done
    1    WeCom refused the call, or answered with something that is no answer
    2    nothing was sent: wrong command line, unreadable file, a request that
         breaks the contract, or nobody confirmed it
    3    outcome unknown: a write left and may have had an effect; look before
         you repeat it
    4    the task was not done within the deadline; it goes on without us
    5    settings: a variable is missing or wrong, the journal can't be used, or
         WeCom takes exception to the corpid, the secret, the app's rights or
         its configuration
    6    nothing happened, and the same may work later: no connection, no answer
         to a reading call, too many calls, busy, being dispatched
    130  Ctrl-C; where a write was in flight, stderr says that its outcome is
         unknown
    141  whoever read the output has gone
    143  SIGTERM; as for Ctrl-C

  settings, by the environment alone:
    WECOM_CORPID           the corp's id
    WECOM_CORPSECRET       the secret of an app that may call the customer
                           contact API
    WECOM_CORPSECRET_FILE  a file that holds the secret, instead of it
    WECOM_BASE_URL         another server, such as a mock or a gateway
    WECOM_JOURNAL          the journal: a path, or the URL of a database
    WECOM_TIMEOUT          seconds that one call may take (default 30; 600 for
                           an upload)
    WECOM_RETRIES          how often a call is made again that may be (default
                           2)

  examples:
    wecom send message.json --dry-run
    wecom send message.json --yes --json
    wecom status MSGID --watch --deadline 2h
    wecom list --since 7d --filter corp
    wecom errcode 41048
"""

JSON = "--json Print JSON alone, for programs; errors as JSON on stderr."
LANG = "--lang <en|zh> Language of violations and meanings; that of LC_ALL or LANG by default."
ALL = f"{JSON} {LANG}"
SERVER = """--base-url URL Another server; else WECOM_BASE_URL counts.
    --retries N How often a call is made again that may be; else WECOM_RETRIES counts (2). [0<=x<=100]"""
JOURNAL = "--journal PATH The journal: a file or a database's URL; else WECOM_JOURNAL counts."
DEADLINE = "--deadline TIME Give up after 90s, 30m, 2h … (1h)."
YES = "-y, --yes Don't ask."
HELP = "-h, --help Show this message and exit."
MSGID = "MSGID Id of the task. [required]"
NAME = "NAME Name of the broadcast. [required]"

TEXTS = {
    "send": f"""{{FILE}}
        Create a mass message out of a file.
        The request is checked against the contract before anything leaves. At a terminal it asks, showing whom the
        message reaches; elsewhere --yes is needed. The members still have to confirm in the app: --wait waits for
        that. Once the task exists, whatever goes wrong with the waiting gives status 4.
        With a journal the same message is never created twice, whatever breaks: see recover.
        Arguments: FILE JSON body of add_msg_template; - for stdin. [required]
        Options: --dry-run Send nothing: show what is wrong, who is reached, and the message.
        --to-all Mean it where nothing narrows the audience down. {YES}
        --wait Wait until every member has confirmed. {DEADLINE}
        --key KEY Names the call in the journal: another one with this key is not sent. Else its content is its name,
        for 24 hours. {JOURNAL} {ALL} {SERVER} {HELP}""",
    "status": f"""{{MSGID}}
        Show how far a task has come.
        Lists who has confirmed, and counts what became of the recipients of those who have.
        With --json the recipients are always listed; with --json --watch every change is a line, and the last line
        has all.
        Arguments: {MSGID}
        Options: --watch Look again and again until it is done.
        --interval TIME Time between two looks; by default it grows from 5s to 1m. {DEADLINE}
        --recipients List every recipient too. {ALL} {SERVER} {HELP}""",
    "recover": f"""
        Find out what became of calls that were cut off.
        Of those in the journal. It reads WeCom's list of tasks, writes into the journal what it finds, and never
        sends. A call that was not sent will be when it is made again. Status 3 means that of some it can't be told.
        Options: --settle TIME How long a task may take into WeCom's list (2m). {JOURNAL} {ALL} {SERVER} {HELP}""",
    "remind": f"""{{MSGID}}
        Ask the members again who have not confirmed a task.
        Arguments: {MSGID} Options: {ALL} {SERVER} {HELP}""",
    "cancel": f"""{{MSGID}}
        Cancel a task. What is not sent yet will never be. Asks at a terminal; elsewhere --yes is needed.
        Arguments: {MSGID} Options: {YES} {ALL} {SERVER} {HELP}""",
    "list": f"""
        List the tasks of a period. Of the last seven days by default. With --json a line each.
        Options: --since TIME From when on: 7d, 2026-11-01, 2026-11-01T09:30. [default: 7d]
        --until TIME Up to when, written likewise. [default: now]
        --chat-type <single|group> To customers, or to groups. [default: single]
        --creator USERID Only those of a member.
        --filter <corp|personal|all> Created for the company (the API's are), by members, or both. [default: all]
        --limit-rows N Stop after so many. [x>=1] {ALL} {SERVER} {HELP}""",
    "customers": f"""{{USERID}}
        List the customers of a member. Their ids, one a line.
        Arguments: USERID The member. [required] Options: {ALL} {SERVER} {HELP}""",
    "groups": f"""
        List customer groups. Those whose owner the app doesn't see are missing without a word.
        Options: --owner USERID Only the groups of this owner; may be given again. {ALL} {SERVER} {HELP}""",
    "upload": f"""{{FILE}}
        Upload a file for a message.
        Arguments: FILE The file to upload. [required]
        Options: --type <image|voice|video|file> What it is to be used as; gives a media_id for three days.
        --for-link An image, for an address that stays valid, instead of a media_id. {ALL} {SERVER} {HELP}""",
    "errcode": f"""{{CODE...}}
        Tell what error codes mean. And what to do about them. Asks nobody, needs no settings.
        Arguments: CODE... One or more, such as 41048 or -1. [required] Options: {ALL} {HELP}""",
    "broadcast": f"""COMMAND [ARGS]...
        Send one message to an audience of any size.
        Options: {HELP}
        Commands: plan Plan a broadcast, and show what it takes. run Send what is planned and not sent yet.
        status Show how far a broadcast has come. report List every recipient and what became of it.
        A broadcast is planned once, and then run as often as it takes: nobody gets it twice.""",
    "broadcast plan": f"""{{NAME}} {{MESSAGE}} [AUDIENCE]
        Plan a broadcast, and show what it takes. Nothing is sent.
        Recipients come from a file, or are asked for with --customers-of or --groups-of. Each is planned once,
        however often it is given. What is planned is fixed: the same again changes nothing, anything else is refused.
        Arguments: {NAME} MESSAGE JSON body of add_msg_template without recipients; - for stdin. [required]
        [AUDIENCE] The recipients: a CSV or .parquet file.
        Options: --customers-of USERID All customers of a member; may be given again.
        --groups-of USERID All groups of an owner; may be given again.
        --column NAME Column of the ids (external_userid, or chat_id).
        --sender-column NAME Column of the senders (sender).
        --encoding NAME Encoding of a CSV file, such as gb18030. [default: utf-8]
        --delimiter CHAR What stands between columns. [default: ,] {JOURNAL} {ALL} {SERVER} {HELP}""",
    "broadcast run": f"""{{NAME}}
        Send what is planned and not sent yet.
        Ctrl-C finishes the calls in flight and begins no more; the same command goes on. A call whose outcome is
        unknown is looked up first, and never sent on suspicion. The members still have to confirm in the app.
        Arguments: {NAME}
        Options: --concurrency N Calls at a time. [default: 4; 1<=x<=64]
        --retry-refused Make calls again that WeCom has refused, too. {YES} {JOURNAL} {ALL} {SERVER} {HELP}""",
    "broadcast status": f"""{{NAME}}
        Show how far a broadcast has come. Arguments: {NAME}
        Options: --results Ask WeCom first what came of the tasks. {JOURNAL} {ALL} {SERVER} {HELP}""",
    "broadcast report": f"""{{NAME}}
        List every recipient and what became of it. As CSV; with --json an object a line. Arguments: {NAME}
        Options: -o, --output FILE Write a CSV file instead.
        --only <accepted|accepted or in fail_list|fail_list|over quota|refused|unknown|not sent yet|delivered|not a
        friend> Only these; may be given again. {JOURNAL} {ALL} {HELP}""",
}


def squeezed(text: str) -> str:
    return " ".join(text.split())


def test_of_the_program(inside: Inside) -> None:
    assert inside("--help") == (0, OVERVIEW, "")
    assert inside("-h").out == OVERVIEW


@pytest.mark.parametrize("command", TEXTS)
def test_of_a_command(command: str, inside: Inside) -> None:
    result = inside(*command.split(), "--help")
    usage = f"Usage: wecom {command} [OPTIONS] {TEXTS[command]}"
    assert (result.code, squeezed(result.out), result.err) == (0, squeezed(usage), "")
    assert inside(*command.split(), "-h").out == result.out
    assert "\x1b" not in result.out


def test_it_is_folded_at_the_width_of_the_terminal_up_to_110_columns(inside: Inside) -> None:
    def widest(columns: int) -> int:
        return max(map(len, inside("send", "-h", env={"COLUMNS": str(columns)}).out.splitlines()))

    assert (widest(80) <= 80, widest(109), widest(110), widest(300)) == (True, 106, 108, 108)


def test_every_command_and_every_option_has_help() -> None:
    found = {}
    root: Any = typer.main.get_command(app)
    commands = [("", root)]
    while commands:
        name, command = commands.pop()
        found[name] = command
        commands += [(f"{name} {sub}".strip(), one) for sub, one in getattr(command, "commands", {}).items()]
        assert command.help, name
        for parameter in command.params:
            assert parameter.help, f"{name} {parameter.name}"
    assert set(found) == {"", *TEXTS}


class TestDefaults:
    """What the help says of them is what the client is given."""

    @pytest.fixture
    def waits(self, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
        """How the client was asked to wait, each time."""
        asked: list[dict[str, Any]] = []
        wait = WeCom.wait_for_results

        def follow(self: WeCom, msgid: str, **options: Any) -> Any:
            asked.append({name: value for name, value in options.items() if name != "progress"})
            return wait(self, msgid, **{**options, "deadline": 0.01})

        monkeypatch.setattr(WeCom, "wait_for_results", follow)
        return asked

    @pytest.mark.parametrize("way", ["send", "status"])
    def test_of_waiting(self, way: str, waits: list[dict[str, Any]], inside: Inside, save: Any) -> None:
        usual = {"deadline": 3600.0, "interval": 5.0, "longest_interval": 60.0}
        command = ["send", save("m.json", MESSAGE), "--yes", "--wait"]
        if way == "status":
            msgid = inside("send", "m.json", "--yes", "--json").json["msgid"]
            command = ["status", msgid, "--watch"]
            assert inside(*command, "--interval", "90s", "--deadline", "2h").code == 4
            assert waits.pop() == {"deadline": 7200.0, "interval": 90.0, "longest_interval": 90.0}
        assert inside(*command).code == 4
        assert inside(*command, "--deadline", "30m").code == 4
        assert waits == [usual, {**usual, "deadline": 1800.0}]

    def test_of_a_call(
        self, inside: Inside, mock: MockServer, save: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        built: list[dict[str, Any]] = []
        build = WeCom.__init__

        def tell(self: WeCom, *given: Any, **options: Any) -> None:
            built.append(
                {name: value for name, value in options.items() if name in {"timeout", "deadline", "retries"}}
            )
            build(self, *given, **options)

        monkeypatch.setattr(WeCom, "__init__", tell)
        save("p.png", b"\x89PNG\r\n\x1a\n" + b"0" * 100)
        for kind in (["--type", "image"], ["--for-link"]):
            assert inside("upload", "p.png", *kind).code == 0
            assert inside("upload", "p.png", *kind, env={"WECOM_TIMEOUT": "0.5e1"}).code == 0
        assert built == [{"deadline": 600.0}, {"timeout": 5.0, "deadline": 5.0}] * 2
        built.clear()
        # Of any other call the client's own counts, which the journal writes down.
        save("m.json", MESSAGE)
        assert inside("send", "m.json", "--yes", "--journal", "j.db").code == 0
        assert inside("customers", "lisi", "--retries", "100", env={"WECOM_RETRIES": "3"}).code == 0
        assert inside("customers", "lisi", env={"WECOM_RETRIES": "100", "WECOM_TIMEOUT": "7"}).code == 0
        assert built == [{}, {"retries": 100}, {"timeout": 7.0, "deadline": 7.0, "retries": 100}]
        with Journal(Path(inside.cli.folder) / "j.db") as journal:
            (entry,) = journal.entries()
        assert entry.deadline - entry.started == pytest.approx(30.0, abs=0.01)

    def test_of_recovering(self, inside: Inside, monkeypatch: pytest.MonkeyPatch) -> None:
        asked: list[dict[str, Any]] = []
        recover = WeCom.recover

        def tell(self: WeCom, **options: Any) -> Any:
            asked.append(options)
            return recover(self, **options)

        monkeypatch.setattr(WeCom, "recover", tell)
        assert inside("recover", "--journal", "j.db").code == 0
        assert inside("recover", "--journal", "j.db", "--settle", "5m").code == 0
        assert (SETTLE, asked) == (120.0, [{}, {"settle": 300.0}])

    def test_of_a_list(self, inside: Inside, mock: MockServer, save: Any) -> None:
        save("e.json", {**EVERYONE, "chat_type": "group"})
        assert inside("send", "e.json", "--yes", "--to-all").code == 0
        assert inside("list").err == "no tasks in this period\n"
        (call,) = [call for call in mock.state.calls if call.operation == "get_groupmsg_list_v2"]
        body = call.body
        assert (body["chat_type"], body["filter_type"]) == ("single", 2)
        assert body["end_time"] - body["start_time"] == 7 * 86400
        assert "creator" not in body

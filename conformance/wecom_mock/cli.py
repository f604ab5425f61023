"""``wecom-mock``: the mock as a program."""

from __future__ import annotations

import argparse
import contextlib
import io
import ipaddress
import json
import shlex
import sys
from collections.abc import Callable, Iterable, Sequence
from urllib.parse import quote

from .clock import Clock
from .company import Company
from .demo import demo_company
from .har import write_har
from .presets import PRESETS, changed
from .server import bind, run
from .settings import Settings
from .state import State

_PROGRAM = "wecom-mock"
_DEFAULT_PORT = 8088
_LOOPBACK = "127.0.0.1"


def _port(text: str) -> int:
    value = int(text)
    if not 0 <= value <= 65535:
        raise ValueError
    return value


def _host(text: str) -> str:
    return str(ipaddress.IPv4Address(text))


# argparse names the type in its complaint.
_port.__name__ = "port (0 to 65535)"
_host.__name__ = "IPv4 address"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=_PROGRAM, description="A server on 127.0.0.1 that behaves like WeCom's customer mass messages."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    serve = commands.add_parser(
        "serve",
        help="serve until Ctrl+C",
        description="Serve a company on 127.0.0.1, the built-in one or one from a file, until Ctrl+C.",
    )
    serve.add_argument(
        "--port",
        type=_port,
        default=_DEFAULT_PORT,
        help="port on 127.0.0.1, 0 for any free one (default: %(default)s)",
    )
    serve.add_argument(
        "--host",
        type=_host,
        default=_LOOPBACK,
        metavar="ADDRESS",
        help="address to listen on, 0.0.0.0 for all of this machine (default: %(default)s)",
    )
    serve.add_argument(
        "--company", metavar="FILE", help="YAML file with corpid, apps, members, customers, groups, tags"
    )
    serve.add_argument(
        "--scenario",
        metavar="FILE",
        help="YAML file with settings, faults, and what people do after which call",
    )
    serve.add_argument(
        "--admin-host",
        action="append",
        default=[],
        metavar="NAME",
        help="a name besides localhost by which the console may be reached; may be given several times",
    )
    serve.add_argument(
        "--seed",
        type=int,
        help="what tokens, msgids and hints follow from (default: 0, or that of the state file)",
    )
    serve.add_argument(
        "--state",
        metavar="FILE",
        help="SQLite file that keeps the state; made where it is missing (default: memory)",
    )
    serve.add_argument(
        "--preset",
        choices=tuple(PRESETS),
        help="where sources disagree (default: documented)",
    )
    serve.add_argument(
        "--setting",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help=f"change one setting; may be given again. There are {', '.join(PRESETS['documented'])}",
    )
    serve.add_argument(
        "--har", metavar="FILE", help="write every call to this file at the end, tokens masked"
    )
    replay = commands.add_parser(
        "replay",
        help="answer from a recording until Ctrl+C",
        description="Answer the same requests as in a HAR file, in their order, and no others, until Ctrl+C.",
    )
    replay.add_argument("file", metavar="FILE.har", help="what serve --har wrote, or another recorder")
    replay.add_argument(
        "--port",
        type=_port,
        default=_DEFAULT_PORT,
        help="port on 127.0.0.1, 0 for any free one (default: %(default)s)",
    )
    return parser


def _fail(what: str) -> int:
    print(f"{_PROGRAM}: {what}", file=sys.stderr)
    return 1


def _example_sender(company: Company) -> str:
    return next((one.followed_by[0] for one in company.customers.values()), "zhangsan")


def banner(base_url: str, company: Company, file: str | None) -> str:
    """What ``serve`` prints: where the mock is, its credentials, and commands to paste into a shell.

    The secret is printed only for the built-in company, where everybody knows it.
    """
    secret = company.apps[0].secret if file is None else "$SECRET"
    shown = secret if file is None else f"see {file} (put it in SECRET for the commands below)"
    gettoken = f"{base_url}/cgi-bin/gettoken?corpid={quote(company.corpid, safe='')}&corpsecret={secret}"
    url = f"{base_url}/cgi-bin/externalcontact/add_msg_template?access_token=$TOKEN"
    body = json.dumps({"sender": _example_sender(company), "text": {"content": "hello"}}, ensure_ascii=False)
    pick = r"""sed -n 's/.*"access_token":"\([^"]*\)".*/\1/p'"""
    return "\n".join(
        (
            f"WeCom mock on {base_url}",
            f"corpid: {company.corpid}",
            f"corpsecret: {shown}",
            f"console: {base_url}/_mock/",
            "",
            f'TOKEN=$(curl -s "{gettoken}" | {pick})',
            f"curl -s -X POST \"{url}\" -H 'Content-Type: application/json' --data-raw {shlex.quote(body)}",
            "",
            "Ctrl+C stops it.",
        )
    )


def reach(host: str, port: int) -> tuple[str, str | None]:
    """Where a server on this address is found from this machine, and what its owner must know."""
    address = ipaddress.ip_address(host)
    warning = None if address.is_loopback else f"whoever can reach {host}:{port} can use this mock"
    return f"http://{_LOOPBACK if address.is_unspecified else host}:{port}", warning


def serve(
    port: int,
    company_file: str | None,
    seed: int | None,
    *,
    host: str = _LOOPBACK,
    state_file: str | None = None,
    settings: Settings | None = None,
    scenario_file: str | None = None,
    har: str | None = None,
    admin_hosts: Iterable[str] = (),
) -> int:
    """Serve until SIGINT or SIGTERM.

    Args:
        port: on 127.0.0.1.
        company_file: YAML; the built-in company when absent.
        seed: what tokens, msgids and hints follow from.
        scenario_file: YAML: settings, faults and what members do.
        har: where to write the calls at the end.
        admin_hosts: names by which the console may be reached, besides those of the loopback interface.

    Returns:
        0 after a signal; 1, with one line on stderr, when the port or a file can't be used.
    """
    try:
        # Only here, so that the complaint can say what to install.
        from .company_file import load_company
        from .persistence import StateFileError, StoredState, open_state
        from .scenario import load_scenario
        from .yaml_file import YamlFileError
    except ModuleNotFoundError as error:
        return _fail(f"needs {error.name}: pip install 'wecom-openapi[mock]'")
    try:
        company = None if company_file is None else load_company(company_file)
        scenario = None if scenario_file is None else load_scenario(scenario_file, company or demo_company())
        chosen = settings if scenario is None else scenario.settings
        state = (
            open_state(state_file, company, chosen, seed)
            if state_file is not None
            else State(company or demo_company(), chosen or Settings(), seed or 0)
        )
    except (YamlFileError, StateFileError) as error:
        return _fail(str(error))
    if scenario is not None:
        scenario.put_into(state)
    state.admin_hosts = frozenset(admin_hosts)
    ahead = state.ahead if isinstance(state, StoredState) else 0.0
    if round(ahead):
        told = f"its clock is {ahead:+.0f} s from this machine's, as it was left"
        print(f"{_PROGRAM}: {state_file}: {told}", file=sys.stderr)
    if har is not None:
        try:
            # Said at the start, as nobody wants to hear it at the end.
            write_har(har, state.calls)
        except OSError as error:
            return _fail(f"{har} can't be written: {error.strerror or error}")
    # A secret that is in a file of its owner is not for the terminal.
    own = None if state.company.apps == demo_company().apps else state_file
    return _run(port, state, lambda base_url: banner(base_url, state.company, company_file or own), har, host)


def replay(port: int, file: str) -> int:
    """Answer from a recording until SIGINT or SIGTERM; exit codes as of :func:`serve`."""
    from .playback import HarError, load_replay

    state = State()
    try:
        recording = state.answering = load_replay(file)
    except HarError as error:
        return _fail(str(error))
    told = f"{recording.left} recorded calls of {file}\n\nCtrl+C stops it."
    return _run(port, state, lambda base_url: f"WeCom mock on {base_url}, playing back {told}", None)


def _run(
    port: int, state: State, banner: Callable[[str], str], har: str | None, host: str = _LOOPBACK
) -> int:
    try:
        listener = bind(port, host)
    except OSError as error:
        return _fail(f"port {port} on {host} can't be used: {error.strerror or error}")
    base_url, warning = reach(host, listener.getsockname()[1])
    if warning:
        print(f"{_PROGRAM}: warning: {warning}", file=sys.stderr)
    # A userid that the terminal can't show is no reason to stop.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    # The socket listens already: whoever reads the line can connect.
    print(banner(base_url), flush=True)
    with contextlib.closing(state):
        run(state, Clock(running=True), listener)
    if har is not None:
        try:
            write_har(har, state.calls, base_url)
        except OSError as error:
            return _fail(f"{har} can't be written: {error.strerror or error}")
    return 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Entry point of ``wecom-mock``; returns the exit code."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.command == "replay":
        return replay(options.port, options.file)
    if options.scenario and (options.preset or options.setting):
        parser.error("--scenario has settings of its own: leave --preset and --setting out")
    try:
        settings = changed(Settings.preset(options.preset or "documented"), options.setting)
    except ValueError as error:
        parser.error(str(error))
    return serve(
        options.port,
        options.company,
        options.seed,
        host=options.host,
        state_file=options.state,
        settings=settings,
        scenario_file=options.scenario,
        har=options.har,
        admin_hosts=options.admin_host,
    )

"""The commands as typer knows them: names, arguments, options and help. What each does is in a module of its own."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import fill
from typing import Annotated, Final

import typer

from wecom_cli.broadcast_app import broadcast_app
from wecom_cli.choices import ChatType, Filter, MediaType
from wecom_cli.environment import HELP, Server
from wecom_cli.exits import MEANINGS, Exit
from wecom_cli.options import (
    BaseUrl,
    Deadline,
    Interval,
    Job,
    JournalPath,
    Json,
    Key,
    Lang,
    Msgid,
    Retries,
    Settle,
    Since,
    Until,
    Yes,
)
from wecom_cli.output import Output

_EXAMPLES: Final = (
    "wecom send message.json --dry-run",
    "wecom send message.json --yes --json",
    "wecom status MSGID --watch --deadline 2h",
    "wecom list --since 7d --filter corp",
    "wecom errcode 41048",
)


def _entry(name: str, text: str, width: int) -> str:
    """A line of a list in the help, folded where the narrowest usual terminal ends."""
    return fill(text, 78, initial_indent=f"  {name:<{width}}", subsequent_indent=" " * (width + 2))


def _block(title: str, lines: Iterable[str]) -> str:
    return "\n".join([f"\b\n{title}:", *lines])


_ENDING: Final = "\n\n".join(
    (
        _block("exit status", (_entry(str(int(status)), text, 5) for status, text in MEANINGS.items())),
        _block("settings, by the environment alone", (_entry(*pair, 23) for pair in HELP.items())),
        _block("examples", (f"  {line}" for line in _EXAMPLES)),
    )
)

app = typer.Typer(
    help="Sends mass messages to WeCom customers, and tells what became of them.",
    epilog=_ENDING,
    # Plain help: it is the same on every terminal, and doesn't wait for rich.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)


def _version(wanted: bool) -> None:
    if wanted:
        from wecom_openapi._version import __version__

        typer.echo(f"wecom-openapi {__version__}")
        raise typer.Exit


@app.callback()
def _program(
    version: Annotated[
        bool,
        typer.Option("--version", help="Show the version and exit.", is_eager=True, callback=_version),
    ] = False,
) -> None:
    """Sends mass messages to WeCom customers, and tells what became of them."""


@app.command()
def send(
    file: Annotated[str, typer.Argument(metavar="FILE", help="JSON body of add_msg_template; - for stdin.")],
    dry_run: Annotated[
        bool,
        typer.Option("--dry-run", help="Send nothing: show what is wrong, who is reached, and the message."),
    ] = False,
    to_all: Annotated[
        bool, typer.Option("--to-all", help="Mean it where nothing narrows the audience down.")
    ] = False,
    yes: Yes = False,
    wait: Annotated[bool, typer.Option("--wait", help="Wait until every member has confirmed.")] = False,
    deadline: Deadline = None,
    key: Key = None,
    journal: JournalPath = None,
    as_json: Json = False,
    lang: Lang = None,
    base_url: BaseUrl = None,
    retries: Retries = None,
) -> Job:
    """Create a mass message out of a file.

    The request is checked against the contract before anything leaves. At a terminal it asks, showing whom the message
    reaches; elsewhere --yes is needed. The members still have to confirm in the app: --wait waits for that. Once the
    task exists, whatever goes wrong with the waiting gives status 4.

    With a journal the same message is never created twice, whatever breaks: see recover.
    """
    _needs(deadline, "--deadline", wait, "--wait")
    if dry_run and wait:
        raise typer.BadParameter("--wait has nothing to wait for beside --dry-run")

    def work(output: Output) -> Exit:
        from wecom_cli.send import Request, send

        request = Request(
            file=file,
            server=Server(base_url, retries),
            dry_run=dry_run,
            to_all=to_all,
            yes=yes,
            wait=wait,
            deadline=deadline,
            key=key,
            journal=journal,
        )
        return send(request, output)

    return Job(work, as_json, lang)


@app.command()
def status(
    msgid: Msgid,
    watch: Annotated[bool, typer.Option("--watch", help="Look again and again until it is done.")] = False,
    interval: Interval = None,
    deadline: Deadline = None,
    recipients: Annotated[bool, typer.Option("--recipients", help="List every recipient too.")] = False,
    as_json: Json = False,
    lang: Lang = None,
    base_url: BaseUrl = None,
    retries: Retries = None,
) -> Job:
    """Show how far a task has come.

    Lists who has confirmed, and counts what became of the recipients of those who have.

    With --json the recipients are always listed; with --json --watch every change is a line, and the last line has all.
    """
    _needs(deadline, "--deadline", watch, "--watch")
    _needs(interval, "--interval", watch, "--watch")

    def work(output: Output) -> Exit:
        from wecom_cli import status as command

        if watch:
            return command.watch(
                msgid, Server(base_url, retries), output, deadline=deadline, interval=interval
            )
        return command.status(msgid, Server(base_url, retries), output, recipients=recipients)

    return Job(work, as_json, lang)


@app.command()
def recover(
    settle: Settle = None,
    journal: JournalPath = None,
    as_json: Json = False,
    lang: Lang = None,
    base_url: BaseUrl = None,
    retries: Retries = None,
) -> Job:
    """Find out what became of calls that were cut off.

    Of those in the journal. It reads WeCom's list of tasks, writes into the journal what it finds, and never sends. A
    call that was not sent will be when it is made again. Status 3 means that of some it can't be told.
    """

    def work(output: Output) -> Exit:
        from wecom_cli import recover as command

        return command.recover(journal, Server(base_url, retries), output, settle=settle)

    return Job(work, as_json, lang)


@app.command()
def remind(
    msgid: Msgid, as_json: Json = False, lang: Lang = None, base_url: BaseUrl = None, retries: Retries = None
) -> Job:
    """Ask the members again who have not confirmed a task."""

    def work(output: Output) -> Exit:
        from wecom_cli import tasks

        return tasks.remind(msgid, Server(base_url, retries), output)

    return Job(work, as_json, lang)


@app.command()
def cancel(
    msgid: Msgid,
    yes: Yes = False,
    as_json: Json = False,
    lang: Lang = None,
    base_url: BaseUrl = None,
    retries: Retries = None,
) -> Job:
    """Cancel a task.

    What is not sent yet will never be. Asks at a terminal; elsewhere --yes is needed.
    """

    def work(output: Output) -> Exit:
        from wecom_cli import tasks

        return tasks.cancel(msgid, Server(base_url, retries), output, yes=yes)

    return Job(work, as_json, lang)


@app.command("list")
def list_(
    since: Since = "7d",  # type: ignore[assignment]  # the parser makes it a datetime
    until: Until = "now",  # type: ignore[assignment]
    chat_type: Annotated[
        ChatType, typer.Option("--chat-type", help="To customers, or to groups.")
    ] = ChatType.SINGLE,
    creator: Annotated[
        str | None, typer.Option("--creator", metavar="USERID", help="Only those of a member.")
    ] = None,
    filter_: Annotated[
        Filter, typer.Option("--filter", help="Created for the company (the API's are), by members, or both.")
    ] = Filter.ALL,
    limit_rows: Annotated[
        int | None, typer.Option("--limit-rows", metavar="N", min=1, help="Stop after so many.")
    ] = None,
    as_json: Json = False,
    lang: Lang = None,
    base_url: BaseUrl = None,
    retries: Retries = None,
) -> Job:
    """List the tasks of a period.

    Of the last seven days by default. With --json a line each.
    """

    def work(output: Output) -> Exit:
        from wecom_cli.listing import Query, list_tasks

        query = Query(
            server=Server(base_url, retries),
            since=since,
            until=until,
            chat_type=chat_type,
            creator=creator,
            filter=filter_,
            limit_rows=limit_rows,
        )
        return list_tasks(query, output)

    return Job(work, as_json, lang)


@app.command()
def customers(
    userid: Annotated[str, typer.Argument(metavar="USERID", help="The member.")],
    as_json: Json = False,
    lang: Lang = None,
    base_url: BaseUrl = None,
    retries: Retries = None,
) -> Job:
    """List the customers of a member.

    Their ids, one a line.
    """

    def work(output: Output) -> Exit:
        from wecom_cli import contacts

        return contacts.customers(userid, Server(base_url, retries), output)

    return Job(work, as_json, lang)


@app.command()
def groups(
    owner: Annotated[
        list[str] | None,
        typer.Option("--owner", metavar="USERID", help="Only the groups of this owner; may be given again."),
    ] = None,
    as_json: Json = False,
    lang: Lang = None,
    base_url: BaseUrl = None,
    retries: Retries = None,
) -> Job:
    """List customer groups.

    Those whose owner the app doesn't see are missing without a word.
    """

    def work(output: Output) -> Exit:
        from wecom_cli import contacts

        return contacts.groups(owner or (), Server(base_url, retries), output)

    return Job(work, as_json, lang)


@app.command()
def upload(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The file to upload.")],
    type_: Annotated[
        MediaType | None,
        typer.Option("--type", help="What it is to be used as; gives a media_id for three days."),
    ] = None,
    for_link: Annotated[
        bool,
        typer.Option("--for-link", help="An image, for an address that stays valid, instead of a media_id."),
    ] = False,
    as_json: Json = False,
    lang: Lang = None,
    base_url: BaseUrl = None,
    retries: Retries = None,
) -> Job:
    """Upload a file for a message."""
    if (type_ is not None) == for_link:
        raise typer.BadParameter("say either --type or --for-link")

    def work(output: Output) -> Exit:
        from wecom_cli import upload as command

        if type_ is None:
            return command.upload_for_link(file, Server(base_url, retries), output)
        return command.upload(file, type_, Server(base_url, retries), output)

    return Job(work, as_json, lang)


app.add_typer(broadcast_app, name="broadcast")


@app.command(context_settings={"ignore_unknown_options": True})  # -1 is a code
def errcode(
    codes: Annotated[list[int], typer.Argument(metavar="CODE...", help="One or more, such as 41048 or -1.")],
    as_json: Json = False,
    lang: Lang = None,
) -> Job:
    """Tell what error codes mean.

    And what to do about them. Asks nobody, needs no settings.
    """

    def work(output: Output) -> Exit:
        from wecom_cli import errcodes

        return errcodes.show(codes, output)

    return Job(work, as_json, lang)


def _needs(value: object, option: str, given: bool, other: str) -> None:
    if value is not None and not given:
        raise typer.BadParameter(f"{option} goes with {other}")

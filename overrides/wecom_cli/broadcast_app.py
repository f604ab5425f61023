"""The commands of ``wecom broadcast`` as typer knows them. What each does is in `wecom_cli.broadcast`."""

from __future__ import annotations

from typing import Annotated

import typer

from wecom_cli.choices import Outcome
from wecom_cli.environment import Server
from wecom_cli.exits import Exit, Stop
from wecom_cli.options import BaseUrl, Job, JournalPath, Json, Lang, Retries, Yes
from wecom_cli.output import Output

broadcast_app = typer.Typer(
    help="Send one message to an audience of any size.",
    rich_markup_mode=None,
    epilog="A broadcast is planned once, and then run as often as it takes: nobody gets it twice.",
)

Name = Annotated[str, typer.Argument(metavar="NAME", help="Name of the broadcast.")]


@broadcast_app.command("plan")
def plan(
    name: Name,
    message: Annotated[
        str,
        typer.Argument(
            metavar="MESSAGE", help="JSON body of add_msg_template without recipients; - for stdin."
        ),
    ],
    audience: Annotated[
        str | None, typer.Argument(metavar="[AUDIENCE]", help="The recipients: a CSV or .parquet file.")
    ] = None,
    customers_of: Annotated[
        list[str] | None,
        typer.Option(
            "--customers-of", metavar="USERID", help="All customers of a member; may be given again."
        ),
    ] = None,
    groups_of: Annotated[
        list[str] | None,
        typer.Option("--groups-of", metavar="USERID", help="All groups of an owner; may be given again."),
    ] = None,
    column: Annotated[
        str | None,
        typer.Option("--column", metavar="NAME", help="Column of the ids (external_userid, or chat_id)."),
    ] = None,
    sender_column: Annotated[
        str | None, typer.Option("--sender-column", metavar="NAME", help="Column of the senders (sender).")
    ] = None,
    encoding: Annotated[
        str, typer.Option("--encoding", metavar="NAME", help="Encoding of a CSV file, such as gb18030.")
    ] = "utf-8",
    delimiter: Annotated[
        str, typer.Option("--delimiter", metavar="CHAR", help="What stands between columns.")
    ] = ",",
    journal: JournalPath = None,
    as_json: Json = False,
    lang: Lang = None,
    base_url: BaseUrl = None,
    retries: Retries = None,
) -> Job:
    """Plan a broadcast, and show what it takes. Nothing is sent.

    Recipients come from a file, or are asked for with --customers-of or --groups-of. Each is planned once, however
    often it is given. What is planned is fixed: the same again changes nothing, anything else is refused.
    """
    if sum(map(bool, (audience, customers_of, groups_of))) != 1:
        raise typer.BadParameter("say whom: one of AUDIENCE, --customers-of and --groups-of")

    def work(output: Output) -> Exit:
        _needs_library()
        from wecom_cli import broadcast

        source = broadcast.Source(
            file=audience,
            customers_of=tuple(customers_of or ()),
            groups_of=tuple(groups_of or ()),
            column=column,
            sender_column=sender_column,
            encoding=encoding,
            delimiter=delimiter,
            server=Server(base_url, retries),
        )
        return broadcast.plan(name, message, source, journal, output)

    return Job(work, as_json, lang)


@broadcast_app.command("run")
def run(
    name: Name,
    concurrency: Annotated[
        int, typer.Option("--concurrency", metavar="N", min=1, max=64, help="Calls at a time.")
    ] = 4,
    retry_refused: Annotated[
        bool, typer.Option("--retry-refused", help="Make calls again that WeCom has refused, too.")
    ] = False,
    yes: Yes = False,
    journal: JournalPath = None,
    as_json: Json = False,
    lang: Lang = None,
    base_url: BaseUrl = None,
    retries: Retries = None,
) -> Job:
    """Send what is planned and not sent yet.

    Ctrl-C finishes the calls in flight and begins no more; the same command goes on. A call whose outcome is unknown is
    looked up first, and never sent on suspicion. The members still have to confirm in the app.
    """

    def work(output: Output) -> Exit:
        _needs_library()
        from wecom_cli import broadcast_run

        request = broadcast_run.Request(
            name=name,
            concurrency=concurrency,
            retry_refused=retry_refused,
            yes=yes,
            journal=journal,
            server=Server(base_url, retries),
        )
        return broadcast_run.run(request, output)

    return Job(work, as_json, lang)


@broadcast_app.command("status")
def status(
    name: Name,
    results: Annotated[
        bool, typer.Option("--results", help="Ask WeCom first what came of the tasks.")
    ] = False,
    journal: JournalPath = None,
    as_json: Json = False,
    lang: Lang = None,
    base_url: BaseUrl = None,
    retries: Retries = None,
) -> Job:
    """Show how far a broadcast has come."""

    def work(output: Output) -> Exit:
        _needs_library()
        from wecom_cli import broadcast

        return broadcast.status(name, journal, output, results=results, server=Server(base_url, retries))

    return Job(work, as_json, lang)


@broadcast_app.command("report")
def report(
    name: Name,
    file: Annotated[
        str | None, typer.Option("--output", "-o", metavar="FILE", help="Write a CSV file instead.")
    ] = None,
    only: Annotated[
        list[Outcome] | None, typer.Option("--only", help="Only these; may be given again.")
    ] = None,
    journal: JournalPath = None,
    as_json: Json = False,
    lang: Lang = None,
) -> Job:
    """List every recipient and what became of it.

    As CSV; with --json an object a line.
    """
    if file is not None and as_json:
        raise typer.BadParameter("--output writes CSV, and --json prints JSON; say one of them")

    def work(output: Output) -> Exit:
        _needs_library()
        from wecom_cli import broadcast

        return broadcast.report(name, journal, output, file=file, only=[each.value for each in only or ()])

    return Job(work, as_json, lang)


def _needs_library() -> None:
    """Say what is missing before anything else is done."""
    try:
        import wecom_openapi.broadcast  # noqa: F401 - what comes next imports it
    except ModuleNotFoundError as exc:
        text = f"{exc.name} is needed: pip install 'wecom-openapi[journal]'"
        raise Stop(Exit.CONFIGURATION, "Installation", text) from None

"""`WeCom`: the operations of the contract, checked, sent and read."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import httpx

from wecom_client.wire import CallOptions, Operation, ResponseT
from wecom_openapi.defaults import CLOCK_MARGIN, DEADLINE, MAX_RESPONSE_BYTES, RETRIES, SETTLE, TIMEOUT
from wecom_openapi.frames import frameless
from wecom_openapi.secret_calls import SecretCalls

if TYPE_CHECKING:
    from wecom_openapi.errors import OutcomeUnknown
    from wecom_openapi.journal import Journal, Recovered
    from wecom_openapi.raw import Raw
    from wecom_openapi.reconciliation.attempt import Attempt, Reconciliation
    from wecom_openapi.results import Progress, TaskResults
    from wecom_openapi.retrying import Retries
    from wecom_openapi.tokens.store import TokenStore
    from wecom_openapi.tokens.suite import Suite
    from wecom_openapi.transport import Driver


class WeCom(SecretCalls):
    """The API, blocking. One object may be shared by threads.

    ::

        with WeCom(corpid, corpsecret) as wecom:
            task = wecom.add_msg_template(sender="zhangsan", external_userid=["wmA…"], text="…")
            task.msgid, task.fail_list

    Args:
        corpid: the corp.
        corpsecret: the secret of an app that may call the customer-contact APIs; of an app developed on the corp's
            behalf (代开发应用) its permanent code. For a third-party app see `for_suite`.
        base_url: the server; another one for a mock or a gateway.
        timeout: seconds for each connect, read, write and wait for a connection, or an `httpx.Timeout`.
        deadline: seconds for a whole call, the token's and the lookup of the host name included.
        max_response_bytes: cap on a decoded answer.
        transport: an `httpx` transport to send with, instead of the usual one; closed with this object.
            Where it isn't httpx's own, the deadline is checked only between the chunks of an answer.
        client: an `httpx.Client` to send with. It is not closed here, its authentication and its setting
            for redirects don't count, and the deadline is checked only between the chunks of an answer.
        token_store: where tokens are kept, instead of in memory; for several processes a `RedisTokenStore`.
        retries: how often a call is made again after a failure that may pass, or a `Retries` with the pauses too; 0 is
            never. Only where the request had not left, or where the contract calls the operation safe to repeat, and
            only within the deadline. A mass message that may have been taken is never sent again.
        journal: where each call that must not be made twice stands before it leaves: a path, the URL of a
            database, or a `wecom_openapi.journal.Journal`, which isn't closed with this object. Needs the
            extra ``journal``, or ``postgres``.

    Raises (from every operation):
        WeComError: see `wecom_openapi.errors` for the tree. An `OutcomeUnknown` is the one that may have
            had an effect.
    """

    @frameless
    def __init__(
        self,
        corpid: str,
        corpsecret: str,
        *,
        base_url: str | None = None,
        timeout: float | httpx.Timeout = TIMEOUT,
        deadline: float = DEADLINE,
        max_response_bytes: int = MAX_RESPONSE_BYTES,
        transport: httpx.BaseTransport | None = None,
        client: httpx.Client | None = None,
        token_store: TokenStore | None = None,
        retries: int | Retries = RETRIES,
        journal: Journal | str | os.PathLike[str] | None = None,
    ) -> None:
        # As with httpx, what sends is imported when the first client is built.
        from wecom_openapi.assembly import driver, of_app

        self._shown = f"WeCom({corpid!r}"
        self._driver: Driver = driver(
            of_app(corpid, corpsecret),
            account=corpid,
            journal=journal,
            base_url=base_url,
            timeout=timeout,
            deadline=deadline,
            max_response_bytes=max_response_bytes,
            transport=transport,
            client=client,
            token_store=token_store,
            retries=retries,
        )

    @classmethod
    @frameless
    def for_suite(
        cls,
        suite: Suite,
        auth_corpid: str,
        permanent_code: str,
        *,
        base_url: str | None = None,
        timeout: float | httpx.Timeout = TIMEOUT,
        deadline: float = DEADLINE,
        max_response_bytes: int = MAX_RESPONSE_BYTES,
        transport: httpx.BaseTransport | None = None,
        client: httpx.Client | None = None,
        token_store: TokenStore | None = None,
        retries: int | Retries = RETRIES,
        journal: Journal | str | os.PathLike[str] | None = None,
    ) -> Self:
        """A client of a third-party app (第三方应用) within one corp that has authorised it.

        It gets the suite's token, and with that the corp's, and renews each where WeCom says that it is dead. An app
        that was developed on a corp's behalf (代开发应用) is a plain ``WeCom(auth_corpid, permanent_code)`` instead.

        Args:
            suite: the app, with what gives its ticket. Where there is no ticket yet a call is a `NotSent`.
            auth_corpid: the corp.
            permanent_code: what the corp's authorisation gave.
            base_url, timeout, max_response_bytes, transport, client, retries, journal: as for `WeCom` itself.
            deadline: as for `WeCom`; both tokens are had within it.
            token_store: where both tokens are kept, instead of in the memory of ``suite``.

        Source: https://developer.work.weixin.qq.com/document/path/90605
        """
        from wecom_openapi.assembly import driver, of_suite

        made = cls.__new__(cls)
        made._shown = f"WeCom.for_suite({suite!r}, {auth_corpid!r}"
        made._driver = driver(
            of_suite(suite, auth_corpid, permanent_code, tasks=False),
            account=auth_corpid,
            journal=journal,
            base_url=base_url,
            timeout=timeout,
            deadline=deadline,
            max_response_bytes=max_response_bytes,
            transport=transport,
            client=client,
            token_store=token_store,
            retries=retries,
        )
        return made

    def _call(
        self,
        operation: Operation[ResponseT],
        body: Mapping[str, Any],
        confirmed: frozenset[str],
        options: CallOptions,
    ) -> ResponseT:
        return self._driver.call(operation, body, confirmed, options).parsed

    def _rows(self, operation: Operation[Any], fields: dict[str, Any], options: CallOptions) -> Iterator[Any]:
        from wecom_openapi.paging import Walk

        walk = Walk(operation, fields)

        def rows() -> Iterator[Any]:
            while walk.body is not None:
                yield from walk.take(self._call(operation, walk.body, frozenset(), options))

        return rows()

    @property
    def raw(self) -> Raw:
        """Every operation once more, answering with status, headers, bytes and the parsed model::

        answer = wecom.raw.get_groupmsg_task(msgid="…", extra_query={"debug": "1"}, timeout=5)
        answer.status_code, answer.headers["x-w-no"], answer.content, answer.parsed
        """
        from wecom_openapi.raw import Raw

        return Raw(self._driver)

    def wait_for_results(
        self,
        msgid: str,
        *,
        deadline: float = 3600.0,
        interval: float = 5.0,
        longest_interval: float = 60.0,
        progress: Progress | None = None,
    ) -> TaskResults:
        """Wait until every member has confirmed a task and nothing is left to be sent.

        It only reads. What passes (the task is being dispatched, WeCom is busy, no answer) is waited out.

        Args:
            msgid: the task, from `add_msg_template`.
            deadline: seconds after which it gives up. Members confirm when they see to it, so hours are usual.
            interval: seconds to the second look; each pause is half as long again as the one before,
            longest_interval: up to so many seconds.
            progress: called with every look that succeeded.

        Returns:
            The members and what became of each recipient.

        Raises:
            ResultsNotReady: the deadline passed; its ``results`` are how far the task had come.
            TaskCancelled: the task was cancelled.
            WeComError: any other failure that waiting doesn't mend.
        """
        from wecom_openapi.waiting import ResultWaiter

        return ResultWaiter(self).wait(
            msgid, deadline=deadline, interval=interval, longest_interval=longest_interval, progress=progress
        )

    @property
    def journal(self) -> Journal | None:
        """The journal that it was given, or opened; None where it has none."""
        recorder = self._driver.recorder
        return None if recorder is None else recorder.journal

    def reconcile(
        self,
        what: OutcomeUnknown | Attempt,
        *,
        settle: float = SETTLE,
        clock_margin: float = CLOCK_MARGIN,
        known: Iterable[str] | None = None,
    ) -> Reconciliation:
        """Find out by reading what became of a call without a readable answer. It sends nothing and never guesses.

        A mass message is looked for in the list of tasks, by its content, its time and its recipients. Of other calls
        no list tells for sure what they did.

        ::

            try:
                wecom.add_msg_template(body)
            except OutcomeUnknown as exc:
                found = wecom.reconcile(exc)  # found.verdict: "sent", "not sent" or "can't tell"

        Args:
            what: the error, or its ``attempt``, which can be pickled and kept.
            settle: seconds after the attempt before ``not sent`` is an answer; until then it is ``can't tell``.
            clock_margin: seconds by which this machine's clock and WeCom's may differ.
            known: msgids of other calls: none of them is the one that is looked for. Give it only where every other
                task with this content is among them: then a task that lists a part of the recipients is taken to be
                this one, and the rest to be in its ``fail_list``.

        Raises:
            TypeError, ValueError: an argument makes no sense. What can't be read is no error here: the answer is
                ``can't tell``, with the reason.
        """
        from wecom_openapi.reconciliation.running import run
        from wecom_openapi.reconciliation.search import reconcile

        flow = reconcile(what, settle=settle, clock_margin=clock_margin, known=known)
        return run(flow, self._driver)

    def recover(self, *, settle: float = SETTLE, clock_margin: float = CLOCK_MARGIN) -> list[Recovered]:
        """Find out what became of the calls in the journal that were cut off, or whose outcome is unknown.

        It reads, and never sends. Calls that may still be running are left alone, here and in other processes. What it
        finds out goes into the journal, so that a repeated call gets it: one that was not sent will be.

        Args:
            settle: see `reconcile`.
            clock_margin: see `reconcile`.

        Returns:
            The calls that it looked into, each with its entry as it is now and the verdict. Empty where all is known.

        Raises:
            ValueError: this client has no journal.
            JournalError: the journal can't be used.
            WeComError: the list of tasks can't be read. What was found out before stands in the journal.
        """
        from wecom_openapi.journal.recovery import recover

        reconcile = partial(self.reconcile, settle=settle, clock_margin=clock_margin)
        return recover(self._driver.recorder, reconcile)

    def close(self) -> None:
        """Close the connections. Doing it twice changes nothing."""
        self._driver.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"{self._shown}, base_url={self._driver.base_url!r})"

"""From an exception to what the user is told and to the exit status."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wecom_cli.exits import Exit, Stop
from wecom_cli.language import Language
from wecom_openapi import errors
from wecom_openapi.errors import InvalidRequest, OutcomeUnknown, RefusedError, WeComError

if TYPE_CHECKING:
    from wecom_cli.output import Output
    from wecom_openapi import TaskResults

_CONFIGURATION = (errors.CredentialError, errors.PermissionDenied, errors.ConfigurationError)


def exit_of(exc: WeComError) -> Exit:
    """The exit status for an exception of the client."""
    if isinstance(exc, OutcomeUnknown):
        return Exit.UNKNOWN
    if isinstance(exc, InvalidRequest):
        return Exit.NOTHING_SENT
    if isinstance(exc, errors.JournalError):
        return Exit.CONFIGURATION
    if isinstance(exc, errors.ResultsNotReady):
        return Exit.NOT_READY
    if isinstance(exc, _CONFIGURATION):
        return Exit.CONFIGURATION
    if isinstance(exc, errors.MalformedAnswer):
        return Exit.FAILED  # somebody should look at that, though it may pass
    return Exit.AGAIN if exc.retry == "later" else Exit.FAILED


def report(exc: WeComError, output: Output) -> Exit:
    """Tell what went wrong with a call."""
    status = exit_of(exc)
    data: dict[str, Any] = {"kind": type(exc).__name__, "exit_code": int(status), "operation": exc.operation}
    data["retry"] = exc.retry
    text = message(exc, output)
    if isinstance(exc, InvalidRequest):
        from wecom_cli import violations

        data["violations"] = violations.data(exc.violations)
    if isinstance(exc, RefusedError):
        names = "errcode errmsg hint effect meaning meaning_zh action action_zh page".split()
        data.update({name: getattr(exc, name) for name in names})
    if isinstance(exc, OutcomeUnknown):
        data["fingerprint"] = exc.fingerprint
        text += f"\nfingerprint of what was sent (sha256): {exc.fingerprint}"
        msgid = (exc.answer or {}).get("msgid")
        if isinstance(msgid, str):  # the rest of the answer is what can't be read
            data["msgid"] = msgid
            text += f"\nmsgid in the answer: {msgid}"
        text += _find_out(output, data)
    output.fail(text, **data)
    return status


def message(exc: WeComError, output: Output) -> str:
    """What went wrong with a call, in the language of the user where the texts are there."""
    if isinstance(exc, InvalidRequest):
        return _broken(exc, output.language)
    if isinstance(exc, errors.ResultsNotReady) and exc.results is not None:
        return output.say(str(exc), _not_ready(exc.results, output))
    return output.say(str(exc), _refused(exc)) if isinstance(exc, RefusedError) else str(exc)


def report_stop(stop: Stop, output: Output) -> Exit:
    """Tell why the program stops by itself."""
    output.fail(str(stop), kind=stop.kind, exit_code=int(stop.exit), **stop.data)
    return stop.exit


def report_interrupt(exc: BaseException, output: Output, status: Exit) -> Exit:
    """Tell of a signal, where a write had already left. Otherwise nothing happened that the user doesn't know of."""
    notes = [str(note) for note in getattr(exc, "__notes__", ())]
    data: dict[str, Any] = {"kind": "Interrupted", "exit_code": int(status), "outcome_unknown": bool(notes)}
    message = ": ".join(["interrupted", *notes, *filter(None, [output.done])])
    if notes:
        message += _find_out(output, data)
    if notes or output.done or output.json:
        output.fail(message, **data)
    return status


def report_output(exc: OSError, output: Output) -> Exit:
    """Tell that the output can't be written: a full disk, say. What has happened already is not undone by that."""
    reason = f"the output can't be written: {exc.strerror or exc}"
    output.fail(": ".join(filter(None, [reason, output.done])), kind="Output", exit_code=int(Exit.FAILED))
    return Exit.FAILED


def _find_out(output: Output, data: dict[str, Any]) -> str:
    if output.find_out is None:
        return ""
    data["find_out"] = output.find_out
    found = f"\nto find out: {output.find_out}"
    if output.next_time is not None:
        data["next_time"] = output.next_time
        found += f"\nnext time: {output.next_time}"
    return found


def _not_ready(results: TaskResults, output: Output) -> str:
    from wecom_cli.results import summary

    return f"任务 {results.msgid} 未在时限内完成：{summary(results, output)}"


def _broken(exc: InvalidRequest, language: Language) -> str:
    if not exc.violations:
        return language.pick(str(exc), getattr(exc, "message_zh", ""))
    from wecom_cli import violations

    if language is Language.EN and isinstance(exc, errors.AudienceNotConfirmed):
        first = f"{exc.operation} was not sent: it would reach everyone"
    elif language is Language.EN:
        first = str(exc).partition("\n")[0]
    elif isinstance(exc, errors.AudienceNotConfirmed):
        first = f"{exc.operation} 未发送：将发给所有人"
    else:
        first = f"{exc.operation} 未发送：请求违反契约的 {len(exc.violations)} 条规则"
    return "\n".join([first, *(f"  {line}" for line in violations.lines(exc.violations, language))])


def _refused(exc: RefusedError) -> str:
    meaning = exc.meaning_zh or exc.meaning or "不在官方错误码表中"
    text = f"{exc.operation} 被拒绝：errcode {exc.errcode}（{meaning}）"
    text += f"：{exc.errmsg!r}" if exc.errmsg else ""
    text += "。没有产生任何影响" if exc.effect == "none" else "。可能已经生效：先确认，不要直接重发"
    text += f"。处理办法：{exc.action_zh or exc.action}" if exc.action_zh or exc.action else ""
    return text + (f"。参见 {exc.page}" if exc.page else "")

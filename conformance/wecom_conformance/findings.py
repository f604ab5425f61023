"""Everything that a check can find, each kind with a code that never changes its meaning.

The kinds stand in `CODES` and nowhere else: checks, reports, ``wecom-conformance explain`` and the pages take
name, severity and words from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from attrs import field, frozen

Severity = Literal["error", "warning"]


@frozen
class Kind:
    """A kind of finding.

    Attributes:
        code: ``WC201``. The first digit says what it is about: 1 the form of an answer, 2 a verdict, 3 tokens,
            4 several calls together, 5 what a client sends.
        name: the same in words.
        severity: an error fails a run, a warning doesn't.
        en: what it means.
        zh: the same in Chinese.
        example: what shows it.
    """

    code: str
    name: str
    severity: Severity
    en: str
    zh: str
    example: str


_KINDS = (
    Kind(
        "WC101", "not-an-answer", "error",
        "The HTTP status is not 200, or the body has no errcode that is an integer. A client can't tell whether "
        "the call was served.",
        "HTTP 状态码不是 200，或者返回体里没有整数类型的 errcode。客户端无法判断调用是否成功。",
        'HTTP 500, or 200 with {"errcode": "0"}',
    ),
    Kind(
        "WC102", "no-answer", "error",
        "The connection broke, timed out, or gave more than the limit before there was a whole answer.",
        "连接中断、超时，或者返回内容超过上限，没有得到完整的应答。",
        "the server closes the connection when it reads bytes that are no JSON",
    ),
    Kind(
        "WC103", "answer-is-no-json", "error",
        "The body can be read in two ways or in none: broken JSON, not UTF-8, a key that stands twice, NaN.",
        "返回体不是严格的 JSON：语法错误、不是 UTF-8、同一个键出现两次，或者含有 NaN。",
        '{"errcode": 0, "errcode": 40058}',
    ),
    Kind(
        "WC104", "answer-breaks-the-contract", "error",
        "A field of the answer is missing, or has another type or value than the contract says.",
        "返回体缺少字段，或者字段的类型、取值与契约不符。",
        'add_msg_template answers {"errcode": 0, "errmsg": "ok"} without msgid',
    ),
    Kind(
        "WC105", "undocumented-status", "error",
        "schemathesis: the answer amounts to a status that the contract doesn't have.",
        "schemathesis：应答对应的状态在契约中没有定义。",
        "a refusal with HTTP 400 in the place of an errcode",
    ),
    Kind(
        "WC106", "undocumented-content-type", "error",
        "schemathesis: the answer's content type is not the one of the contract, application/json.",
        "schemathesis：应答的 Content-Type 不是契约规定的 application/json。",
        "Content-Type: text/plain",
    ),
    Kind(
        "WC107", "answer-breaks-the-schema", "error",
        "schemathesis: the answer breaks the schema of the contract, as another validator than ours reads it.",
        "schemathesis：用另一套校验器检查，应答不符合契约的 schema。",
        '{"errcode": 0, "errmsg": "ok", "fail_list": "wm1"}',
    ),
    Kind(
        "WC108", "engines-disagree", "error",
        "The two validators of this project come to different verdicts. The fault is in this project, not in "
        "what was tested: please report it.",
        "本项目的两套校验器结论不一致。问题出在本项目而不是被测对象，请反馈。",
        "one accepts an answer, the other refuses it",
    ),
    Kind(
        "WC109", "not-judged", "warning",
        "An exchange could not be judged: its body is larger than what is kept, or in an encoding that is not read.",
        "该次调用无法判定：内容超过保存上限，或者使用了不支持的编码。",
        "an answer with Content-Encoding: br",
    ),
    Kind(
        "WC201", "accepted-what-the-contract-refuses", "error",
        "The server served a request that breaks a rule. A client that relies on the refusal sends what it "
        "should not.",
        "服务器接受了违反规则的请求。依赖服务器拒绝的客户端会发出不该发的内容。",
        "a text of 4001 bytes is answered with errcode 0",
    ),
    Kind(
        "WC202", "refused-what-the-contract-accepts", "error",
        "The server refused a request that keeps every rule, with a code for bad arguments or credentials.",
        "服务器以参数错误或凭证错误拒绝了符合全部规则的请求。",
        "a title at its limit is answered with errcode 40058",
    ),
    Kind(
        "WC203", "nobody-served", "error",
        "A good request, in which every id is known to the company, ended in an error about the company's data. "
        "Either the server is wrong or an id of the settings is.",
        "请求符合契约，且其中的 ID 都是企业已知的，却返回了数据类错误。要么服务器有误，要么配置中的 ID 有误。",
        "errcode 41048 for a message to a customer who was sent nothing yet",
    ),
    Kind(
        "WC204", "schema-violation-accepted", "error",
        "schemathesis: a request that was made to break the schema was served.",
        "schemathesis：故意违反 schema 的请求被接受了。",
        '{"external_userid": "wm1"}, a string for a list, is answered with errcode 0',
    ),
    Kind(
        "WC205", "valid-request-rejected", "error",
        "schemathesis: a request that was made to keep the schema was refused.",
        "schemathesis：符合 schema 的请求被拒绝了。",
        "every message with a file is answered with errcode 40058",
    ),
    Kind(
        "WC206", "table-disagrees", "error",
        "A hand-written body has another verdict by the contract than by its row. The fault is in this project "
        "or in the contract file that was given.",
        "手写用例的结论与契约的结论不一致。问题出在本项目或所给的契约文件。",
        "vector text-4001-bytes: reject by the table, and not by the contract",
    ),
    Kind(
        "WC207", "gives-nothing-to-test-with", "error",
        "A good call that makes what further calls need, such as a task, did not give its id.",
        "用于准备后续测试数据的正常调用（例如创建任务）没有返回所需的 ID。",
        "add_msg_template gives no msgid, so get_groupmsg_task can't be asked about one",
    ),
    Kind(
        "WC208", "never-served", "error",
        "Good requests of an operation were sent, and not one of them was served: all met a limit of frequency.",
        "某个接口的正常请求全部因频率限制而失败，没有一次成功。",
        "errcode 45009 for every call of get_groupmsg_task",
    ),
    Kind(
        "WC301", "accepted-without-the-good-token", "error",
        "The server served a request without a token, with a wrong one, or with several.",
        "服务器接受了没有 token、token 错误或带有多个 token 的请求。",
        "access_token=x&access_token=y is answered with errcode 0",
    ),
    Kind(
        "WC401", "contradicts-the-calls-before", "error",
        "The life of a task or a template: an answer doesn't fit what was done before. Unknown ones are unknown, "
        "cancelled ones stay cancelled, ids are not given twice, limits of reminders count.",
        "任务或模板的生命周期：应答与之前的调用矛盾，例如已取消的任务又可用、ID 重复、未知任务被受理。",
        "cancel_groupmsg_send is served twice for one task",
    ),
    Kind(
        "WC402", "read-is-not-idempotent", "error",
        "The same read, sent again at once, gives another answer, three times in a row.",
        "同一个读取请求立即重复发送，连续三次得到不同的应答。",
        "the order of group_chat_list changes with every call",
    ),
    Kind(
        "WC403", "pages-repeat-a-row", "error",
        "A row comes on two pages of one list: a client that counts rows counts it twice.",
        "同一条记录出现在列表的两页上，客户端会重复计数。",
        "the cursor points at the last row of the page in the place of the next one",
    ),
    Kind(
        "WC404", "pages-do-not-end", "error",
        "A cursor comes again, or there are more pages than rows: a client that follows next_cursor never ends.",
        "next_cursor 重复出现，或者页数多于记录数，翻页永远不会结束。",
        "the last page has its own cursor as next_cursor",
    ),
    Kind(
        "WC405", "pages-are-not-complete", "error",
        "The pages of a list together are not what one large page shows.",
        "逐页读取的结果合起来与一次读取的结果不一致。",
        "with limit 1 a row is skipped at every cursor",
    ),
    Kind(
        "WC406", "page-over-its-limit", "error",
        "A page has more rows than its limit asked for.",
        "一页的记录数超过了请求中的 limit。",
        "limit 1 is answered with 2 rows",
    ),
    Kind(
        "WC501", "request-breaks-the-contract", "error",
        "The client sent a request that breaks a rule. WeCom refuses it, or ignores a field that was meant.",
        "客户端发出的请求违反了规则：企业微信会拒绝它，或者悄悄忽略其中的字段。",
        '{"externalUserid": ["wm1"]}: the field is ignored, and the message goes to every customer',
    ),
    Kind(
        "WC502", "wrong-method", "error",
        "The client called an operation with another HTTP method than the contract has.",
        "客户端调用接口时使用的 HTTP 方法与契约不符。",
        "GET /cgi-bin/externalcontact/add_msg_template",
    ),
    Kind(
        "WC503", "not-one-token", "error",
        "The client sent no token, an empty one or several.",
        "客户端没有带 token、token 为空，或者带了多个 token。",
        "a header Authorization: Bearer in the place of ?access_token=",
    ),
    Kind(
        "WC504", "unreadable-request", "error",
        "The body that the client sent is no strict JSON, has \\u escapes (which WeCom refuses with 40033), or is "
        "no form where a file is due.",
        "客户端发出的内容不是严格的 JSON、含有 \\u 转义（企业微信返回 40033），或者上传时不是表单。",
        '{"text": {"content": "\\u4f60\\u597d"}}',
    ),
    Kind(
        "WC505", "request-earns-a-warning", "warning",
        "The request is legal and probably not what was meant, such as a message to every customer.",
        "请求合法，但很可能不是本意，例如发给全部客户。",
        "chat_type group with external_userid, which is ignored",
    ),
    Kind(
        "WC506", "dead-token-used-again", "error",
        "The client went on with a token after an answer had said that it is dead.",
        "应答已说明 token 失效，客户端仍继续使用它。",
        "42001, and the next call with the same access_token",
    ),
    Kind(
        "WC507", "write-sent-again", "error",
        "The client sent a write again, byte for byte, after an outcome that it can't know (no answer, or errcode "
        "-1). There is no idempotency key, so the message may go out twice.",
        "写请求结果未知（无应答或 errcode -1）时，客户端原样重发。接口没有幂等键，消息可能发两次。",
        "add_msg_template times out and is sent again",
    ),
    Kind(
        "WC508", "unknown-path", "warning",
        "The client called a path of the API that the contract doesn't have, so nothing can be said about it.",
        "客户端调用了契约中没有的接口路径，无法判定。",
        "POST /cgi-bin/message/send",
    ),
)  # fmt: skip

CODES: Mapping[str, Kind] = {kind.code: kind for kind in _KINDS}
"""Every kind, by its code."""


def _known(code: str) -> str:
    if code not in CODES:
        raise ValueError(f"{code} is no code of a finding")
    return code


@frozen
class Finding:
    """One thing that a check found.

    Attributes:
        code: its kind, one of `CODES`.
        operation: what was called; empty where it is about none.
        detail: what exactly, for a person.
        about: what makes it the same finding as another one: a rule, an errcode, a place. Not for a person.
    """

    code: str = field(converter=_known)
    operation: str
    detail: str
    about: str = ""

    @property
    def kind(self) -> Kind:
        """What is known about all such findings."""
        return CODES[self.code]

    def __str__(self) -> str:
        return f"{self.code} {self.kind.name}: {self.detail}"

"""``wecom send --dry-run``: whom a request reaches, what they will see, and what is wrong with it; in full."""

from __future__ import annotations

from typing import Any

import pytest
from inside import Inside
from program import BROKEN, EVERYONE, MESSAGE, OF_LISI, A

from wecom_mock.server import MockServer

FULL: dict[str, Any] = {
    **MESSAGE,
    "sender": "zhangsan",
    "allow_select": True,
    "text": {"content": "新品上市\n\t第二行\r\n第三行"},
    "attachments": [
        {
            "msgtype": "link",
            "link": {
                "title": "秋季新品",
                "desc": "九折",
                "url": "https://example.com/a",
                "picurl": "https://example.com/p.png",
            },
        },
        {"msgtype": "image", "image": {"media_id": "MEDIA_I"}},
        {"msgtype": "image", "image": {"pic_url": "https://example.com/long"}},
        {
            "msgtype": "miniprogram",
            "miniprogram": {
                "title": "商城",
                "appid": "wx8bd8",
                "page": "/index",
                "pic_media_id": "MEDIA_P",
            },
        },
        {"msgtype": "video", "video": {"media_id": "MEDIA_V"}},
        {"msgtype": "file", "file": {"media_id": "MEDIA_F"}},
    ],
}
SHOWN = f"""\
accepted: nothing was sent
to: 2 customers: {A}, {OF_LISI}; sent by zhangsan, who may choose again among them
message:
  新品上市
      第二行
  第三行
  ╭─ link ────────────────────────────╮
  │ 秋季新品                          │
  │ 九折                              │
  │ https://example.com/a             │
  │ picurl: https://example.com/p.png │
  ╰───────────────────────────────────╯
  ╭─ image ───────────╮
  │ media_id: MEDIA_I │
  ╰───────────────────╯
  ╭─ image ───────────────────────────╮
  │ pic_url: https://example.com/long │
  ╰───────────────────────────────────╯
  ╭─ mini program ────────╮
  │ 商城                  │
  │ appid: wx8bd8         │
  │ page: /index          │
  │ pic_media_id: MEDIA_P │
  ╰───────────────────────╯
  ╭─ video ───────────╮
  │ media_id: MEDIA_V │
  ╰───────────────────╯
  ╭─ file ────────────╮
  │ media_id: MEDIA_F │
  ╰───────────────────╯
"""
SHOWN_ZH = f"""\
通过：没有发送
发送给：2 位客户：{A}, {OF_LISI}；由 zhangsan 确认发送，可重新选择客户
消息：
  新品上市
      第二行
  第三行
  ╭─ 图文链接 ────────────────────────╮
  │ 秋季新品                          │
  │ 九折                              │
  │ https://example.com/a             │
  │ picurl: https://example.com/p.png │
  ╰───────────────────────────────────╯
  ╭─ 图片 ────────────╮
  │ media_id: MEDIA_I │
  ╰───────────────────╯
  ╭─ 图片 ────────────────────────────╮
  │ pic_url: https://example.com/long │
  ╰───────────────────────────────────╯
  ╭─ 小程序 ──────────────╮
  │ 商城                  │
  │ appid: wx8bd8         │
  │ page: /index          │
  │ pic_media_id: MEDIA_P │
  ╰───────────────────────╯
  ╭─ 视频 ────────────╮
  │ media_id: MEDIA_V │
  ╰───────────────────╯
  ╭─ 文件 ────────────╮
  │ media_id: MEDIA_F │
  ╰───────────────────╯
"""


def test_whom_it_reaches_and_what_they_see(inside: Inside, mock: MockServer, save: Any) -> None:
    name = save("m.json", FULL)
    assert inside("send", name, "--dry-run") == (0, SHOWN, "")
    assert inside("send", name, "--dry-run", "--lang", "zh") == (0, SHOWN_ZH, "")
    result = inside("send", name, "--dry-run", "--json", "--lang", "zh")
    assert (result.code, result.err) == (0, "")
    assert result.json == {
        "dry_run": True,
        "verdict": "accepted",
        "exit_code": 0,
        "violations": [],
        "audience": {
            "kind": "customers",
            "ids": [A, OF_LISI],
            "tags": [],
            "sender": "zhangsan",
            "allow_select": True,
            "count": 2,
            "everyone": False,
        },
        "message": ["text", "link", "image", "image", "miniprogram", "video", "file"],
    }
    assert not mock.state.tasks
    assert not mock.state.tokens  # it asks nobody


def test_it_needs_no_settings(inside: Inside, save: Any) -> None:
    nothing = dict.fromkeys(("WECOM_CORPID", "WECOM_CORPSECRET", "WECOM_BASE_URL"))
    assert inside("send", save("m.json", MESSAGE), "--dry-run", env=nothing).code == 0


def test_a_message_without_a_text_and_with_fields_that_are_empty(inside: Inside, save: Any) -> None:
    link = {"title": "秋季新品", "url": "https://example.com/a", "desc": ""}
    body = {"external_userid": [A], "attachments": [{"msgtype": "link", "link": link}]}
    result = inside("send", save("m.json", body), "--dry-run")
    assert result.out.splitlines()[2:] == [
        "message:",
        "  ╭─ link ────────────────╮",
        "  │ 秋季新品              │",
        "  │ https://example.com/a │",
        "  ╰───────────────────────╯",
    ]
    assert inside("send", "m.json", "--dry-run", "--json").json["message"] == ["link"]


def test_a_card_is_64_columns_wide_at_most_and_straight_with_chinese_in_it(inside: Inside, save: Any) -> None:
    link = {"title": "标题" * 20, "desc": "描述 mixed " * 4, "url": "https://example.com/" + "x" * 50}
    body = {**MESSAGE, "attachments": [{"msgtype": "link", "link": link}]}
    result = inside("send", save("m.json", body), "--dry-run")
    assert result.out.splitlines()[4:] == [
        "  ╭─ link ───────────────────────────────────────────────────────╮",
        "  │ 标题标题标题标题标题标题标题标题标题标题标题标题标题标题标题 │",
        "  │ 标题标题标题标题标题                                         │",
        "  │ 描述 mixed 描述 mixed 描述 mixed 描述 mixed                  │",
        "  │ https://example.com/xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx │",
        "  │ xxxxxxxxxx                                                   │",
        "  ╰──────────────────────────────────────────────────────────────╯",
    ]
    for title, width in (("x" * 59, 65), ("x" * 60, 66), ("x" * 61, 66)):
        link = {"title": title, "url": "https://e.com"}
        save("m.json", {**MESSAGE, "attachments": [{"msgtype": "link", "link": link}]})
        assert len(inside("send", "m.json", "--dry-run").out.splitlines()[-1]) == width


OTHERS = "the member who last talked to each customer"
OTHERS_ZH = "最近与客户沟通的成员"
SIX = [f"wm{n}" for n in range(6)]
AUDIENCES: list[tuple[dict[str, Any], dict[str, Any], str, str]] = [
    (
        {"external_userid": [A]},
        {"kind": "customers", "ids": [A], "count": 1},
        f"1 customer: {A}; sent by {OTHERS}",
        f"1 位客户：{A}；由 {OTHERS_ZH} 确认发送",
    ),
    (
        {"external_userid": SIX[:5], "sender": "lisi"},
        {"kind": "customers", "ids": SIX[:5], "count": 5},
        "5 customers: wm0, wm1, wm2, wm3, wm4; sent by lisi",
        "5 位客户：wm0, wm1, wm2, wm3, wm4；由 lisi 确认发送",
    ),
    (
        {"external_userid": [*SIX, "wm0"], "sender": "lisi"},
        {"kind": "customers", "ids": SIX, "count": 6},
        "6 customers: wm0, wm1, wm2, wm3, wm4 and 1 more; sent by lisi",
        "6 位客户：wm0, wm1, wm2, wm3, wm4 等，另有 1 位；由 lisi 确认发送",
    ),
    (
        {
            "tag_filter": {"group_list": [{"tag_list": ["t1", "t2"]}, {"tag_list": ["t3"]}]},
            "sender": "lisi",
            "allow_select": True,
        },
        {"kind": "customers-by-tags", "tags": [["t1", "t2"], ["t3"]], "allow_select": True},
        "every customer of lisi with the tags (t1 or t2) and (t3); sent by lisi, who may choose again among them",
        "lisi 的所有带有标签 （t1 或 t2） 且 （t3） 的客户；由 lisi 确认发送，可重新选择客户",
    ),
    (
        {"sender": "lisi", "allow_select": True},
        {"kind": "all-customers", "everyone": True, "allow_select": True},
        "EVERY customer of lisi; sent by lisi, who may choose again among them",
        "lisi 的【全部】客户；由 lisi 确认发送，可重新选择客户",
    ),
    (
        {"chat_type": "group", "sender": "lisi", "chat_id_list": ["wrA"]},
        {"kind": "groups", "ids": ["wrA"], "count": 1},
        "1 customer group: wrA; sent by lisi",
        "1 个客户群：wrA；由 lisi 确认发送",
    ),
    (
        {"chat_type": "group", "sender": "lisi", "chat_id_list": [*"abcdefg", "a"]},
        {"kind": "groups", "ids": [*"abcdefg"], "count": 7},
        "7 customer groups: a, b, c, d, e and 2 more; sent by lisi",
        "7 个客户群：a, b, c, d, e 等，另有 2 个；由 lisi 确认发送",
    ),
    (
        {"chat_type": "group", "sender": "lisi"},
        {"kind": "all-groups", "everyone": True},
        "EVERY customer group of lisi; sent by lisi",
        "lisi 的【全部】客户群；由 lisi 确认发送",
    ),
]


@pytest.mark.parametrize(("fields", "data", "en", "zh"), AUDIENCES, ids=[str(each[1]) for each in AUDIENCES])
def test_whom_it_reaches(
    fields: dict[str, Any], data: dict[str, Any], en: str, zh: str, inside: Inside, save: Any
) -> None:
    command = ("send", save("m.json", {**fields, "text": {"content": "x"}}), "--dry-run", "--to-all")
    assert inside(*command).out.splitlines()[-3:] == [f"to: {en}", "message:", "  x"]
    assert inside(*command, "--lang", "zh").out.splitlines()[-3:] == [f"发送给：{zh}", "消息：", "  x"]
    neither: dict[str, Any] = {
        "ids": [],
        "tags": [],
        "sender": fields.get("sender"),
        "allow_select": False,
        "count": None,
        "everyone": False,
    }
    assert inside(*command, "--json").json["audience"] == {**neither, **data}


EVERYONE_EN = (
    "the message goes to every customer of the member zhangsan: neither external_userid nor tag_filter chooses among "
    "them; use --to-all if that is what you want [audience.everyone-single]"
)
EVERYONE_ZH = (
    "将发送给成员 zhangsan 的全部客户：external_userid 与 tag_filter 均未指定范围；如确有此意，请使用 --to-all "
    "[audience.everyone-single]"
)


def test_a_request_for_everyone(inside: Inside, mock: MockServer, save: Any) -> None:
    name = save("m.json", EVERYONE)
    to = "to: EVERY customer of zhangsan; sent by zhangsan\nmessage:\n  新品上市\n"
    assert inside("send", name, "--dry-run") == (
        2,
        f"refused without --to-all: it would reach everyone\n  warning: {EVERYONE_EN}\n{to}",
        "",
    )
    assert inside("send", name, "--dry-run", "--to-all") == (
        0,
        f"accepted: nothing was sent\n  warning: {EVERYONE_EN}\n{to}",
        "",
    )
    assert inside("send", name, "--dry-run", "--lang", "zh") == (
        2,
        f"未加 --to-all，将被拒绝：会发给所有人\n  警告：{EVERYONE_ZH}\n"
        "发送给：zhangsan 的【全部】客户；由 zhangsan 确认发送\n消息：\n  新品上市\n",
        "",
    )
    document = inside("send", name, "--dry-run", "--json").json
    (violation,) = document.pop("violations")
    assert violation == {
        "rule": "audience.everyone-single",
        "severity": "warning",
        "path": "",
        "pointer": "",
        "keyword": "x-warnings",
        "limit": None,
        "given": "",
        "message": EVERYONE_EN.partition(";")[0],
        "message_zh": EVERYONE_ZH.partition("；")[0],
        "fix": "pass to_all=True if that is what you want",
        "fix_zh": "确需如此请传 to_all=True",
        "errcode": None,
        "confirm": "to_all",
    }
    assert (document.pop("dry_run"), document.pop("verdict")) == (True, "needs --to-all")
    assert (document.pop("exit_code"), document.pop("message")) == (2, ["text"])
    assert document.pop("audience")["kind"] == "all-customers"
    assert document == {}
    # The same words where it is meant to be sent.
    assert inside("send", name, "--yes") == (
        2,
        "",
        f"error: add_msg_template was not sent: it would reach everyone\n  {EVERYONE_EN}\n",
    )
    assert inside("send", name, "--yes", "--lang", "zh") == (
        2,
        "",
        f"error: add_msg_template 未发送：将发给所有人\n  {EVERYONE_ZH}\n",
    )
    error = inside("send", name, "--yes", "--json").error
    assert error == {
        "kind": "AudienceNotConfirmed",
        "exit_code": 2,
        "operation": "add_msg_template",
        "retry": "never",
        "violations": [violation],
        "message": f"add_msg_template was not sent: it would reach everyone\n  {EVERYONE_EN}",
    }
    assert mock.state.tasks == {}


WRONG_EN = """\
  externalUserid is no field of this request: WeCom would ignore it without a word; did you mean external_userid? [body.unknown-field]
  attachments[0].link.title has 129 bytes in UTF-8 (43 characters); at most 128 are allowed; shorten it by 1 byte; a Chinese character takes 3 [link.title.max-bytes]
"""  # noqa: E501 - lines of the program
WRONG_ZH = """\
  externalUserid 不是该请求的字段：企业微信会忽略它且不提示；是否想写 external_userid？ [body.unknown-field]
  attachments[0].link.title 按 UTF-8 计 129 字节（43 个字符），最多 128 字节；请缩短 1 字节；一个汉字占 3 字节 [link.title.max-bytes]
"""  # noqa: E501 - lines of the program


def test_a_request_that_breaks_the_contract(inside: Inside, mock: MockServer, save: Any) -> None:
    name = save("m.json", BROKEN)
    assert inside("send", name, "--dry-run") == (
        2,
        f"refused: it breaks the contract\n{WRONG_EN}  warning: {EVERYONE_EN}\n",
        "",
    )
    assert inside("send", name, "--dry-run", "--lang", "zh") == (
        2,
        f"拒绝：不符合契约\n{WRONG_ZH}  警告：{EVERYONE_ZH}\n",
        "",
    )
    document = inside("send", name, "--dry-run", "--json").json
    assert [each.pop("rule") for each in document.pop("violations")] == [
        "body.unknown-field",
        "link.title.max-bytes",
        "audience.everyone-single",
    ]
    assert document == {
        "dry_run": True,
        "verdict": "refused",
        "exit_code": 2,
        "audience": None,
        "message": None,
    }
    assert inside("send", name, "--yes") == (
        2,
        "",
        f"error: add_msg_template was not sent: the request breaks 2 rules of the contract\n{WRONG_EN}",
    )
    assert inside("send", name, "--yes", "--lang", "zh") == (
        2,
        "",
        f"error: add_msg_template 未发送：请求违反契约的 2 条规则\n{WRONG_ZH}",
    )
    error = inside("send", name, "--yes", "--json").error
    assert [each["rule"] for each in error.pop("violations")] == [
        "body.unknown-field",
        "link.title.max-bytes",
    ]
    assert error.pop("message").endswith(WRONG_EN.rstrip("\n"))
    assert error == {
        "kind": "InvalidRequest",
        "exit_code": 2,
        "operation": "add_msg_template",
        "retry": "never",
    }
    assert mock.state.tasks == {}

"""The words of the console, English and Chinese."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

Language = Literal["en", "zh"]

WORDS: dict[str, tuple[str, str]] = {
    "title": ("WeCom mock", "企业微信模拟服务"),
    "other-language": ("中文", "English"),
    "skip": ("Skip to content", "跳到正文"),
    "pages": ("Pages", "页面"),
    "desk": ("Phones", "手机"),
    "company": ("Company", "企业"),
    "calls": ("Calls", "调用"),
    "faults": ("Faults", "故障"),
    "settings": ("Settings", "设置"),
    "clock": ("Clock", "时钟"),
    "clock-fixed": ("Runs with the machine; can't be moved.", "随本机时间运行，不能调整。"),
    "seconds-20": ("+20 s", "+20 秒"),
    "hours-2": ("+2 h", "+2 小时"),
    "day-1": ("+1 day", "+1 天"),
    "days-3": ("+3 days", "+3 天"),
    "days-31": ("+31 days", "+31 天"),
    "time-zone": ("China, UTC+8", "北京时间"),
    "members": ("Members", "成员"),
    "waiting": ("waiting", "待处理"),
    "nothing-waits": ("nothing waits", "无待处理"),
    "no-members": ("This company has no members yet.", "企业还没有成员。"),
    "nothing-on-phone": (
        "No message yet. Create one with add_msg_template, and it appears here.",
        "还没有消息。调用 add_msg_template 创建后会显示在这里。",
    ),
    "phone-of": ("Phone of", "成员手机"),
    "as-customer": ("as a customer will see it", "消息按客户所见显示"),
    "mass-message": ("Mass message", "企业群发"),
    "own-message": ("Sent by the member", "成员自发"),
    "moment": ("Moment", "客户朋友圈"),
    "welcome": ("Welcome message", "欢迎语"),
    "to-customers": ("to customers", "发给客户"),
    "to-groups": ("to customer groups", "发给客户群"),
    "confirm": ("Confirm and send", "确认发送"),
    "ignore": ("Ignore", "忽略"),
    "refuse": ("Refuse", "拒绝"),
    "publish": ("Publish", "发表"),
    "state-waiting": ("Waits for the member", "等待成员确认"),
    "state-sent": ("Sent", "已发送"),
    "state-cancelled": ("Cancelled", "已停止"),
    "state-ignored": ("Ignored", "已忽略"),
    "state-refused": ("Refused", "已拒绝"),
    "state-published": ("Published", "已发表"),
    "reminders": ("reminders", "次提醒"),
    "recipients": ("Recipients", "接收人"),
    "more": ("more", "更多"),
    "delivery-0": ("not sent", "未发送"),
    "delivery-1": ("sent", "已发送"),
    "delivery-2": ("no longer a customer", "已不是好友"),
    "delivery-3": ("over quota", "已达上限"),
    "tasks": ("Tasks", "群发任务"),
    "no-tasks": ("No task yet.", "还没有任务。"),
    "newest-of": ("newest of", "条最新，共"),
    "kind-image": ("Image", "图片"),
    "kind-link": ("Link", "图文链接"),
    "kind-miniprogram": ("Mini program", "小程序"),
    "kind-video": ("Video", "视频"),
    "kind-file": ("File", "文件"),
    "kind-unknown": ("Unknown attachment", "未知附件"),
    "not-uploaded": ("not uploaded here", "不是在这里上传的"),
    "unsafe-link": ("no web address", "不是网址"),
    "empty-message": ("(no content)", "(无内容)"),
    "log": ("Log of calls", "调用日志"),
    "no-calls": ("No call yet.", "还没有调用。"),
    "request": ("Request", "请求"),
    "answer": ("Answer", "响应"),
    "rule-broken": ("Broken rule", "违反规则"),
    "at": ("at", "位于"),
    "whole-body": ("the body", "整个请求体"),
    "reason": ("Reason", "原因"),
    "warning": ("Warning", "警告"),
    "advice": ("What to do", "处理办法"),
    "customers": ("Customers", "客户"),
    "customer": ("Customer", "客户"),
    "groups": ("Customer groups", "客户群"),
    "group": ("Customer group", "客户群"),
    "owner": ("Owner", "群主"),
    "tags": ("Tags", "标签"),
    "tag-group": ("Tag group", "标签组"),
    "deleted": ("deleted", "已删除"),
    "followed-by": ("Customer of", "添加人"),
    "quota": ("Quota", "额度"),
    "no-limit": ("no limit", "不限"),
    "actions": ("Actions", "操作"),
    "fill": ("Use up", "用完额度"),
    "clear": ("Give back", "恢复额度"),
    "leave": ("Leaves", "客户流失："),
    "welcome-code": ("Welcome code for", "欢迎语凭证："),
    "apps": ("Apps", "应用"),
    "secret": ("Secret", "密钥"),
    "revoke": ("Revoke tokens", "吊销 token"),
    "revoke-all": ("Revoke all tokens", "吊销全部 token"),
    "suites": ("Suites of third parties", "第三方应用"),
    "push-ticket": ("Push a ticket", "推送 ticket"),
    "add": ("Add", "添加"),
    "add-member": ("Add a member", "添加成员"),
    "add-customer": ("Add a customer", "添加客户"),
    "add-group": ("Add a customer group", "添加客户群"),
    "add-tag": ("Add a tag", "添加标签"),
    "name": ("Name", "名称"),
    "id": ("Id", "ID"),
    "find": ("Find customers", "查找客户"),
    "find-go": ("Find", "查找"),
    "shown-of": ("shown of", "条显示，共"),
    "no-customers": ("No customer.", "没有客户。"),
    "none": ("none", "无"),
    "all-members": ("all members", "全部成员"),
    "sees": ("Sees", "可见范围"),
    "new-fault": ("Switch a fault on", "打开故障"),
    "operation": ("Operation", "接口"),
    "every-operation": ("every operation", "全部接口"),
    "times": ("Times", "次数"),
    "until-off": ("until it is switched off", "直到关闭"),
    "times-about": ("Times empty: until it is switched off.", "次数留空：直到手动关闭。"),
    "refuse-about": (
        "While refuse is on, this page can't be reached either: give it seconds.",
        "打开 refuse 后本页面也无法访问，请填写秒数。",
    ),
    "probability": ("Probability", "概率"),
    "switched-on": ("Switched on", "已打开"),
    "switch-off": ("Switch off", "关闭"),
    "all-off": ("Switch all off", "全部关闭"),
    "no-faults": ("No fault is switched on: the mock works as it should.", "没有故障：服务正常。"),
    "left": ("left", "次剩余"),
    "fired": ("came true", "次发生"),
    "save": ("Save", "保存"),
    "no-value": ("no limit", "不限"),
    "seconds": ("seconds", "秒"),
    "reset": ("Forget all calls", "清空运行数据"),
    "reset-about": (
        "Tokens, tasks, uploads, moments, quota and the log are forgotten; company and settings stay.",
        "清空 token、任务、素材、朋友圈、额度和日志；企业和设置保留。",
    ),
    "move-by": ("Move by seconds", "前进秒数"),
    "move": ("Move", "调整"),
    "api": ("Admin API", "管理 API"),
    "not-found": ("There is no such page.", "没有这个页面。"),
    "wrong": ("That did not work", "操作失败"),
    "said-confirm": ("Confirmed: the message was sent.", "已确认，消息已发送。"),
    "said-ignore": ("Ignored. It can still be confirmed.", "已忽略，之后仍可确认。"),
    "said-refuse": ("Refused. The API goes on to show it as unsent.", "已拒绝，接口仍显示未发送。"),
    "said-publish": ("Published.", "已发表。"),
    "said-leave": ("Customer and member have parted.", "客户已与成员解除关系。"),
    "said-fill": ("The quota is used up.", "额度已用完。"),
    "said-clear": ("The quota is free again.", "额度已恢复。"),
    "said-welcome-code": ("Welcome code, good for 20 seconds", "欢迎语凭证，20 秒内有效"),
    "said-revoke": ("Tokens that are invalid now", "已失效的 token 数"),
    "said-ticket": ("A new ticket was pushed.", "已推送新的 ticket。"),
    "said-clock": ("The clock was moved.", "时钟已调整。"),
    "said-settings": ("The settings are changed.", "设置已修改。"),
    "said-reset": ("Everything that calls have made is forgotten.", "运行数据已清空。"),
    "said-add": ("Added.", "已添加。"),
    "said-fault": ("The fault is switched on.", "故障已打开。"),
    "said-faults-off": ("Switched off.", "已关闭。"),
}
"""By key: English, Chinese."""

COLONS: dict[Language, str] = {"en": ": ", "zh": "："}
"""What stands between a word and what is told of it."""

FAULTS_ZH: dict[str, str] = {
    "errcode": "返回错误码",
    "token-dead": "token 中途失效：本次及之后都返回 40014",
    "frequency": "超过频率上限后返回 45009，直到窗口结束",
    "ip-ban": "gettoken 在一小时内返回 45009",
    "refuse": "拒绝连接",
    "reset-before": "连接被重置，调用未生效",
    "reset-after": "连接被重置，调用已生效",
    "silence": "没有响应",
    "slow": "响应缓慢，逐段到达",
    "truncate": "响应中途断开",
    "html-502": "502 和 HTML 页面",
    "html-200": "200 和 HTML 页面",
    "content-type": "响应的 Content-Type 不对",
    "invalid-utf-8": "响应含非 UTF-8 字节",
    "duplicate-keys": "响应中 errcode 出现两次",
    "errcode-text": "errcode 是字符串",
    "oversized": "响应过大",
    "warning": "errcode 为 0，errmsg 带警告",
    "no-msgid": "errcode 为 0，但缺少新建对象的 ID",
}
"""What each kind of fault does, in Chinese."""

_RANGE = re.compile(
    r"\s*(?P<tag>[A-Za-z]{1,8})(?:-[A-Za-z0-9-]{1,40})?\s*(?:;\s*q\s*=\s*(?P<q>[01](?:\.\d{0,3})?))?\s*"
)
_RANGES = 32


def word(key: str, language: Language) -> str:
    """One word or sentence.

    Raises:
        KeyError: no such key.
    """
    return WORDS[key][0 if language == "en" else 1]


def language_of(asked: str | None, accepted: Sequence[str]) -> Language:
    """The language of a page.

    Args:
        asked: what the address says (``zh`` or ``en``; anything else counts as nothing).
        accepted: values of the Accept-Language header.
    """
    if asked == "zh":
        return "zh"
    if asked == "en":
        return "en"
    best: dict[str, float] = {}
    for part in ",".join(accepted).split(",")[:_RANGES]:
        match = _RANGE.fullmatch(part)
        if match is not None:
            tag = match["tag"].lower()
            best[tag] = max(best.get(tag, 0.0), float(match["q"] or 1))
    return "zh" if best.get("zh", 0.0) > best.get("en", 0.0) else "en"

"""Welcome messages: to a new customer, and the templates for customer groups."""

from __future__ import annotations

from typing import Any

from .call import Call
from .media import check_attachments
from .refusal import Refusal
from .welcome_store import GroupTemplate, Welcome

#: So many templates a company can have, whichever of its apps made them.
TEMPLATES = 100
_TEMPLATE_ID_CHARS = 29
_OBJECTS = ("image", "link", "miniprogram", "file", "video")


def send_welcome_msg(call: Call) -> dict[str, Any]:
    """Send the message; the code comes from :meth:`~wecom_mock.state.State.welcome_code`.

    The first message of several apps is the one that is sent: every other code of the two counts as too late for
    the chat. A code stays good where the request is refused for something else; nobody has seen otherwise.
    """
    store = call.state.welcome
    code = store.codes.get(call.body["welcome_code"])
    if code is None:
        raise Refusal("welcome_code.unknown")
    if not call.may_use(code.userid):
        raise Refusal("welcome_code.not-visible")
    if code.used:
        again = call.state.settings.used_welcome_code
        raise Refusal("welcome_code.used" if again == 41050 else "welcome_code.chatting")
    if call.now >= code.expires:
        raise Refusal("welcome_code.late")
    if code.chatting:
        raise Refusal("welcome_code.chatting")
    check_attachments(call, call.body.get("attachments") or [])
    store.start_chat(code.userid, code.external_userid)
    code.used = True
    store.sent.append(Welcome(code.userid, code.external_userid, call.body, call.now))
    return {}


def _content(call: Call) -> dict[str, Any]:
    content = {name: call.body[name] for name in ("text", *_OBJECTS) if name in call.body}
    check_attachments(call, [{"msgtype": name, name: content[name]} for name in _OBJECTS if name in content])
    return content


def _template(call: Call, *, own: bool) -> GroupTemplate:
    template = call.state.welcome.templates.get(call.body["template_id"])
    if template is None:
        raise Refusal("template_id.unknown")
    if own and template.app != call.app:
        raise Refusal("template_id.other-app")
    return template


def group_welcome_template_add(call: Call) -> dict[str, Any]:
    """Store a template, as long as there is room."""
    templates = call.state.welcome.templates
    content = _content(call)
    if len(templates) >= TEMPLATES:
        raise Refusal("template.too-many")
    template = GroupTemplate(
        template_id="msg" + call.state.mint("template_id", _TEMPLATE_ID_CHARS),
        app=call.app,
        content=content,
        notify=call.body.get("notify", 1) != 0,
        edited=call.now,
    )
    templates[template.template_id] = template
    return {"template_id": template.template_id}


def group_welcome_template_edit(call: Call) -> dict[str, Any]:
    """Put the content of the request in the place of what is stored.

    Whether the server keeps what the request leaves out was not observed; the page says nothing of it.
    """
    template = _template(call, own=True)
    template.content, template.edited = _content(call), call.now
    return {}


def group_welcome_template_get(call: Call) -> dict[str, Any]:
    """The content as it was stored; every app may read it."""
    return dict(_template(call, own=False).content)


def group_welcome_template_del(call: Call) -> dict[str, Any]:
    """Delete a template."""
    del call.state.welcome.templates[_template(call, own=True).template_id]
    return {}

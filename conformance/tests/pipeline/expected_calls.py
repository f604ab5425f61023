"""Every operation, written down a second time as the vendor's pages have it."""

from __future__ import annotations

CONTACT = "/cgi-bin/externalcontact"
TEMPLATE = f"{CONTACT}/group_welcome_template"

CALLS = {
    "add_msg_template": ("post", f"{CONTACT}/add_msg_template", "write"),
    "gettoken": ("get", "/cgi-bin/gettoken", "read"),
    "get_groupmsg_task": ("post", f"{CONTACT}/get_groupmsg_task", "read"),
    "get_groupmsg_send_result": ("post", f"{CONTACT}/get_groupmsg_send_result", "read"),
    "remind_groupmsg_send": ("post", f"{CONTACT}/remind_groupmsg_send", "write"),
    "cancel_groupmsg_send": ("post", f"{CONTACT}/cancel_groupmsg_send", "write"),
    "get_groupmsg_list_v2": ("post", f"{CONTACT}/get_groupmsg_list_v2", "read"),
    "externalcontact_list": ("get", f"{CONTACT}/list", "read"),
    "batch_get_by_user": ("post", f"{CONTACT}/batch/get_by_user", "read"),
    "groupchat_list": ("post", f"{CONTACT}/groupchat/list", "read"),
    "get_corp_tag_list": ("post", f"{CONTACT}/get_corp_tag_list", "read"),
    "send_welcome_msg": ("post", f"{CONTACT}/send_welcome_msg", "write"),
    "group_welcome_template_add": ("post", f"{TEMPLATE}/add", "write"),
    "group_welcome_template_edit": ("post", f"{TEMPLATE}/edit", "write"),
    "group_welcome_template_get": ("post", f"{TEMPLATE}/get", "read"),
    "group_welcome_template_del": ("post", f"{TEMPLATE}/del", "write"),
    "add_moment_task": ("post", f"{CONTACT}/add_moment_task", "write"),
    "get_moment_task_result": ("get", f"{CONTACT}/get_moment_task_result", "read"),
    "get_moment_list": ("post", f"{CONTACT}/get_moment_list", "read"),
    "get_moment_task": ("post", f"{CONTACT}/get_moment_task", "read"),
    "get_moment_send_result": ("post", f"{CONTACT}/get_moment_send_result", "read"),
    "cancel_moment_task": ("post", f"{CONTACT}/cancel_moment_task", "write"),
    "media_upload": ("post", "/cgi-bin/media/upload", "write"),
    "media_uploadimg": ("post", "/cgi-bin/media/uploadimg", "write"),
    "get_suite_token": ("post", "/cgi-bin/service/get_suite_token", "read"),
    "get_corp_token": ("post", "/cgi-bin/service/get_corp_token", "read"),
}
"""In the order of the corrections that bring them: (method, path, effect)."""

ROWS = {
    "get_groupmsg_task": "task_list",
    "get_groupmsg_send_result": "send_list",
    "get_groupmsg_list_v2": "group_msg_list",
    "batch_get_by_user": "external_contact_list",
    "groupchat_list": "group_chat_list",
    "get_moment_list": "moment_list",
    "get_moment_task": "task_list",
    "get_moment_send_result": "customer_list",
}
"""Operations that answer page by page, with the list of rows in an answer."""

LINKS = {
    "add_msg_template": {
        "task": "get_groupmsg_task",
        "result": "get_groupmsg_send_result",
        "remind": "remind_groupmsg_send",
        "cancel": "cancel_groupmsg_send",
    },
    "group_welcome_template_add": {
        "edit": "group_welcome_template_edit",
        "get": "group_welcome_template_get",
        "del": "group_welcome_template_del",
    },
    "add_moment_task": {"job": "get_moment_task_result"},
}
"""Which call an answer leads to, by the name of the link."""

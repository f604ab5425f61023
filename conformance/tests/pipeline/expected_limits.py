"""Every limit of size and what breaking it is called, written down a second time as the vendor's pages have it."""

from __future__ import annotations

MEGABYTE = 2**20
DAY = 86_400

Limit = tuple[str, str, int, str, int]

OF_MESSAGES: tuple[Limit, ...] = (
    ("AddMsgTemplateRequest/external_userid", "maxItems", 10_000, "external_userid.max-items", 40058),
    ("AddMsgTemplateRequest/chat_id_list", "maxItems", 2_000, "chat_id_list.max-items", 40058),
    ("TagGroup/tag_list", "maxItems", 100, "tag_filter.group.tag_list.max-items", 40058),
    ("TagGroup/tag_list", "minItems", 1, "tag_filter.group.tag_list.min-items", 40058),
    ("AddMsgTemplateRequest/attachments", "maxItems", 9, "attachments.max-items", 41064),
    ("Text/content", "x-max-bytes", 4_000, "text.content.max-bytes", 40058),
    ("Link/title", "x-max-bytes", 128, "link.title.max-bytes", 40058),
    ("Link/picurl", "x-max-bytes", 2_048, "link.picurl.max-bytes", 40058),
    ("Link/desc", "x-max-bytes", 512, "link.desc.max-bytes", 40058),
    ("Link/url", "x-max-bytes", 2_048, "link.url.max-bytes", 40058),
    ("Miniprogram/title", "x-max-bytes", 64, "miniprogram.title.max-bytes", 40058),
    ("SendWelcomeMsgRequest/attachments", "maxItems", 9, "send_welcome_msg.attachments.max-items", 41064),
    (
        "GroupWelcomeText/content",
        "x-max-bytes",
        3_000,
        "group_welcome_template.text.content.max-bytes",
        40058,
    ),
    *(
        (
            f"GroupWelcomeTemplate{name.title()}Request/agentid",
            keyword,
            limit,
            f"group_welcome_template_{name}.agentid.{word}",
            40058,
        )
        for name in ("add", "edit", "del")
        for keyword, limit, word in (("minimum", 0, "min"), ("maximum", 2**31 - 1, "max"))
    ),
)

OF_MOMENTS: tuple[Limit, ...] = (
    ("AddMomentTaskRequest/attachments", "maxItems", 9, "add_moment_task.attachments.max-items", 41064),
    ("MomentText/content", "maxLength", 2_000, "add_moment_task.text.content.max-length", 40058),
    ("MomentLink/title", "x-max-bytes", 64, "add_moment_task.link.title.max-bytes", 40058),
    (
        "MomentSenderList/user_list",
        "maxItems",
        100_000,
        "add_moment_task.visible_range.sender_list.user_list.max-items",
        40058,
    ),
)

OF_FILES: tuple[Limit, ...] = (
    ("UploadedMedia/filename", "x-max-bytes", 255, "media.filename.max-bytes", 40058),
    ("UploadedMedia/content_type", "x-max-bytes", 127, "media.content_type.max-bytes", 40058),
    ("MediaUploadRequest:0/media/filelength", "minimum", 6, "media_upload.min-bytes", 40006),
    *(
        (
            f"MediaUploadRequest:{part}:then/media/filelength",
            "maximum",
            megabytes * MEGABYTE,
            f"media_upload.{kind}.max-bytes",
            45001,
        )
        for part, kind, megabytes in ((1, "image", 10), (2, "voice", 2), (3, "video", 10), (4, "file", 20))
    ),
    ("MediaUploadimgRequest:0/media/filelength", "minimum", 5, "media_uploadimg.min-bytes", 40006),
    ("MediaUploadimgRequest:0/media/filelength", "maximum", 2 * MEGABYTE, "media_uploadimg.max-bytes", 45001),
)

OF_LISTS: tuple[Limit, ...] = (
    *(
        (f"{schema}Request/limit", keyword, limit, f"{operation}.limit.{word}", 40058)
        for schema, operation, most in (
            ("GetGroupmsgTask", "get_groupmsg_task", 1_000),
            ("GetGroupmsgSendResult", "get_groupmsg_send_result", 1_000),
            ("BatchGetByUser", "batch_get_by_user", 100),
            ("GroupchatList", "groupchat_list", 1_000),
            ("GetMomentList", "get_moment_list", 20),
            ("GetMomentTask", "get_moment_task", 1_000),
            ("GetMomentSendResult", "get_moment_send_result", 5_000),
        )
        for keyword, limit, word in (("minimum", 1, "min"), ("maximum", most, "max"))
    ),
    # Over 100 the vendor takes its default: a warning, and no rule.
    ("GetGroupmsgListV2Request/limit", "minimum", 1, "get_groupmsg_list_v2.limit.min", 40058),
    ("BatchGetByUserRequest/userid_list", "minItems", 1, "batch_get_by_user.userid_list.min-items", 40058),
    ("BatchGetByUserRequest/userid_list", "maxItems", 100, "batch_get_by_user.userid_list.max-items", 40058),
    (
        "GroupchatOwnerFilter/userid_list",
        "maxItems",
        100,
        "groupchat_list.owner_filter.userid_list.max-items",
        40058,
    ),
)

LIMITS: tuple[Limit, ...] = (*OF_MESSAGES, *OF_MOMENTS, *OF_FILES, *OF_LISTS)
"""(place, keyword, limit, rule, errcode) of what stands in a body.

A place is a schema, ``:`` a member of its allOf, ``/`` a property."""

JOBID = ("get_moment_task_result.jobid.max-bytes", 64)
"""The one limit of a query parameter."""

SPANS = {
    "GetGroupmsgListV2Request": (31 * DAY, "get_groupmsg_list_v2.span", 600018),
    "GetMomentListRequest": (30 * DAY, "get_moment_list.span", 600018),
}
"""How far end_time may be after start_time, in seconds: the longest month there is, and thirty days."""

DEFAULTS = {
    "AddMsgTemplateRequest/chat_type": "single",
    "AddMsgTemplateRequest/allow_select": False,
    "GetGroupmsgTaskRequest/limit": 500,
    "GetGroupmsgSendResultRequest/limit": 500,
    "GetGroupmsgListV2Request/chat_type": "single",
    "GetGroupmsgListV2Request/filter_type": 2,
    "GetGroupmsgListV2Request/limit": 50,
    "BatchGetByUserRequest/limit": 50,
    "GroupchatListRequest/status_filter": 0,
    "GroupWelcomeTemplateAddRequest/notify": 1,
    "GetMomentListRequest/filter_type": 2,
    "GetMomentListRequest/limit": 20,
    "GetMomentTaskRequest/limit": 500,
    "GetMomentSendResultRequest/limit": 3_000,
}

IMAGES = ["image/jpeg", "image/jpg", "image/png", "application/octet-stream"]

ENUMS = {
    "AddMsgTemplateRequest/chat_type": ["single", "group"],
    "GetGroupmsgListV2Request/chat_type": ["single", "group"],
    "GetGroupmsgListV2Request/filter_type": [0, 1, 2],
    "GroupchatListRequest/status_filter": [0, 1, 2, 3],
    "GroupWelcomeTemplateAddRequest/notify": [0, 1],
    "GetMomentListRequest/filter_type": [0, 1, 2],
    "MediaUploadRequest:1:then/media/content_type": IMAGES,
    "MediaUploadRequest:2:then/media/content_type": ["audio/amr", "voice/amr", "application/octet-stream"],
    "MediaUploadRequest:3:then/media/content_type": ["video/mp4", "application/octet-stream"],
    "MediaUploadimgRequest:1/media/content_type": IMAGES,
}

SCHEME = "^[A-Za-z][A-Za-z0-9+.-]*:"
IMAGE_NAME = r"\.([jJ][pP][eE]?[gG]|[pP][nN][gG])(?![\s\S])"

PATTERNS = {
    "Link/url": (SCHEME, "link.url.scheme", 45034),
    "MomentLink/url": (SCHEME, "add_moment_task.link.url.scheme", 45034),
    "UploadedMedia/filename": (
        r'^(?![\s\S]*["\\\u0000-\u001f\u007f-\u009f])',
        "media.filename.characters",
        40058,
    ),
    "UploadedMedia/content_type": (
        r"^[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+(?![\s\S])",
        "media.content_type.pattern",
        40058,
    ),
    "MediaUploadRequest:1:then/media/filename": (IMAGE_NAME, "media_upload.image.kind", 40004),
    "MediaUploadRequest:2:then/media/filename": (
        r"\.[aA][mM][rR](?![\s\S])",
        "media_upload.voice.kind",
        40004,
    ),
    "MediaUploadRequest:3:then/media/filename": (r"\.[mM][pP]4(?![\s\S])", "media_upload.video.kind", 40004),
    "MediaUploadimgRequest:1/media/filename": (IMAGE_NAME, "media_uploadimg.kind", 40004),
}

NOT_EMPTY = {
    **dict.fromkeys(
        (
            "add_moment_task.image.media_id.empty",
            "add_moment_task.link.media_id.empty",
            "add_moment_task.text.content.empty",
            "add_moment_task.video.media_id.empty",
            "add_moment_task.visible_range.external_contact_list.tag_list.item.empty",
            "add_moment_task.visible_range.sender_list.user_list.item.empty",
            "batch_get_by_user.userid_list.item.empty",
            "chat_id_list.item.empty",
            "external_userid.item.empty",
            "file.media_id.empty",
            "get_corp_tag_list.group_id.item.empty",
            "get_corp_tag_list.tag_id.item.empty",
            "get_corp_token.auth_corpid.empty",
            "get_corp_token.permanent_code.empty",
            "get_groupmsg_list_v2.creator.empty",
            "get_groupmsg_send_result.userid.empty",
            "get_moment_list.creator.empty",
            "get_moment_send_result.userid.empty",
            "get_suite_token.suite_id.empty",
            "get_suite_token.suite_secret.empty",
            "get_suite_token.suite_ticket.empty",
            "group_welcome_template.text.content.empty",
            "group_welcome_template_del.template_id.empty",
            "group_welcome_template_edit.template_id.empty",
            "group_welcome_template_get.template_id.empty",
            "groupchat_list.owner_filter.userid_list.item.empty",
            "image.media_id.empty",
            "image.pic_url.empty",
            "link.title.empty",
            "link.url.empty",
            "miniprogram.appid.empty",
            "miniprogram.page.empty",
            "miniprogram.pic_media_id.empty",
            "miniprogram.title.empty",
            "sender.empty",
            "tag_filter.group.tag_list.item.empty",
            "text.content.empty",
            "video.media_id.empty",
        ),
        40058,
    ),
    **dict.fromkeys(
        (
            "cancel_groupmsg_send.msgid.empty",
            "get_groupmsg_send_result.msgid.empty",
            "get_groupmsg_task.msgid.empty",
            "remind_groupmsg_send.msgid.empty",
        ),
        41046,
    ),
    **dict.fromkeys(
        (
            "cancel_moment_task.moment_id.empty",
            "get_moment_send_result.moment_id.empty",
            "get_moment_task.moment_id.empty",
        ),
        41059,
    ),
    "media.filename.empty": 41005,
    "send_welcome_msg.welcome_code.empty": 41049,
}
"""Texts of a body that may not be empty. link.desc and link.picurl may: the vendor's own clients send them so."""

MISSING = {
    41046: (
        *("GetGroupmsgTask msgid", "GetGroupmsgSendResult msgid"),
        *("RemindGroupmsgSend msgid", "CancelGroupmsgSend msgid"),
    ),
    41059: ("GetMomentTask moment_id", "GetMomentSendResult moment_id", "CancelMomentTask moment_id"),
    41049: ("SendWelcomeMsg welcome_code",),
    41002: ("GetCorpToken auth_corpid",),
    41021: ("GetSuiteToken suite_id",),
    41023: ("GetSuiteToken suite_ticket",),
    41024: ("GetSuiteToken suite_secret",),
    41025: ("GetCorpToken permanent_code",),
    41005: ("MediaUpload media", "MediaUploadimg media"),
}
"""Codes of what is missing from a question, where the vendor has one of its own."""

WARNINGS = {
    "AddMsgTemplateRequest": {
        "chat_id_list.ignored-for-single": None,
        "external_userid.ignored-for-group": None,
        "tag_filter.ignored-for-group": None,
        "allow_select.ignored-for-group": None,
        "tag_filter.ignored-with-external_userid": None,
        "audience.everyone-single": "to_all",
        "audience.everyone-group": "to_all",
    },
    "Image": {"image.pic_url.ignored-with-media_id": None},
    "GetGroupmsgListV2Request": {"get_groupmsg_list_v2.limit.over-maximum": None},
    "GetCorpTagListRequest": {"get_corp_tag_list.tag_id.ignored-with-group_id": None},
    "AddMomentTaskRequest": {"add_moment_task.audience.everyone": "to_all"},
}
"""By schema, each with the flag that a caller confirms it by."""

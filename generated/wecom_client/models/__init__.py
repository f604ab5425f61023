# Written by `make regenerate`: change the contract or openapi/templates, not this file.
"""All models of requests and answers. Each is imported when it is first asked for."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .add_msg_template_request import AddMsgTemplateRequest
    from .add_msg_template_request_chat_type import AddMsgTemplateRequestChatType
    from .add_msg_template_response import AddMsgTemplateResponse
    from .cancel_groupmsg_send_request import CancelGroupmsgSendRequest
    from .cancel_groupmsg_send_response import CancelGroupmsgSendResponse
    from .file import File
    from .file_attachment import FileAttachment
    from .get_groupmsg_send_result_request import GetGroupmsgSendResultRequest
    from .get_groupmsg_send_result_response import GetGroupmsgSendResultResponse
    from .get_groupmsg_task_request import GetGroupmsgTaskRequest
    from .get_groupmsg_task_response import GetGroupmsgTaskResponse
    from .gettoken_response import GettokenResponse
    from .group_welcome_template_add_request import GroupWelcomeTemplateAddRequest
    from .group_welcome_template_add_request_notify import GroupWelcomeTemplateAddRequestNotify
    from .group_welcome_template_add_response import GroupWelcomeTemplateAddResponse
    from .group_welcome_template_del_request import GroupWelcomeTemplateDelRequest
    from .group_welcome_template_del_response import GroupWelcomeTemplateDelResponse
    from .group_welcome_template_edit_request import GroupWelcomeTemplateEditRequest
    from .group_welcome_template_edit_response import GroupWelcomeTemplateEditResponse
    from .group_welcome_template_get_request import GroupWelcomeTemplateGetRequest
    from .group_welcome_template_get_response import GroupWelcomeTemplateGetResponse
    from .group_welcome_text import GroupWelcomeText
    from .groupmsg_send_result import GroupmsgSendResult
    from .groupmsg_task import GroupmsgTask
    from .image import Image
    from .image_attachment import ImageAttachment
    from .link import Link
    from .link_attachment import LinkAttachment
    from .miniprogram import Miniprogram
    from .miniprogram_attachment import MiniprogramAttachment
    from .remind_groupmsg_send_request import RemindGroupmsgSendRequest
    from .remind_groupmsg_send_response import RemindGroupmsgSendResponse
    from .send_welcome_msg_request import SendWelcomeMsgRequest
    from .send_welcome_msg_response import SendWelcomeMsgResponse
    from .stored_welcome_file import StoredWelcomeFile
    from .stored_welcome_image import StoredWelcomeImage
    from .stored_welcome_link import StoredWelcomeLink
    from .stored_welcome_miniprogram import StoredWelcomeMiniprogram
    from .stored_welcome_text import StoredWelcomeText
    from .stored_welcome_video import StoredWelcomeVideo
    from .tag_filter import TagFilter
    from .tag_group import TagGroup
    from .text import Text
    from .unknown_variant import UnknownVariant
    from .video import Video
    from .video_attachment import VideoAttachment

__all__ = (
    "AddMsgTemplateRequest",
    "AddMsgTemplateRequestChatType",
    "AddMsgTemplateResponse",
    "CancelGroupmsgSendRequest",
    "CancelGroupmsgSendResponse",
    "File",
    "FileAttachment",
    "GetGroupmsgSendResultRequest",
    "GetGroupmsgSendResultResponse",
    "GetGroupmsgTaskRequest",
    "GetGroupmsgTaskResponse",
    "GettokenResponse",
    "GroupmsgSendResult",
    "GroupmsgTask",
    "GroupWelcomeTemplateAddRequest",
    "GroupWelcomeTemplateAddRequestNotify",
    "GroupWelcomeTemplateAddResponse",
    "GroupWelcomeTemplateDelRequest",
    "GroupWelcomeTemplateDelResponse",
    "GroupWelcomeTemplateEditRequest",
    "GroupWelcomeTemplateEditResponse",
    "GroupWelcomeTemplateGetRequest",
    "GroupWelcomeTemplateGetResponse",
    "GroupWelcomeText",
    "Image",
    "ImageAttachment",
    "Link",
    "LinkAttachment",
    "Miniprogram",
    "MiniprogramAttachment",
    "RemindGroupmsgSendRequest",
    "RemindGroupmsgSendResponse",
    "SendWelcomeMsgRequest",
    "SendWelcomeMsgResponse",
    "StoredWelcomeFile",
    "StoredWelcomeImage",
    "StoredWelcomeLink",
    "StoredWelcomeMiniprogram",
    "StoredWelcomeText",
    "StoredWelcomeVideo",
    "TagFilter",
    "TagGroup",
    "Text",
    "UnknownVariant",
    "Video",
    "VideoAttachment",
)

_MODULES = {
    "AddMsgTemplateRequest": ".add_msg_template_request",
    "AddMsgTemplateRequestChatType": ".add_msg_template_request_chat_type",
    "AddMsgTemplateResponse": ".add_msg_template_response",
    "CancelGroupmsgSendRequest": ".cancel_groupmsg_send_request",
    "CancelGroupmsgSendResponse": ".cancel_groupmsg_send_response",
    "File": ".file",
    "FileAttachment": ".file_attachment",
    "GetGroupmsgSendResultRequest": ".get_groupmsg_send_result_request",
    "GetGroupmsgSendResultResponse": ".get_groupmsg_send_result_response",
    "GetGroupmsgTaskRequest": ".get_groupmsg_task_request",
    "GetGroupmsgTaskResponse": ".get_groupmsg_task_response",
    "GettokenResponse": ".gettoken_response",
    "GroupWelcomeTemplateAddRequest": ".group_welcome_template_add_request",
    "GroupWelcomeTemplateAddRequestNotify": ".group_welcome_template_add_request_notify",
    "GroupWelcomeTemplateAddResponse": ".group_welcome_template_add_response",
    "GroupWelcomeTemplateDelRequest": ".group_welcome_template_del_request",
    "GroupWelcomeTemplateDelResponse": ".group_welcome_template_del_response",
    "GroupWelcomeTemplateEditRequest": ".group_welcome_template_edit_request",
    "GroupWelcomeTemplateEditResponse": ".group_welcome_template_edit_response",
    "GroupWelcomeTemplateGetRequest": ".group_welcome_template_get_request",
    "GroupWelcomeTemplateGetResponse": ".group_welcome_template_get_response",
    "GroupWelcomeText": ".group_welcome_text",
    "GroupmsgSendResult": ".groupmsg_send_result",
    "GroupmsgTask": ".groupmsg_task",
    "Image": ".image",
    "ImageAttachment": ".image_attachment",
    "Link": ".link",
    "LinkAttachment": ".link_attachment",
    "Miniprogram": ".miniprogram",
    "MiniprogramAttachment": ".miniprogram_attachment",
    "RemindGroupmsgSendRequest": ".remind_groupmsg_send_request",
    "RemindGroupmsgSendResponse": ".remind_groupmsg_send_response",
    "SendWelcomeMsgRequest": ".send_welcome_msg_request",
    "SendWelcomeMsgResponse": ".send_welcome_msg_response",
    "StoredWelcomeFile": ".stored_welcome_file",
    "StoredWelcomeImage": ".stored_welcome_image",
    "StoredWelcomeLink": ".stored_welcome_link",
    "StoredWelcomeMiniprogram": ".stored_welcome_miniprogram",
    "StoredWelcomeText": ".stored_welcome_text",
    "StoredWelcomeVideo": ".stored_welcome_video",
    "TagFilter": ".tag_filter",
    "TagGroup": ".tag_group",
    "Text": ".text",
    "UnknownVariant": ".unknown_variant",
    "Video": ".video",
    "VideoAttachment": ".video_attachment",
}


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(_MODULES[name], __name__), name)
    return value


def __dir__() -> list[str]:
    return sorted(__all__)

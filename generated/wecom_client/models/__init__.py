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
    from .groupmsg_send_result import GroupmsgSendResult
    from .groupmsg_task import GroupmsgTask
    from .image import Image
    from .image_attachment import ImageAttachment
    from .link import Link
    from .link_attachment import LinkAttachment
    from .media_upload_request import MediaUploadRequest
    from .media_upload_response import MediaUploadResponse
    from .media_upload_type import MediaUploadType
    from .media_uploadimg_request import MediaUploadimgRequest
    from .media_uploadimg_response import MediaUploadimgResponse
    from .miniprogram import Miniprogram
    from .miniprogram_attachment import MiniprogramAttachment
    from .remind_groupmsg_send_request import RemindGroupmsgSendRequest
    from .remind_groupmsg_send_response import RemindGroupmsgSendResponse
    from .tag_filter import TagFilter
    from .tag_group import TagGroup
    from .text import Text
    from .unknown_variant import UnknownVariant
    from .uploaded_media import UploadedMedia
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
    "Image",
    "ImageAttachment",
    "Link",
    "LinkAttachment",
    "MediaUploadimgRequest",
    "MediaUploadimgResponse",
    "MediaUploadRequest",
    "MediaUploadResponse",
    "MediaUploadType",
    "Miniprogram",
    "MiniprogramAttachment",
    "RemindGroupmsgSendRequest",
    "RemindGroupmsgSendResponse",
    "TagFilter",
    "TagGroup",
    "Text",
    "UnknownVariant",
    "UploadedMedia",
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
    "GroupmsgSendResult": ".groupmsg_send_result",
    "GroupmsgTask": ".groupmsg_task",
    "Image": ".image",
    "ImageAttachment": ".image_attachment",
    "Link": ".link",
    "LinkAttachment": ".link_attachment",
    "MediaUploadRequest": ".media_upload_request",
    "MediaUploadResponse": ".media_upload_response",
    "MediaUploadType": ".media_upload_type",
    "MediaUploadimgRequest": ".media_uploadimg_request",
    "MediaUploadimgResponse": ".media_uploadimg_response",
    "Miniprogram": ".miniprogram",
    "MiniprogramAttachment": ".miniprogram_attachment",
    "RemindGroupmsgSendRequest": ".remind_groupmsg_send_request",
    "RemindGroupmsgSendResponse": ".remind_groupmsg_send_response",
    "TagFilter": ".tag_filter",
    "TagGroup": ".tag_group",
    "Text": ".text",
    "UnknownVariant": ".unknown_variant",
    "UploadedMedia": ".uploaded_media",
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

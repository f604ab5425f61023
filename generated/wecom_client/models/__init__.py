# Written by `make regenerate`: change the contract or openapi/templates, not this file.
"""All models of requests and answers. Each is imported when it is first asked for."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .add_moment_task_request import AddMomentTaskRequest
    from .add_moment_task_response import AddMomentTaskResponse
    from .add_msg_template_request import AddMsgTemplateRequest
    from .add_msg_template_request_chat_type import AddMsgTemplateRequestChatType
    from .add_msg_template_response import AddMsgTemplateResponse
    from .cancel_groupmsg_send_request import CancelGroupmsgSendRequest
    from .cancel_groupmsg_send_response import CancelGroupmsgSendResponse
    from .cancel_moment_task_request import CancelMomentTaskRequest
    from .cancel_moment_task_response import CancelMomentTaskResponse
    from .file import File
    from .file_attachment import FileAttachment
    from .get_groupmsg_send_result_request import GetGroupmsgSendResultRequest
    from .get_groupmsg_send_result_response import GetGroupmsgSendResultResponse
    from .get_groupmsg_task_request import GetGroupmsgTaskRequest
    from .get_groupmsg_task_response import GetGroupmsgTaskResponse
    from .get_moment_list_request import GetMomentListRequest
    from .get_moment_list_request_filter_type import GetMomentListRequestFilterType
    from .get_moment_list_response import GetMomentListResponse
    from .get_moment_send_result_request import GetMomentSendResultRequest
    from .get_moment_send_result_response import GetMomentSendResultResponse
    from .get_moment_task_request import GetMomentTaskRequest
    from .get_moment_task_response import GetMomentTaskResponse
    from .get_moment_task_result_response import GetMomentTaskResultResponse
    from .gettoken_response import GettokenResponse
    from .groupmsg_send_result import GroupmsgSendResult
    from .groupmsg_task import GroupmsgTask
    from .image import Image
    from .image_attachment import ImageAttachment
    from .link import Link
    from .link_attachment import LinkAttachment
    from .miniprogram import Miniprogram
    from .miniprogram_attachment import MiniprogramAttachment
    from .moment import Moment
    from .moment_customer import MomentCustomer
    from .moment_external_contact_list import MomentExternalContactList
    from .moment_image import MomentImage
    from .moment_image_attachment import MomentImageAttachment
    from .moment_invalid_external_contact_list import MomentInvalidExternalContactList
    from .moment_invalid_sender_list import MomentInvalidSenderList
    from .moment_link import MomentLink
    from .moment_link_attachment import MomentLinkAttachment
    from .moment_sender_list import MomentSenderList
    from .moment_task import MomentTask
    from .moment_task_result import MomentTaskResult
    from .moment_text import MomentText
    from .moment_video import MomentVideo
    from .moment_video_attachment import MomentVideoAttachment
    from .moment_visible_range import MomentVisibleRange
    from .published_image import PublishedImage
    from .published_link import PublishedLink
    from .published_location import PublishedLocation
    from .published_text import PublishedText
    from .published_video import PublishedVideo
    from .remind_groupmsg_send_request import RemindGroupmsgSendRequest
    from .remind_groupmsg_send_response import RemindGroupmsgSendResponse
    from .tag_filter import TagFilter
    from .tag_group import TagGroup
    from .text import Text
    from .unknown_variant import UnknownVariant
    from .video import Video
    from .video_attachment import VideoAttachment

__all__ = (
    "AddMomentTaskRequest",
    "AddMomentTaskResponse",
    "AddMsgTemplateRequest",
    "AddMsgTemplateRequestChatType",
    "AddMsgTemplateResponse",
    "CancelGroupmsgSendRequest",
    "CancelGroupmsgSendResponse",
    "CancelMomentTaskRequest",
    "CancelMomentTaskResponse",
    "File",
    "FileAttachment",
    "GetGroupmsgSendResultRequest",
    "GetGroupmsgSendResultResponse",
    "GetGroupmsgTaskRequest",
    "GetGroupmsgTaskResponse",
    "GetMomentListRequest",
    "GetMomentListRequestFilterType",
    "GetMomentListResponse",
    "GetMomentSendResultRequest",
    "GetMomentSendResultResponse",
    "GetMomentTaskRequest",
    "GetMomentTaskResponse",
    "GetMomentTaskResultResponse",
    "GettokenResponse",
    "GroupmsgSendResult",
    "GroupmsgTask",
    "Image",
    "ImageAttachment",
    "Link",
    "LinkAttachment",
    "Miniprogram",
    "MiniprogramAttachment",
    "Moment",
    "MomentCustomer",
    "MomentExternalContactList",
    "MomentImage",
    "MomentImageAttachment",
    "MomentInvalidExternalContactList",
    "MomentInvalidSenderList",
    "MomentLink",
    "MomentLinkAttachment",
    "MomentSenderList",
    "MomentTask",
    "MomentTaskResult",
    "MomentText",
    "MomentVideo",
    "MomentVideoAttachment",
    "MomentVisibleRange",
    "PublishedImage",
    "PublishedLink",
    "PublishedLocation",
    "PublishedText",
    "PublishedVideo",
    "RemindGroupmsgSendRequest",
    "RemindGroupmsgSendResponse",
    "TagFilter",
    "TagGroup",
    "Text",
    "UnknownVariant",
    "Video",
    "VideoAttachment",
)

_MODULES = {
    "AddMomentTaskRequest": ".add_moment_task_request",
    "AddMomentTaskResponse": ".add_moment_task_response",
    "AddMsgTemplateRequest": ".add_msg_template_request",
    "AddMsgTemplateRequestChatType": ".add_msg_template_request_chat_type",
    "AddMsgTemplateResponse": ".add_msg_template_response",
    "CancelGroupmsgSendRequest": ".cancel_groupmsg_send_request",
    "CancelGroupmsgSendResponse": ".cancel_groupmsg_send_response",
    "CancelMomentTaskRequest": ".cancel_moment_task_request",
    "CancelMomentTaskResponse": ".cancel_moment_task_response",
    "File": ".file",
    "FileAttachment": ".file_attachment",
    "GetGroupmsgSendResultRequest": ".get_groupmsg_send_result_request",
    "GetGroupmsgSendResultResponse": ".get_groupmsg_send_result_response",
    "GetGroupmsgTaskRequest": ".get_groupmsg_task_request",
    "GetGroupmsgTaskResponse": ".get_groupmsg_task_response",
    "GetMomentListRequest": ".get_moment_list_request",
    "GetMomentListRequestFilterType": ".get_moment_list_request_filter_type",
    "GetMomentListResponse": ".get_moment_list_response",
    "GetMomentSendResultRequest": ".get_moment_send_result_request",
    "GetMomentSendResultResponse": ".get_moment_send_result_response",
    "GetMomentTaskRequest": ".get_moment_task_request",
    "GetMomentTaskResponse": ".get_moment_task_response",
    "GetMomentTaskResultResponse": ".get_moment_task_result_response",
    "GettokenResponse": ".gettoken_response",
    "GroupmsgSendResult": ".groupmsg_send_result",
    "GroupmsgTask": ".groupmsg_task",
    "Image": ".image",
    "ImageAttachment": ".image_attachment",
    "Link": ".link",
    "LinkAttachment": ".link_attachment",
    "Miniprogram": ".miniprogram",
    "MiniprogramAttachment": ".miniprogram_attachment",
    "Moment": ".moment",
    "MomentCustomer": ".moment_customer",
    "MomentExternalContactList": ".moment_external_contact_list",
    "MomentImage": ".moment_image",
    "MomentImageAttachment": ".moment_image_attachment",
    "MomentInvalidExternalContactList": ".moment_invalid_external_contact_list",
    "MomentInvalidSenderList": ".moment_invalid_sender_list",
    "MomentLink": ".moment_link",
    "MomentLinkAttachment": ".moment_link_attachment",
    "MomentSenderList": ".moment_sender_list",
    "MomentTask": ".moment_task",
    "MomentTaskResult": ".moment_task_result",
    "MomentText": ".moment_text",
    "MomentVideo": ".moment_video",
    "MomentVideoAttachment": ".moment_video_attachment",
    "MomentVisibleRange": ".moment_visible_range",
    "PublishedImage": ".published_image",
    "PublishedLink": ".published_link",
    "PublishedLocation": ".published_location",
    "PublishedText": ".published_text",
    "PublishedVideo": ".published_video",
    "RemindGroupmsgSendRequest": ".remind_groupmsg_send_request",
    "RemindGroupmsgSendResponse": ".remind_groupmsg_send_response",
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

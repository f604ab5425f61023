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
    from .batch_get_by_user_fail_info import BatchGetByUserFailInfo
    from .batch_get_by_user_request import BatchGetByUserRequest
    from .batch_get_by_user_response import BatchGetByUserResponse
    from .cancel_groupmsg_send_request import CancelGroupmsgSendRequest
    from .cancel_groupmsg_send_response import CancelGroupmsgSendResponse
    from .cancel_moment_task_request import CancelMomentTaskRequest
    from .cancel_moment_task_response import CancelMomentTaskResponse
    from .corp_tag import CorpTag
    from .corp_tag_group import CorpTagGroup
    from .external_contact import ExternalContact
    from .externalcontact_list_response import ExternalcontactListResponse
    from .file import File
    from .file_attachment import FileAttachment
    from .follow_info import FollowInfo
    from .followed_contact import FollowedContact
    from .get_corp_tag_list_request import GetCorpTagListRequest
    from .get_corp_tag_list_response import GetCorpTagListResponse
    from .get_corp_token_request import GetCorpTokenRequest
    from .get_corp_token_response import GetCorpTokenResponse
    from .get_groupmsg_list_v2_request import GetGroupmsgListV2Request
    from .get_groupmsg_list_v2_request_chat_type import GetGroupmsgListV2RequestChatType
    from .get_groupmsg_list_v2_request_filter_type import GetGroupmsgListV2RequestFilterType
    from .get_groupmsg_list_v2_response import GetGroupmsgListV2Response
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
    from .get_suite_token_request import GetSuiteTokenRequest
    from .get_suite_token_response import GetSuiteTokenResponse
    from .gettoken_response import GettokenResponse
    from .group_chat_row import GroupChatRow
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
    from .groupchat_list_request import GroupchatListRequest
    from .groupchat_list_request_status_filter import GroupchatListRequestStatusFilter
    from .groupchat_list_response import GroupchatListResponse
    from .groupchat_owner_filter import GroupchatOwnerFilter
    from .groupmsg_record import GroupmsgRecord
    from .groupmsg_send_result import GroupmsgSendResult
    from .groupmsg_task import GroupmsgTask
    from .image import Image
    from .image_attachment import ImageAttachment
    from .link import Link
    from .link_attachment import LinkAttachment
    from .listed_file_attachment import ListedFileAttachment
    from .listed_image import ListedImage
    from .listed_image_attachment import ListedImageAttachment
    from .listed_link import ListedLink
    from .listed_link_attachment import ListedLinkAttachment
    from .listed_media import ListedMedia
    from .listed_miniprogram import ListedMiniprogram
    from .listed_miniprogram_attachment import ListedMiniprogramAttachment
    from .listed_text import ListedText
    from .listed_video_attachment import ListedVideoAttachment
    from .media_upload_request import MediaUploadRequest
    from .media_upload_response import MediaUploadResponse
    from .media_upload_type import MediaUploadType
    from .media_uploadimg_request import MediaUploadimgRequest
    from .media_uploadimg_response import MediaUploadimgResponse
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
    from .uploaded_media import UploadedMedia
    from .video import Video
    from .video_attachment import VideoAttachment

__all__ = (
    "AddMomentTaskRequest",
    "AddMomentTaskResponse",
    "AddMsgTemplateRequest",
    "AddMsgTemplateRequestChatType",
    "AddMsgTemplateResponse",
    "BatchGetByUserFailInfo",
    "BatchGetByUserRequest",
    "BatchGetByUserResponse",
    "CancelGroupmsgSendRequest",
    "CancelGroupmsgSendResponse",
    "CancelMomentTaskRequest",
    "CancelMomentTaskResponse",
    "CorpTag",
    "CorpTagGroup",
    "ExternalContact",
    "ExternalcontactListResponse",
    "File",
    "FileAttachment",
    "FollowedContact",
    "FollowInfo",
    "GetCorpTagListRequest",
    "GetCorpTagListResponse",
    "GetCorpTokenRequest",
    "GetCorpTokenResponse",
    "GetGroupmsgListV2Request",
    "GetGroupmsgListV2RequestChatType",
    "GetGroupmsgListV2RequestFilterType",
    "GetGroupmsgListV2Response",
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
    "GetSuiteTokenRequest",
    "GetSuiteTokenResponse",
    "GettokenResponse",
    "GroupchatListRequest",
    "GroupchatListRequestStatusFilter",
    "GroupchatListResponse",
    "GroupchatOwnerFilter",
    "GroupChatRow",
    "GroupmsgRecord",
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
    "ListedFileAttachment",
    "ListedImage",
    "ListedImageAttachment",
    "ListedLink",
    "ListedLinkAttachment",
    "ListedMedia",
    "ListedMiniprogram",
    "ListedMiniprogramAttachment",
    "ListedText",
    "ListedVideoAttachment",
    "MediaUploadimgRequest",
    "MediaUploadimgResponse",
    "MediaUploadRequest",
    "MediaUploadResponse",
    "MediaUploadType",
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
    "UploadedMedia",
    "Video",
    "VideoAttachment",
)

_MODULES = {
    "AddMomentTaskRequest": ".add_moment_task_request",
    "AddMomentTaskResponse": ".add_moment_task_response",
    "AddMsgTemplateRequest": ".add_msg_template_request",
    "AddMsgTemplateRequestChatType": ".add_msg_template_request_chat_type",
    "AddMsgTemplateResponse": ".add_msg_template_response",
    "BatchGetByUserFailInfo": ".batch_get_by_user_fail_info",
    "BatchGetByUserRequest": ".batch_get_by_user_request",
    "BatchGetByUserResponse": ".batch_get_by_user_response",
    "CancelGroupmsgSendRequest": ".cancel_groupmsg_send_request",
    "CancelGroupmsgSendResponse": ".cancel_groupmsg_send_response",
    "CancelMomentTaskRequest": ".cancel_moment_task_request",
    "CancelMomentTaskResponse": ".cancel_moment_task_response",
    "CorpTag": ".corp_tag",
    "CorpTagGroup": ".corp_tag_group",
    "ExternalContact": ".external_contact",
    "ExternalcontactListResponse": ".externalcontact_list_response",
    "File": ".file",
    "FileAttachment": ".file_attachment",
    "FollowInfo": ".follow_info",
    "FollowedContact": ".followed_contact",
    "GetCorpTagListRequest": ".get_corp_tag_list_request",
    "GetCorpTagListResponse": ".get_corp_tag_list_response",
    "GetCorpTokenRequest": ".get_corp_token_request",
    "GetCorpTokenResponse": ".get_corp_token_response",
    "GetGroupmsgListV2Request": ".get_groupmsg_list_v2_request",
    "GetGroupmsgListV2RequestChatType": ".get_groupmsg_list_v2_request_chat_type",
    "GetGroupmsgListV2RequestFilterType": ".get_groupmsg_list_v2_request_filter_type",
    "GetGroupmsgListV2Response": ".get_groupmsg_list_v2_response",
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
    "GetSuiteTokenRequest": ".get_suite_token_request",
    "GetSuiteTokenResponse": ".get_suite_token_response",
    "GettokenResponse": ".gettoken_response",
    "GroupChatRow": ".group_chat_row",
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
    "GroupchatListRequest": ".groupchat_list_request",
    "GroupchatListRequestStatusFilter": ".groupchat_list_request_status_filter",
    "GroupchatListResponse": ".groupchat_list_response",
    "GroupchatOwnerFilter": ".groupchat_owner_filter",
    "GroupmsgRecord": ".groupmsg_record",
    "GroupmsgSendResult": ".groupmsg_send_result",
    "GroupmsgTask": ".groupmsg_task",
    "Image": ".image",
    "ImageAttachment": ".image_attachment",
    "Link": ".link",
    "LinkAttachment": ".link_attachment",
    "ListedFileAttachment": ".listed_file_attachment",
    "ListedImage": ".listed_image",
    "ListedImageAttachment": ".listed_image_attachment",
    "ListedLink": ".listed_link",
    "ListedLinkAttachment": ".listed_link_attachment",
    "ListedMedia": ".listed_media",
    "ListedMiniprogram": ".listed_miniprogram",
    "ListedMiniprogramAttachment": ".listed_miniprogram_attachment",
    "ListedText": ".listed_text",
    "ListedVideoAttachment": ".listed_video_attachment",
    "MediaUploadRequest": ".media_upload_request",
    "MediaUploadResponse": ".media_upload_response",
    "MediaUploadType": ".media_upload_type",
    "MediaUploadimgRequest": ".media_uploadimg_request",
    "MediaUploadimgResponse": ".media_uploadimg_response",
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

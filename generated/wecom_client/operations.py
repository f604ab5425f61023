# Written by `make regenerate`: change the contract or openapi/templates, not this file.
"""The table of all operations, and a method for each: blocking in ``SyncOperations``, async in ``AsyncOperations``.

The methods only put a call together. How it is checked and sent is up to ``_call`` of the class that inherits them, how
pages follow each other up to its ``_rows``.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Literal, overload

from . import wire
from .types import UNSET, Unset
from .wire import CallOptions, Operation, Pagination, ResponseT, Window, request_body

if TYPE_CHECKING:
    import httpx

    from .models.add_moment_task_request import AddMomentTaskRequest
    from .models.add_moment_task_response import AddMomentTaskResponse
    from .models.add_msg_template_request import AddMsgTemplateRequest
    from .models.add_msg_template_response import AddMsgTemplateResponse
    from .models.batch_get_by_user_request import BatchGetByUserRequest
    from .models.batch_get_by_user_response import BatchGetByUserResponse
    from .models.cancel_groupmsg_send_request import CancelGroupmsgSendRequest
    from .models.cancel_groupmsg_send_response import CancelGroupmsgSendResponse
    from .models.cancel_moment_task_request import CancelMomentTaskRequest
    from .models.cancel_moment_task_response import CancelMomentTaskResponse
    from .models.externalcontact_list_response import ExternalcontactListResponse
    from .models.file import File
    from .models.file_attachment import FileAttachment
    from .models.followed_contact import FollowedContact
    from .models.get_corp_tag_list_request import GetCorpTagListRequest
    from .models.get_corp_tag_list_response import GetCorpTagListResponse
    from .models.get_corp_token_request import GetCorpTokenRequest
    from .models.get_corp_token_response import GetCorpTokenResponse
    from .models.get_groupmsg_list_v2_request import GetGroupmsgListV2Request
    from .models.get_groupmsg_list_v2_response import GetGroupmsgListV2Response
    from .models.get_groupmsg_send_result_request import GetGroupmsgSendResultRequest
    from .models.get_groupmsg_send_result_response import GetGroupmsgSendResultResponse
    from .models.get_groupmsg_task_request import GetGroupmsgTaskRequest
    from .models.get_groupmsg_task_response import GetGroupmsgTaskResponse
    from .models.get_moment_list_request import GetMomentListRequest
    from .models.get_moment_list_response import GetMomentListResponse
    from .models.get_moment_send_result_request import GetMomentSendResultRequest
    from .models.get_moment_send_result_response import GetMomentSendResultResponse
    from .models.get_moment_task_request import GetMomentTaskRequest
    from .models.get_moment_task_response import GetMomentTaskResponse
    from .models.get_moment_task_result_response import GetMomentTaskResultResponse
    from .models.get_suite_token_request import GetSuiteTokenRequest
    from .models.get_suite_token_response import GetSuiteTokenResponse
    from .models.gettoken_response import GettokenResponse
    from .models.group_chat_row import GroupChatRow
    from .models.group_welcome_template_add_request import GroupWelcomeTemplateAddRequest
    from .models.group_welcome_template_add_response import GroupWelcomeTemplateAddResponse
    from .models.group_welcome_template_del_request import GroupWelcomeTemplateDelRequest
    from .models.group_welcome_template_del_response import GroupWelcomeTemplateDelResponse
    from .models.group_welcome_template_edit_request import GroupWelcomeTemplateEditRequest
    from .models.group_welcome_template_edit_response import GroupWelcomeTemplateEditResponse
    from .models.group_welcome_template_get_request import GroupWelcomeTemplateGetRequest
    from .models.group_welcome_template_get_response import GroupWelcomeTemplateGetResponse
    from .models.group_welcome_text import GroupWelcomeText
    from .models.groupchat_list_request import GroupchatListRequest
    from .models.groupchat_list_response import GroupchatListResponse
    from .models.groupchat_owner_filter import GroupchatOwnerFilter
    from .models.groupmsg_record import GroupmsgRecord
    from .models.groupmsg_send_result import GroupmsgSendResult
    from .models.groupmsg_task import GroupmsgTask
    from .models.image import Image
    from .models.image_attachment import ImageAttachment
    from .models.link import Link
    from .models.link_attachment import LinkAttachment
    from .models.media_upload_response import MediaUploadResponse
    from .models.media_uploadimg_response import MediaUploadimgResponse
    from .models.miniprogram import Miniprogram
    from .models.miniprogram_attachment import MiniprogramAttachment
    from .models.moment import Moment
    from .models.moment_customer import MomentCustomer
    from .models.moment_image import MomentImage
    from .models.moment_image_attachment import MomentImageAttachment
    from .models.moment_link import MomentLink
    from .models.moment_link_attachment import MomentLinkAttachment
    from .models.moment_task import MomentTask
    from .models.moment_text import MomentText
    from .models.moment_video import MomentVideo
    from .models.moment_video_attachment import MomentVideoAttachment
    from .models.moment_visible_range import MomentVisibleRange
    from .models.remind_groupmsg_send_request import RemindGroupmsgSendRequest
    from .models.remind_groupmsg_send_response import RemindGroupmsgSendResponse
    from .models.send_welcome_msg_request import SendWelcomeMsgRequest
    from .models.send_welcome_msg_response import SendWelcomeMsgResponse
    from .models.tag_filter import TagFilter
    from .models.text import Text
    from .models.unknown_variant import UnknownVariant
    from .models.video import Video
    from .models.video_attachment import VideoAttachment

ADD_MSG_TEMPLATE: Final[Operation[AddMsgTemplateResponse]] = Operation(
    id="add_msg_template",
    method="POST",
    path="/cgi-bin/externalcontact/add_msg_template",
    effect="write",
    auth="access_token",
    has_body=True,
    query=(),
    parts=(),
    confirms=("to_all",),
    page="https://developer.work.weixin.qq.com/document/path/92135",
    summary="Create a mass message task",
    request="AddMsgTemplateRequest",
    response="AddMsgTemplateResponse",
    takes_key=True,
)
GET_GROUPMSG_TASK: Final[Operation[GetGroupmsgTaskResponse]] = Operation(
    id="get_groupmsg_task",
    method="POST",
    path="/cgi-bin/externalcontact/get_groupmsg_task",
    effect="read",
    auth="access_token",
    has_body=True,
    query=(),
    parts=(),
    confirms=(),
    pagination=Pagination(
        cursor="cursor",
        limit="limit",
        next="next_cursor",
        rows="task_list",
    ),
    page="https://developer.work.weixin.qq.com/document/path/93338",
    summary="List the members of a task",
    request="GetGroupmsgTaskRequest",
    response="GetGroupmsgTaskResponse",
)
GET_GROUPMSG_SEND_RESULT: Final[Operation[GetGroupmsgSendResultResponse]] = Operation(
    id="get_groupmsg_send_result",
    method="POST",
    path="/cgi-bin/externalcontact/get_groupmsg_send_result",
    effect="read",
    auth="access_token",
    has_body=True,
    query=(),
    parts=(),
    confirms=(),
    pagination=Pagination(
        cursor="cursor",
        limit="limit",
        next="next_cursor",
        rows="send_list",
    ),
    page="https://developer.work.weixin.qq.com/document/path/93338",
    summary="List what became of each recipient",
    request="GetGroupmsgSendResultRequest",
    response="GetGroupmsgSendResultResponse",
)
REMIND_GROUPMSG_SEND: Final[Operation[RemindGroupmsgSendResponse]] = Operation(
    id="remind_groupmsg_send",
    method="POST",
    path="/cgi-bin/externalcontact/remind_groupmsg_send",
    effect="write",
    auth="access_token",
    has_body=True,
    query=(),
    parts=(),
    confirms=(),
    page="https://developer.work.weixin.qq.com/document/path/97610",
    summary="Ask the members again",
    request="RemindGroupmsgSendRequest",
    response="RemindGroupmsgSendResponse",
    takes_key=True,
)
CANCEL_GROUPMSG_SEND: Final[Operation[CancelGroupmsgSendResponse]] = Operation(
    id="cancel_groupmsg_send",
    method="POST",
    path="/cgi-bin/externalcontact/cancel_groupmsg_send",
    effect="write",
    auth="access_token",
    has_body=True,
    query=(),
    parts=(),
    confirms=(),
    page="https://developer.work.weixin.qq.com/document/path/97611",
    summary="Stop what is not sent yet",
    request="CancelGroupmsgSendRequest",
    response="CancelGroupmsgSendResponse",
)
GET_GROUPMSG_LIST_V2: Final[Operation[GetGroupmsgListV2Response]] = Operation(
    id="get_groupmsg_list_v2",
    method="POST",
    path="/cgi-bin/externalcontact/get_groupmsg_list_v2",
    effect="read",
    auth="access_token",
    has_body=True,
    query=(),
    parts=(),
    confirms=(),
    pagination=Pagination(
        cursor="cursor",
        limit="limit",
        next="next_cursor",
        rows="group_msg_list",
        window=Window(
            start="start_time",
            end="end_time",
            seconds=2419200,
            key="msgid",
        ),
    ),
    page="https://developer.work.weixin.qq.com/document/path/93338",
    summary="List the tasks of a period",
    request="GetGroupmsgListV2Request",
    response="GetGroupmsgListV2Response",
)
GETTOKEN: Final[Operation[GettokenResponse]] = Operation(
    id="gettoken",
    method="GET",
    path="/cgi-bin/gettoken",
    effect="read",
    auth=None,
    has_body=False,
    query=(
        "corpid",
        "corpsecret",
    ),
    parts=(),
    confirms=(),
    page="https://developer.work.weixin.qq.com/document/path/91039",
    summary="Get an access token",
    request="",
    response="GettokenResponse",
)
GET_SUITE_TOKEN: Final[Operation[GetSuiteTokenResponse]] = Operation(
    id="get_suite_token",
    method="POST",
    path="/cgi-bin/service/get_suite_token",
    effect="read",
    auth=None,
    has_body=True,
    query=(),
    parts=(),
    confirms=(),
    page="https://developer.work.weixin.qq.com/document/path/90600",
    summary="Get the token of a suite",
    request="GetSuiteTokenRequest",
    response="GetSuiteTokenResponse",
    bare_success=True,
)
GET_CORP_TOKEN: Final[Operation[GetCorpTokenResponse]] = Operation(
    id="get_corp_token",
    method="POST",
    path="/cgi-bin/service/get_corp_token",
    effect="read",
    auth="suite_access_token",
    has_body=True,
    query=(),
    parts=(),
    confirms=(),
    page="https://developer.work.weixin.qq.com/document/path/90605",
    summary="Get the token of a corp that has authorised the suite",
    request="GetCorpTokenRequest",
    response="GetCorpTokenResponse",
    bare_success=True,
)
EXTERNALCONTACT_LIST: Final[Operation[ExternalcontactListResponse]] = Operation(
    id="externalcontact_list",
    method="GET",
    path="/cgi-bin/externalcontact/list",
    effect="read",
    auth="access_token",
    has_body=False,
    query=("userid",),
    parts=(),
    confirms=(),
    page="https://developer.work.weixin.qq.com/document/path/92113",
    summary="List the customers of a member",
    request="",
    response="ExternalcontactListResponse",
)
BATCH_GET_BY_USER: Final[Operation[BatchGetByUserResponse]] = Operation(
    id="batch_get_by_user",
    method="POST",
    path="/cgi-bin/externalcontact/batch/get_by_user",
    effect="read",
    auth="access_token",
    has_body=True,
    query=(),
    parts=(),
    confirms=(),
    pagination=Pagination(
        cursor="cursor",
        limit="limit",
        next="next_cursor",
        rows="external_contact_list",
    ),
    page="https://developer.work.weixin.qq.com/document/path/92994",
    summary="List the customers of several members, with names and tags",
    request="BatchGetByUserRequest",
    response="BatchGetByUserResponse",
)
GROUPCHAT_LIST: Final[Operation[GroupchatListResponse]] = Operation(
    id="groupchat_list",
    method="POST",
    path="/cgi-bin/externalcontact/groupchat/list",
    effect="read",
    auth="access_token",
    has_body=True,
    query=(),
    parts=(),
    confirms=(),
    pagination=Pagination(
        cursor="cursor",
        limit="limit",
        next="next_cursor",
        rows="group_chat_list",
    ),
    page="https://developer.work.weixin.qq.com/document/path/92120",
    summary="List the customer groups",
    request="GroupchatListRequest",
    response="GroupchatListResponse",
)
GET_CORP_TAG_LIST: Final[Operation[GetCorpTagListResponse]] = Operation(
    id="get_corp_tag_list",
    method="POST",
    path="/cgi-bin/externalcontact/get_corp_tag_list",
    effect="read",
    auth="access_token",
    has_body=True,
    query=(),
    parts=(),
    confirms=(),
    page="https://developer.work.weixin.qq.com/document/path/92117",
    summary="List the tags of customers",
    request="GetCorpTagListRequest",
    response="GetCorpTagListResponse",
)
SEND_WELCOME_MSG: Final[Operation[SendWelcomeMsgResponse]] = Operation(
    id="send_welcome_msg",
    method="POST",
    path="/cgi-bin/externalcontact/send_welcome_msg",
    effect="write",
    auth="access_token",
    has_body=True,
    query=(),
    parts=(),
    confirms=(),
    page="https://developer.work.weixin.qq.com/document/path/92137",
    summary="Greet a new customer",
    request="SendWelcomeMsgRequest",
    response="SendWelcomeMsgResponse",
    takes_key=True,
)
GROUP_WELCOME_TEMPLATE_ADD: Final[Operation[GroupWelcomeTemplateAddResponse]] = Operation(
    id="group_welcome_template_add",
    method="POST",
    path="/cgi-bin/externalcontact/group_welcome_template/add",
    effect="write",
    auth="access_token",
    has_body=True,
    query=(),
    parts=(),
    confirms=(),
    page="https://developer.work.weixin.qq.com/document/path/92366",
    summary="Add a welcome message for customer groups",
    request="GroupWelcomeTemplateAddRequest",
    response="GroupWelcomeTemplateAddResponse",
    takes_key=True,
)
GROUP_WELCOME_TEMPLATE_EDIT: Final[Operation[GroupWelcomeTemplateEditResponse]] = Operation(
    id="group_welcome_template_edit",
    method="POST",
    path="/cgi-bin/externalcontact/group_welcome_template/edit",
    effect="write",
    auth="access_token",
    has_body=True,
    query=(),
    parts=(),
    confirms=(),
    page="https://developer.work.weixin.qq.com/document/path/92366",
    summary="Edit a welcome message for customer groups",
    request="GroupWelcomeTemplateEditRequest",
    response="GroupWelcomeTemplateEditResponse",
)
GROUP_WELCOME_TEMPLATE_GET: Final[Operation[GroupWelcomeTemplateGetResponse]] = Operation(
    id="group_welcome_template_get",
    method="POST",
    path="/cgi-bin/externalcontact/group_welcome_template/get",
    effect="read",
    auth="access_token",
    has_body=True,
    query=(),
    parts=(),
    confirms=(),
    page="https://developer.work.weixin.qq.com/document/path/92366",
    summary="Read a welcome message for customer groups",
    request="GroupWelcomeTemplateGetRequest",
    response="GroupWelcomeTemplateGetResponse",
)
GROUP_WELCOME_TEMPLATE_DEL: Final[Operation[GroupWelcomeTemplateDelResponse]] = Operation(
    id="group_welcome_template_del",
    method="POST",
    path="/cgi-bin/externalcontact/group_welcome_template/del",
    effect="write",
    auth="access_token",
    has_body=True,
    query=(),
    parts=(),
    confirms=(),
    page="https://developer.work.weixin.qq.com/document/path/92366",
    summary="Delete a welcome message for customer groups",
    request="GroupWelcomeTemplateDelRequest",
    response="GroupWelcomeTemplateDelResponse",
)
ADD_MOMENT_TASK: Final[Operation[AddMomentTaskResponse]] = Operation(
    id="add_moment_task",
    method="POST",
    path="/cgi-bin/externalcontact/add_moment_task",
    effect="write",
    auth="access_token",
    has_body=True,
    query=(),
    parts=(),
    confirms=("to_all",),
    page="https://developer.work.weixin.qq.com/document/path/95094",
    summary="Create a moment for members to publish",
    request="AddMomentTaskRequest",
    response="AddMomentTaskResponse",
    takes_key=True,
)
GET_MOMENT_TASK_RESULT: Final[Operation[GetMomentTaskResultResponse]] = Operation(
    id="get_moment_task_result",
    method="GET",
    path="/cgi-bin/externalcontact/get_moment_task_result",
    effect="read",
    auth="access_token",
    has_body=False,
    query=("jobid",),
    parts=(),
    confirms=(),
    page="https://developer.work.weixin.qq.com/document/path/95094",
    summary="Read what became of a job",
    request="",
    response="GetMomentTaskResultResponse",
)
GET_MOMENT_LIST: Final[Operation[GetMomentListResponse]] = Operation(
    id="get_moment_list",
    method="POST",
    path="/cgi-bin/externalcontact/get_moment_list",
    effect="read",
    auth="access_token",
    has_body=True,
    query=(),
    parts=(),
    confirms=(),
    pagination=Pagination(
        cursor="cursor",
        limit="limit",
        next="next_cursor",
        rows="moment_list",
        window=Window(
            start="start_time",
            end="end_time",
            seconds=2592000,
            key="moment_id",
        ),
    ),
    page="https://developer.work.weixin.qq.com/document/path/93333",
    summary="List the moments of a period",
    request="GetMomentListRequest",
    response="GetMomentListResponse",
)
GET_MOMENT_TASK: Final[Operation[GetMomentTaskResponse]] = Operation(
    id="get_moment_task",
    method="POST",
    path="/cgi-bin/externalcontact/get_moment_task",
    effect="read",
    auth="access_token",
    has_body=True,
    query=(),
    parts=(),
    confirms=(),
    pagination=Pagination(
        cursor="cursor",
        limit="limit",
        next="next_cursor",
        rows="task_list",
    ),
    page="https://developer.work.weixin.qq.com/document/path/93333",
    summary="List the members of a moment",
    request="GetMomentTaskRequest",
    response="GetMomentTaskResponse",
)
GET_MOMENT_SEND_RESULT: Final[Operation[GetMomentSendResultResponse]] = Operation(
    id="get_moment_send_result",
    method="POST",
    path="/cgi-bin/externalcontact/get_moment_send_result",
    effect="read",
    auth="access_token",
    has_body=True,
    query=(),
    parts=(),
    confirms=(),
    pagination=Pagination(
        cursor="cursor",
        limit="limit",
        next="next_cursor",
        rows="customer_list",
    ),
    page="https://developer.work.weixin.qq.com/document/path/93333",
    summary="List the customers who can see a moment",
    request="GetMomentSendResultRequest",
    response="GetMomentSendResultResponse",
)
CANCEL_MOMENT_TASK: Final[Operation[CancelMomentTaskResponse]] = Operation(
    id="cancel_moment_task",
    method="POST",
    path="/cgi-bin/externalcontact/cancel_moment_task",
    effect="write",
    auth="access_token",
    has_body=True,
    query=(),
    parts=(),
    confirms=(),
    page="https://developer.work.weixin.qq.com/document/path/97612",
    summary="Stop what is not published yet",
    request="CancelMomentTaskRequest",
    response="CancelMomentTaskResponse",
)
MEDIA_UPLOAD: Final[Operation[MediaUploadResponse]] = Operation(
    id="media_upload",
    method="POST",
    path="/cgi-bin/media/upload",
    effect="write",
    auth="access_token",
    has_body=False,
    query=("type",),
    parts=("media",),
    confirms=(),
    page="https://developer.work.weixin.qq.com/document/path/90253",
    summary="Upload a temporary file",
    request="",
    response="MediaUploadResponse",
)
MEDIA_UPLOADIMG: Final[Operation[MediaUploadimgResponse]] = Operation(
    id="media_uploadimg",
    method="POST",
    path="/cgi-bin/media/uploadimg",
    effect="write",
    auth="access_token",
    has_body=False,
    query=(),
    parts=("media",),
    confirms=(),
    page="https://developer.work.weixin.qq.com/document/path/90256",
    summary="Upload a permanent image",
    request="",
    response="MediaUploadimgResponse",
)

OPERATIONS: Final[Mapping[str, Operation[Any]]] = {
    ADD_MSG_TEMPLATE.id: ADD_MSG_TEMPLATE,
    GET_GROUPMSG_TASK.id: GET_GROUPMSG_TASK,
    GET_GROUPMSG_SEND_RESULT.id: GET_GROUPMSG_SEND_RESULT,
    REMIND_GROUPMSG_SEND.id: REMIND_GROUPMSG_SEND,
    CANCEL_GROUPMSG_SEND.id: CANCEL_GROUPMSG_SEND,
    GET_GROUPMSG_LIST_V2.id: GET_GROUPMSG_LIST_V2,
    GETTOKEN.id: GETTOKEN,
    GET_SUITE_TOKEN.id: GET_SUITE_TOKEN,
    GET_CORP_TOKEN.id: GET_CORP_TOKEN,
    EXTERNALCONTACT_LIST.id: EXTERNALCONTACT_LIST,
    BATCH_GET_BY_USER.id: BATCH_GET_BY_USER,
    GROUPCHAT_LIST.id: GROUPCHAT_LIST,
    GET_CORP_TAG_LIST.id: GET_CORP_TAG_LIST,
    SEND_WELCOME_MSG.id: SEND_WELCOME_MSG,
    GROUP_WELCOME_TEMPLATE_ADD.id: GROUP_WELCOME_TEMPLATE_ADD,
    GROUP_WELCOME_TEMPLATE_EDIT.id: GROUP_WELCOME_TEMPLATE_EDIT,
    GROUP_WELCOME_TEMPLATE_GET.id: GROUP_WELCOME_TEMPLATE_GET,
    GROUP_WELCOME_TEMPLATE_DEL.id: GROUP_WELCOME_TEMPLATE_DEL,
    ADD_MOMENT_TASK.id: ADD_MOMENT_TASK,
    GET_MOMENT_TASK_RESULT.id: GET_MOMENT_TASK_RESULT,
    GET_MOMENT_LIST.id: GET_MOMENT_LIST,
    GET_MOMENT_TASK.id: GET_MOMENT_TASK,
    GET_MOMENT_SEND_RESULT.id: GET_MOMENT_SEND_RESULT,
    CANCEL_MOMENT_TASK.id: CANCEL_MOMENT_TASK,
    MEDIA_UPLOAD.id: MEDIA_UPLOAD,
    MEDIA_UPLOADIMG.id: MEDIA_UPLOADIMG,
}
"""Every operation by the vendor's own name."""

_ATTACHMENTS_ITEM_PAYLOADS: Final[Mapping[str, tuple[str, str]]] = {
    "Image": ("image", "image"),
    "Link": ("link", "link"),
    "Miniprogram": ("miniprogram", "miniprogram"),
    "Video": ("video", "video"),
    "File": ("file", "file"),
}
_ATTACHMENTS_ITEM_2_PAYLOADS: Final[Mapping[str, tuple[str, str]]] = {
    "MomentImage": ("image", "image"),
    "MomentVideo": ("video", "video"),
    "MomentLink": ("link", "link"),
}


class SyncOperations:
    """A blocking method for every operation."""

    def _call(
        self,
        operation: Operation[ResponseT],
        body: Mapping[str, Any],
        confirmed: frozenset[str],
        options: CallOptions,
    ) -> ResponseT:
        """Check, send and read one call.

        Args:
            operation: Which one.
            body: Plain JSON data: the body, or the query parameters of an operation that has no body.
            confirmed: The flags of ``operation.confirms`` that the caller has set.
            options: What the caller has set beside the fields.
        """
        raise NotImplementedError

    def _rows(self, operation: Operation[Any], fields: dict[str, Any], options: CallOptions) -> Iterator[Any]:
        """Go through all pages of one operation.

        Args:
            operation: Which one; its ``pagination`` says how.
            fields: Plain JSON data: all fields of the request but the cursor.
            options: What the caller has set beside the fields.
        """
        raise NotImplementedError

    @overload
    def add_msg_template(
        self,
        body: AddMsgTemplateRequest | Mapping[str, Any],
        /,
        *,
        to_all: bool = False,
        key: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> AddMsgTemplateResponse: ...

    @overload
    def add_msg_template(
        self,
        /,
        *,
        chat_type: Literal["single", "group"] | Unset = UNSET,
        external_userid: Sequence[str] | Unset = UNSET,
        chat_id_list: Sequence[str] | Unset = UNSET,
        tag_filter: TagFilter | Mapping[str, Any] | Unset = UNSET,
        sender: str | Unset = UNSET,
        allow_select: bool | Unset = UNSET,
        text: Text | Mapping[str, Any] | str | Unset = UNSET,
        attachments: Sequence[
            ImageAttachment
            | LinkAttachment
            | MiniprogramAttachment
            | VideoAttachment
            | FileAttachment
            | Image
            | Link
            | Miniprogram
            | Video
            | File
            | UnknownVariant
            | Mapping[str, Any]
        ]
        | Unset = UNSET,
        to_all: bool = False,
        key: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> AddMsgTemplateResponse: ...

    def add_msg_template(
        self,
        body: AddMsgTemplateRequest | Mapping[str, Any] | Unset = UNSET,
        /,
        *,
        chat_type: Literal["single", "group"] | Unset = UNSET,
        external_userid: Sequence[str] | Unset = UNSET,
        chat_id_list: Sequence[str] | Unset = UNSET,
        tag_filter: TagFilter | Mapping[str, Any] | Unset = UNSET,
        sender: str | Unset = UNSET,
        allow_select: bool | Unset = UNSET,
        text: Text | Mapping[str, Any] | str | Unset = UNSET,
        attachments: Sequence[
            ImageAttachment
            | LinkAttachment
            | MiniprogramAttachment
            | VideoAttachment
            | FileAttachment
            | Image
            | Link
            | Miniprogram
            | Video
            | File
            | UnknownVariant
            | Mapping[str, Any]
        ]
        | Unset = UNSET,
        to_all: bool = False,
        key: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> AddMsgTemplateResponse:
        """Create a mass message task
        创建企业群发

        Creates a task. Nothing is sent until the member confirms it in the WeCom client (2.7.5 or newer);
        only the member who last talked to a customer is asked. The call has no idempotency key: the same
        request sent twice makes two tasks. fail_list names recipients that can't be sent to; the task
        exists all the same.
        创建群发任务。成员在企业微信客户端（2.7.5 及以上）确认后才会发送，且只推送给最后与客户聊天的成员。接口没有幂等键，重复提交会产生两个任务。fail_list 为无法发送的对象，任务依然创建成功。

        Args:
            body: The whole body as a model or a plain mapping, instead of the fields.
            chat_type: To whom it goes. single is for customers, group for customer groups. Left out, it counts as
                single.
                群发任务的类型，single 表示发送给客户，group 表示发送给客户群，默认为 single
            external_userid: Ids of the customers to send to. Only for single; when given, tag_filter is ignored.
                客户的 external_userid 列表，仅在 chat_type 为 single 时有效；填写后忽略 tag_filter
            chat_id_list: Ids of the customer groups to send to. Only for group. The owner then need not choose the groups
                again; without it the task goes to all groups of the sender. Needs a WeCom client of 4.1.10 or
                newer.
                客户群 id 列表，仅在 chat_type 为 group 时有效；填写后群主无需再次选择客户群，不填则任务覆盖 sender 的全部客户群；要求客户端 4.1.10 及以上
            tag_filter: Chooses customers by their tags. Only for single, and only without external_userid.
                要发送的客户标签筛选条件，仅在 chat_type 为 single 且未填 external_userid 时有效
            sender: userid of the member who is to send. Required for group. In single, a sender without
                external_userid and tag_filter means all customers of that member.
                发送企业群发消息的成员 userid；chat_type 为 group 时必填；single 时若只填 sender，相当于选取该成员的全部客户
            allow_select: Whether the member may choose again among the customers before sending. Only for single. Left
                out, it counts as false.
                是否允许成员在待发送客户列表中重新进行选择，默认为 false，仅支持客户群发
            text: The text of the message.
                文本消息
            attachments: What goes with the text, in this order. Each kind may stand more than once.
                附件列表
            to_all: Confirms a call that would otherwise be held back (audience.everyone-single, audience.everyone-group).
            key: Names this call in the client's journal: another one with the same key is not sent, but gets this one's outcome.
                Left out, one is derived from what is sent.
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/92135
        """
        fields: dict[str, Any] = {
            "chat_type": chat_type,
            "external_userid": wire.listed(external_userid),
            "chat_id_list": wire.listed(chat_id_list),
            "tag_filter": wire.plain(tag_filter),
            "sender": sender,
            "allow_select": allow_select,
            "text": wire.one_string(text, "content"),
            "attachments": wire.variants(attachments, "msgtype", _ATTACHMENTS_ITEM_PAYLOADS),
        }
        return self._call(
            ADD_MSG_TEMPLATE,
            request_body(ADD_MSG_TEMPLATE, body, fields),
            wire.flags(
                to_all=to_all,
            ),
            CallOptions(timeout=timeout, key=key),
        )

    @overload
    def get_groupmsg_task(
        self,
        body: GetGroupmsgTaskRequest | Mapping[str, Any],
        /,
        *,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetGroupmsgTaskResponse: ...

    @overload
    def get_groupmsg_task(
        self,
        /,
        *,
        msgid: str,
        limit: int | Unset = UNSET,
        cursor: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetGroupmsgTaskResponse: ...

    def get_groupmsg_task(
        self,
        body: GetGroupmsgTaskRequest | Mapping[str, Any] | Unset = UNSET,
        /,
        *,
        msgid: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        cursor: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetGroupmsgTaskResponse:
        """List the members of a task
        获取群发成员发送任务列表

        Who is asked to send, and who has confirmed. Right after creation it may answer 41063 or 41047; wait
        and ask again.
        获取群发任务涉及的成员及其确认状态。创建后立即查询可能返回 41063 或 41047，请稍后重试。

        Args:
            body: The whole body as a model or a plain mapping, instead of the fields.
            msgid: Id of the task.
                群发消息的 id
            limit: How many rows a page has. The server takes the default where more than the maximum is asked for,
                so more is an error here. Left out, it counts as 500.
                每页返回的最大记录数；超过最大值时服务端取默认值，因此此处视为错误
            cursor: Where to go on: empty at first, then the next_cursor of the page before.
                用于分页查询的游标，由上一次调用返回，首次调用可不填
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/93338
        """
        fields: dict[str, Any] = {
            "msgid": msgid,
            "limit": limit,
            "cursor": cursor,
        }
        return self._call(
            GET_GROUPMSG_TASK,
            request_body(GET_GROUPMSG_TASK, body, fields),
            wire.flags(),
            CallOptions(timeout=timeout),
        )

    def iter_groupmsg_task(
        self,
        *,
        msgid: str,
        limit: int | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> Iterator[GroupmsgTask]:
        """List the members of a task: all pages, row by row.

        A page is asked for when its first row is wanted. A cursor that comes back is an error, so this ends.

        Args:
            msgid: Id of the task.
                群发消息的 id
            limit: How many rows a page has. The server takes the default where more than the maximum is asked for,
                so more is an error here. Left out, it counts as 500.
                每页返回的最大记录数；超过最大值时服务端取默认值，因此此处视为错误
            timeout: Of each call: seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/93338
        """
        fields: dict[str, Any] = {
            "msgid": msgid,
            "limit": limit,
        }
        return self._rows(GET_GROUPMSG_TASK, wire.given(fields), CallOptions(timeout=timeout))

    @overload
    def get_groupmsg_send_result(
        self,
        body: GetGroupmsgSendResultRequest | Mapping[str, Any],
        /,
        *,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetGroupmsgSendResultResponse: ...

    @overload
    def get_groupmsg_send_result(
        self,
        /,
        *,
        msgid: str,
        userid: str,
        limit: int | Unset = UNSET,
        cursor: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetGroupmsgSendResultResponse: ...

    def get_groupmsg_send_result(
        self,
        body: GetGroupmsgSendResultRequest | Mapping[str, Any] | Unset = UNSET,
        /,
        *,
        msgid: str | Unset = UNSET,
        userid: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        cursor: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetGroupmsgSendResultResponse:
        """List what became of each recipient
        获取企业群发成员执行结果

        What became of the recipients of one member.
        获取某个成员的群发执行结果。

        Args:
            body: The whole body as a model or a plain mapping, instead of the fields.
            msgid: Id of the task.
                群发消息的 id
            userid: userid of the member whose recipients are asked for.
                发送成员 userid
            limit: How many rows a page has. The server takes the default where more than the maximum is asked for,
                so more is an error here. Left out, it counts as 500.
                每页返回的最大记录数；超过最大值时服务端取默认值，因此此处视为错误
            cursor: Where to go on: empty at first, then the next_cursor of the page before.
                用于分页查询的游标，由上一次调用返回，首次调用可不填
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/93338
        """
        fields: dict[str, Any] = {
            "msgid": msgid,
            "userid": userid,
            "limit": limit,
            "cursor": cursor,
        }
        return self._call(
            GET_GROUPMSG_SEND_RESULT,
            request_body(GET_GROUPMSG_SEND_RESULT, body, fields),
            wire.flags(),
            CallOptions(timeout=timeout),
        )

    def iter_groupmsg_send_result(
        self,
        *,
        msgid: str,
        userid: str,
        limit: int | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> Iterator[GroupmsgSendResult]:
        """List what became of each recipient: all pages, row by row.

        A page is asked for when its first row is wanted. A cursor that comes back is an error, so this ends.

        Args:
            msgid: Id of the task.
                群发消息的 id
            userid: userid of the member whose recipients are asked for.
                发送成员 userid
            limit: How many rows a page has. The server takes the default where more than the maximum is asked for,
                so more is an error here. Left out, it counts as 500.
                每页返回的最大记录数；超过最大值时服务端取默认值，因此此处视为错误
            timeout: Of each call: seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/93338
        """
        fields: dict[str, Any] = {
            "msgid": msgid,
            "userid": userid,
            "limit": limit,
        }
        return self._rows(GET_GROUPMSG_SEND_RESULT, wire.given(fields), CallOptions(timeout=timeout))

    @overload
    def remind_groupmsg_send(
        self,
        body: RemindGroupmsgSendRequest | Mapping[str, Any],
        /,
        *,
        key: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> RemindGroupmsgSendResponse: ...

    @overload
    def remind_groupmsg_send(
        self,
        /,
        *,
        msgid: str,
        key: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> RemindGroupmsgSendResponse: ...

    def remind_groupmsg_send(
        self,
        body: RemindGroupmsgSendRequest | Mapping[str, Any] | Unset = UNSET,
        /,
        *,
        msgid: str | Unset = UNSET,
        key: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> RemindGroupmsgSendResponse:
        """Ask the members again
        提醒成员群发

        Asks the members who have not confirmed yet again. At most three times in 24 hours for one task.
        提醒未发送的成员，同一群发任务 24 小时内最多三次。

        Args:
            body: The whole body as a model or a plain mapping, instead of the fields.
            msgid: Id of the task.
                群发消息的 id
            key: Names this call in the client's journal: another one with the same key is not sent, but gets this one's outcome.
                Left out, one is derived from what is sent.
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/97610
        """
        fields: dict[str, Any] = {
            "msgid": msgid,
        }
        return self._call(
            REMIND_GROUPMSG_SEND,
            request_body(REMIND_GROUPMSG_SEND, body, fields),
            wire.flags(),
            CallOptions(timeout=timeout, key=key),
        )

    @overload
    def cancel_groupmsg_send(
        self,
        body: CancelGroupmsgSendRequest | Mapping[str, Any],
        /,
        *,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> CancelGroupmsgSendResponse: ...

    @overload
    def cancel_groupmsg_send(
        self,
        /,
        *,
        msgid: str,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> CancelGroupmsgSendResponse: ...

    def cancel_groupmsg_send(
        self,
        body: CancelGroupmsgSendRequest | Mapping[str, Any] | Unset = UNSET,
        /,
        *,
        msgid: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> CancelGroupmsgSendResponse:
        """Stop what is not sent yet
        停止企业群发

        Stops members who have not sent yet. What is sent stays sent. The calls about the task answer 41093
        from then on.
        停止尚未发送的成员，已发送的消息不会撤回。此后查询返回 41093。

        Args:
            body: The whole body as a model or a plain mapping, instead of the fields.
            msgid: Id of the task.
                群发消息的 id
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/97611
        """
        fields: dict[str, Any] = {
            "msgid": msgid,
        }
        return self._call(
            CANCEL_GROUPMSG_SEND,
            request_body(CANCEL_GROUPMSG_SEND, body, fields),
            wire.flags(),
            CallOptions(timeout=timeout),
        )

    @overload
    def get_groupmsg_list_v2(
        self,
        body: GetGroupmsgListV2Request | Mapping[str, Any],
        /,
        *,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetGroupmsgListV2Response: ...

    @overload
    def get_groupmsg_list_v2(
        self,
        /,
        *,
        chat_type: Literal["single", "group"] | Unset = UNSET,
        start_time: int | datetime,
        end_time: int | datetime,
        creator: str | Unset = UNSET,
        filter_type: Literal[0, 1, 2] | Unset = UNSET,
        limit: int | Unset = UNSET,
        cursor: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetGroupmsgListV2Response: ...

    def get_groupmsg_list_v2(
        self,
        body: GetGroupmsgListV2Request | Mapping[str, Any] | Unset = UNSET,
        /,
        *,
        chat_type: Literal["single", "group"] | Unset = UNSET,
        start_time: int | datetime | Unset = UNSET,
        end_time: int | datetime | Unset = UNSET,
        creator: str | Unset = UNSET,
        filter_type: Literal[0, 1, 2] | Unset = UNSET,
        limit: int | Unset = UNSET,
        cursor: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetGroupmsgListV2Response:
        """List the tasks of a period
        获取群发记录列表

        The tasks that were created in a period, page by page. A cancelled one stays in the list, without a
        mark. A task that was created by a call of the API has no creator.
        分页获取一段时间内创建的群发记录。已停止的任务仍在列表中且无标记；通过接口创建的任务不返回 creator。

        Args:
            body: The whole body as a model or a plain mapping, instead of the fields.
            chat_type: single: messages to customers; group: to customer groups. Left out, it counts as single.
                群发任务的类型，single：发送给客户，group：发送给客户群
            start_time: Where the period begins, in seconds since 1970.
                群发任务记录开始时间，Unix 秒
                An aware datetime will do as well.
            end_time: Where the period ends, in seconds since 1970.
                群发任务记录结束时间，Unix 秒
                An aware datetime will do as well.
            creator: userid of the member who created the tasks.
                群发任务创建人企业账号 id
            filter_type: 0 created for the company, 1 by a member for himself, 2 both. Left out, it counts as 2.
                创建人类型：0-企业发表 1-个人发表 2-所有
            limit: How many rows a page has. Left out, it counts as 50.
                返回的最大记录数
            cursor: Where to go on: empty at first, then the next_cursor of the page before.
                用于分页查询的游标，由上一次调用返回，首次调用可不填
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/93338
        """
        fields: dict[str, Any] = {
            "chat_type": chat_type,
            "start_time": wire.unix_time(start_time, "start_time"),
            "end_time": wire.unix_time(end_time, "end_time"),
            "creator": creator,
            "filter_type": filter_type,
            "limit": limit,
            "cursor": cursor,
        }
        return self._call(
            GET_GROUPMSG_LIST_V2,
            request_body(GET_GROUPMSG_LIST_V2, body, fields),
            wire.flags(),
            CallOptions(timeout=timeout),
        )

    def iter_groupmsg_list_v2(
        self,
        *,
        chat_type: Literal["single", "group"] | Unset = UNSET,
        start_time: int | datetime,
        end_time: int | datetime,
        creator: str | Unset = UNSET,
        filter_type: Literal[0, 1, 2] | Unset = UNSET,
        limit: int | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> Iterator[GroupmsgRecord]:
        """List the tasks of a period: all pages, row by row.

        A page is asked for when its first row is wanted. A cursor that comes back is an error, so this ends.
        A period that is longer than one call may ask for is asked for in parts.

        Args:
            chat_type: single: messages to customers; group: to customer groups. Left out, it counts as single.
                群发任务的类型，single：发送给客户，group：发送给客户群
            start_time: Where the period begins, in seconds since 1970.
                群发任务记录开始时间，Unix 秒
                An aware datetime will do as well.
            end_time: Where the period ends, in seconds since 1970.
                群发任务记录结束时间，Unix 秒
                An aware datetime will do as well.
            creator: userid of the member who created the tasks.
                群发任务创建人企业账号 id
            filter_type: 0 created for the company, 1 by a member for himself, 2 both. Left out, it counts as 2.
                创建人类型：0-企业发表 1-个人发表 2-所有
            limit: How many rows a page has. Left out, it counts as 50.
                返回的最大记录数
            timeout: Of each call: seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/93338
        """
        fields: dict[str, Any] = {
            "chat_type": chat_type,
            "start_time": wire.unix_time(start_time, "start_time"),
            "end_time": wire.unix_time(end_time, "end_time"),
            "creator": creator,
            "filter_type": filter_type,
            "limit": limit,
        }
        return self._rows(GET_GROUPMSG_LIST_V2, wire.given(fields), CallOptions(timeout=timeout))

    def gettoken(
        self,
        *,
        corpid: str,
        corpsecret: str,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GettokenResponse:
        """Get an access token
        获取 access_token

        Gives the token of one app. While it is valid the same token comes back, and its time is not
        extended. WeCom may withdraw it early; then ask again. Keep it, and don't ask at every call:
        repeated wrong secrets ban the address for an hour.
        获取某个应用的凭证。有效期内重复获取返回相同结果；企业微信可能提前使其失效，此时应重新获取。请缓存，勿频繁调用。

        Args:
            corpid: Id of the corp.
                企业 ID
            corpsecret: Secret of the app. Keep it out of logs.
                应用的凭证密钥
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/91039
        """
        fields: dict[str, Any] = {
            "corpid": corpid,
            "corpsecret": corpsecret,
        }
        return self._call(
            GETTOKEN,
            wire.given(fields),
            wire.flags(),
            CallOptions(timeout=timeout),
        )

    @overload
    def get_suite_token(
        self,
        body: GetSuiteTokenRequest | Mapping[str, Any],
        /,
        *,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetSuiteTokenResponse: ...

    @overload
    def get_suite_token(
        self,
        /,
        *,
        suite_id: str,
        suite_secret: str,
        suite_ticket: str,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetSuiteTokenResponse: ...

    def get_suite_token(
        self,
        body: GetSuiteTokenRequest | Mapping[str, Any] | Unset = UNSET,
        /,
        *,
        suite_id: str | Unset = UNSET,
        suite_secret: str | Unset = UNSET,
        suite_ticket: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetSuiteTokenResponse:
        """Get the token of a suite
        获取第三方应用凭证

        Gives the token of a third-party app (a suite), with which it asks for the tokens of the corps that
        have authorised it. It takes the suite_ticket that WeCom pushed last to the suite's callback
        address, about every ten minutes; a ticket is good for half an hour, and can't be asked for. A
        success may come without an errcode.
        获取第三方应用（suite）的凭证，用以获取已授权企业的凭证。需使用企业微信最近一次推送的 suite_ticket（约每十分钟推送一次，有效期 30 分钟，无法主动获取）。调用成功时可能不返回
        errcode。

        Args:
            body: The whole body as a model or a plain mapping, instead of the fields.
            suite_id: Id of the suite.
                第三方应用 id（suite_id）
            suite_secret: Secret of the suite. Keep it out of logs.
                第三方应用的 secret
            suite_ticket: The ticket that WeCom pushed last. Keep it out of logs.
                企业微信最近一次推送的 ticket
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/90600
        """
        fields: dict[str, Any] = {
            "suite_id": suite_id,
            "suite_secret": suite_secret,
            "suite_ticket": suite_ticket,
        }
        return self._call(
            GET_SUITE_TOKEN,
            request_body(GET_SUITE_TOKEN, body, fields),
            wire.flags(),
            CallOptions(timeout=timeout),
        )

    @overload
    def get_corp_token(
        self,
        body: GetCorpTokenRequest | Mapping[str, Any],
        /,
        *,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetCorpTokenResponse: ...

    @overload
    def get_corp_token(
        self,
        /,
        *,
        auth_corpid: str,
        permanent_code: str,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetCorpTokenResponse: ...

    def get_corp_token(
        self,
        body: GetCorpTokenRequest | Mapping[str, Any] | Unset = UNSET,
        /,
        *,
        auth_corpid: str | Unset = UNSET,
        permanent_code: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetCorpTokenResponse:
        """Get the token of a corp that has authorised the suite
        获取企业凭证

        Gives the access token of a third-party app within one corp that has authorised it. From there on it
        is used as the token of an app of the corp's own. An app developed on a corp's behalf doesn't come
        here: it calls gettoken with its permanent code as the corpsecret. A success may come without an
        errcode.
        获取第三方应用在某个授权企业内的 access_token，之后与企业自建应用的凭证用法相同。代开发应用不使用本接口，而是以永久授权码作为 corpsecret 调用
        gettoken。调用成功时可能不返回 errcode。

        Args:
            body: The whole body as a model or a plain mapping, instead of the fields.
            auth_corpid: Id of the corp that authorised the suite.
                授权方 corpid
            permanent_code: The permanent code of that authorisation. Keep it out of logs.
                永久授权码
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/90605
        """
        fields: dict[str, Any] = {
            "auth_corpid": auth_corpid,
            "permanent_code": permanent_code,
        }
        return self._call(
            GET_CORP_TOKEN,
            request_body(GET_CORP_TOKEN, body, fields),
            wire.flags(),
            CallOptions(timeout=timeout),
        )

    def externalcontact_list(
        self,
        *,
        userid: str,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> ExternalcontactListResponse:
        """List the customers of a member
        获取客户列表

        The ids of all customers of one member, in one answer. Where the member has none the answer is a
        refusal with 84061 and an empty list: take it as data.
        获取指定成员添加的全部客户，不分页。成员没有客户时返回 84061 和空列表，应视为数据而非故障。

        Args:
            userid: userid of the member whose customers are asked for.
                企业成员的 userid
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/92113
        """
        fields: dict[str, Any] = {
            "userid": userid,
        }
        return self._call(
            EXTERNALCONTACT_LIST,
            wire.given(fields),
            wire.flags(),
            CallOptions(timeout=timeout),
        )

    @overload
    def batch_get_by_user(
        self,
        body: BatchGetByUserRequest | Mapping[str, Any],
        /,
        *,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> BatchGetByUserResponse: ...

    @overload
    def batch_get_by_user(
        self,
        /,
        *,
        userid_list: Sequence[str],
        limit: int | Unset = UNSET,
        cursor: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> BatchGetByUserResponse: ...

    def batch_get_by_user(
        self,
        body: BatchGetByUserRequest | Mapping[str, Any] | Unset = UNSET,
        /,
        *,
        userid_list: Sequence[str] | Unset = UNSET,
        limit: int | Unset = UNSET,
        cursor: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> BatchGetByUserResponse:
        """List the customers of several members, with names and tags
        批量获取客户详情

        One row for each member and customer, so a customer of two of the members comes twice. For an app of
        a third party, members without a licence are named in fail_info; where none of them has one the
        answer is 701008.
        按“成员与客户”逐条返回，同一客户由多名成员添加时会出现多次。第三方应用调用时，无互通许可的成员列于 fail_info；全部无许可时返回 701008。

        Args:
            body: The whole body as a model or a plain mapping, instead of the fields.
            userid_list: userids of the members whose customers are asked for.
                企业成员的 userid 列表
            limit: How many rows a page has. The server takes the maximum where more is asked for, so more is an
                error here. Left out, it counts as 50.
                每页返回的最大记录数；超过最大值时服务端取最大值，因此此处视为错误
            cursor: Where to go on: empty at first, then the next_cursor of the page before.
                用于分页查询的游标，由上一次调用返回，首次调用可不填
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/92994
        """
        fields: dict[str, Any] = {
            "userid_list": wire.listed(userid_list),
            "limit": limit,
            "cursor": cursor,
        }
        return self._call(
            BATCH_GET_BY_USER,
            request_body(BATCH_GET_BY_USER, body, fields),
            wire.flags(),
            CallOptions(timeout=timeout),
        )

    def iter_batch_get_by_user(
        self,
        *,
        userid_list: Sequence[str],
        limit: int | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> Iterator[FollowedContact]:
        """List the customers of several members, with names and tags: all pages, row by row.

        A page is asked for when its first row is wanted. A cursor that comes back is an error, so this ends.

        Args:
            userid_list: userids of the members whose customers are asked for.
                企业成员的 userid 列表
            limit: How many rows a page has. The server takes the maximum where more is asked for, so more is an
                error here. Left out, it counts as 50.
                每页返回的最大记录数；超过最大值时服务端取最大值，因此此处视为错误
            timeout: Of each call: seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/92994
        """
        fields: dict[str, Any] = {
            "userid_list": wire.listed(userid_list),
            "limit": limit,
        }
        return self._rows(BATCH_GET_BY_USER, wire.given(fields), CallOptions(timeout=timeout))

    @overload
    def groupchat_list(
        self,
        body: GroupchatListRequest | Mapping[str, Any],
        /,
        *,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GroupchatListResponse: ...

    @overload
    def groupchat_list(
        self,
        /,
        *,
        status_filter: Literal[0, 1, 2, 3] | Unset = UNSET,
        owner_filter: GroupchatOwnerFilter | Mapping[str, Any] | Unset = UNSET,
        limit: int,
        cursor: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GroupchatListResponse: ...

    def groupchat_list(
        self,
        body: GroupchatListRequest | Mapping[str, Any] | Unset = UNSET,
        /,
        *,
        status_filter: Literal[0, 1, 2, 3] | Unset = UNSET,
        owner_filter: GroupchatOwnerFilter | Mapping[str, Any] | Unset = UNSET,
        limit: int | Unset = UNSET,
        cursor: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GroupchatListResponse:
        """List the customer groups
        获取客户群列表

        The ids of customer groups, in pages. Groups whose owner the app doesn't see are missing without a
        word, so a short list is no proof that there are no more.
        分页获取客户群 id。群主不在应用可见范围内的群不会返回，也没有任何提示，因此列表不全不代表没有其他群。

        Args:
            body: The whole body as a model or a plain mapping, instead of the fields.
            status_filter: Which groups: 0 all, 1 those whose owner has left, 2 those that are being handed over, 3 those
                that were handed over. Left out, it counts as 0.
                客户群跟进状态过滤：0-所有列表 1-离职待继承 2-离职继承中 3-离职继承完成
            owner_filter: Whose groups. Without it the groups of every owner whom the app sees are listed; where the app
                sees more than a thousand members that is refused with 81017. One copy of the page says that
                groups of an owner who has left come only where the owner is named.
                群主过滤。不填时返回应用可见范围内全部群主的群；可见范围超过 1000 人时返回 81017。有资料称，群主离职时必须指定群主才能获取。
            limit: How many rows a page has.
                每页预期返回的记录数
            cursor: Where to go on: empty at first, then the next_cursor of the page before.
                用于分页查询的游标，由上一次调用返回，首次调用可不填
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/92120
        """
        fields: dict[str, Any] = {
            "status_filter": status_filter,
            "owner_filter": wire.plain(owner_filter),
            "limit": limit,
            "cursor": cursor,
        }
        return self._call(
            GROUPCHAT_LIST,
            request_body(GROUPCHAT_LIST, body, fields),
            wire.flags(),
            CallOptions(timeout=timeout),
        )

    def iter_groupchat_list(
        self,
        *,
        status_filter: Literal[0, 1, 2, 3] | Unset = UNSET,
        owner_filter: GroupchatOwnerFilter | Mapping[str, Any] | Unset = UNSET,
        limit: int,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> Iterator[GroupChatRow]:
        """List the customer groups: all pages, row by row.

        A page is asked for when its first row is wanted. A cursor that comes back is an error, so this ends.

        Args:
            status_filter: Which groups: 0 all, 1 those whose owner has left, 2 those that are being handed over, 3 those
                that were handed over. Left out, it counts as 0.
                客户群跟进状态过滤：0-所有列表 1-离职待继承 2-离职继承中 3-离职继承完成
            owner_filter: Whose groups. Without it the groups of every owner whom the app sees are listed; where the app
                sees more than a thousand members that is refused with 81017. One copy of the page says that
                groups of an owner who has left come only where the owner is named.
                群主过滤。不填时返回应用可见范围内全部群主的群；可见范围超过 1000 人时返回 81017。有资料称，群主离职时必须指定群主才能获取。
            limit: How many rows a page has.
                每页预期返回的记录数
            timeout: Of each call: seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/92120
        """
        fields: dict[str, Any] = {
            "status_filter": status_filter,
            "owner_filter": wire.plain(owner_filter),
            "limit": limit,
        }
        return self._rows(GROUPCHAT_LIST, wire.given(fields), CallOptions(timeout=timeout))

    @overload
    def get_corp_tag_list(
        self,
        body: GetCorpTagListRequest | Mapping[str, Any],
        /,
        *,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetCorpTagListResponse: ...

    @overload
    def get_corp_tag_list(
        self,
        /,
        *,
        tag_id: Sequence[str] | Unset = UNSET,
        group_id: Sequence[str] | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetCorpTagListResponse: ...

    def get_corp_tag_list(
        self,
        body: GetCorpTagListRequest | Mapping[str, Any] | Unset = UNSET,
        /,
        *,
        tag_id: Sequence[str] | Unset = UNSET,
        group_id: Sequence[str] | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetCorpTagListResponse:
        """List the tags of customers
        获取企业标签库

        The tags of the company by group, all of them or those that are asked for, in one answer. A tag that
        was deleted comes only where it or its group is asked for.
        按标签组获取企业客户标签，不分页。tag_id 与 group_id 均为空时返回所有标签；已删除的标签仅在按 id 查询时返回。

        Args:
            body: The whole body as a model or a plain mapping, instead of the fields.
            tag_id: Ids of the tags that are asked for; ignored beside group_id.
                要查询的标签 id；同时填写 group_id 时忽略
            group_id: Ids of the groups of tags that are asked for, with all tags in them.
                要查询的标签组 id，返回该标签组及其下的所有标签
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/92117
        """
        fields: dict[str, Any] = {
            "tag_id": wire.listed(tag_id),
            "group_id": wire.listed(group_id),
        }
        return self._call(
            GET_CORP_TAG_LIST,
            request_body(GET_CORP_TAG_LIST, body, fields),
            wire.flags(),
            CallOptions(timeout=timeout),
        )

    @overload
    def send_welcome_msg(
        self,
        body: SendWelcomeMsgRequest | Mapping[str, Any],
        /,
        *,
        key: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> SendWelcomeMsgResponse: ...

    @overload
    def send_welcome_msg(
        self,
        /,
        *,
        welcome_code: str,
        text: Text | Mapping[str, Any] | str | Unset = UNSET,
        attachments: Sequence[
            ImageAttachment
            | LinkAttachment
            | MiniprogramAttachment
            | VideoAttachment
            | FileAttachment
            | Image
            | Link
            | Miniprogram
            | Video
            | File
            | UnknownVariant
            | Mapping[str, Any]
        ]
        | Unset = UNSET,
        key: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> SendWelcomeMsgResponse: ...

    def send_welcome_msg(
        self,
        body: SendWelcomeMsgRequest | Mapping[str, Any] | Unset = UNSET,
        /,
        *,
        welcome_code: str | Unset = UNSET,
        text: Text | Mapping[str, Any] | str | Unset = UNSET,
        attachments: Sequence[
            ImageAttachment
            | LinkAttachment
            | MiniprogramAttachment
            | VideoAttachment
            | FileAttachment
            | Image
            | Link
            | Miniprogram
            | Video
            | File
            | UnknownVariant
            | Mapping[str, Any]
        ]
        | Unset = UNSET,
        key: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> SendWelcomeMsgResponse:
        """Greet a new customer
        发送新客户欢迎语

        Sends a message to a customer who has just been added, in the name of the member who added them. The
        event about the new customer carries the welcome_code; it is good for one call within 20 seconds.
        There is no code where the admin console has a welcome message of its own for the member. Answers
        41050 to a code that is wrong, late or used; 41051 where the two are talking already (don't repeat
        it), which is also what an app gets when another one was faster; 41096 while the message is being
        distributed.
        以添加客户事件中的 welcome_code 为凭据，向新添加的客户发送欢迎语。凭据 20 秒内有效，且只可使用一次；管理端已配置欢迎语时不会下发凭据。凭据无效、过期或已使用返回
        41050；已开始聊天或其他应用已抢先发送返回 41051，请勿重试；欢迎语正在分发返回 41096。

        Args:
            body: The whole body as a model or a plain mapping, instead of the fields.
            welcome_code: What the event about the new customer carries; good for one call within 20 seconds.
                通过添加外部联系人事件推送给企业的发送欢迎语的凭证，有效期为 20 秒
            text: The text of the message.
                文本消息
            attachments: What goes with the text, in this order. Each is a message of its own.
                附件列表，每个附件各为一条消息
            key: Names this call in the client's journal: another one with the same key is not sent, but gets this one's outcome.
                Left out, one is derived from what is sent.
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/92137
        """
        fields: dict[str, Any] = {
            "welcome_code": welcome_code,
            "text": wire.one_string(text, "content"),
            "attachments": wire.variants(attachments, "msgtype", _ATTACHMENTS_ITEM_PAYLOADS),
        }
        return self._call(
            SEND_WELCOME_MSG,
            request_body(SEND_WELCOME_MSG, body, fields),
            wire.flags(),
            CallOptions(timeout=timeout, key=key),
        )

    @overload
    def group_welcome_template_add(
        self,
        body: GroupWelcomeTemplateAddRequest | Mapping[str, Any],
        /,
        *,
        key: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GroupWelcomeTemplateAddResponse: ...

    @overload
    def group_welcome_template_add(
        self,
        /,
        *,
        text: GroupWelcomeText | Mapping[str, Any] | str | Unset = UNSET,
        image: Image | Mapping[str, Any] | Unset = UNSET,
        link: Link | Mapping[str, Any] | Unset = UNSET,
        miniprogram: Miniprogram | Mapping[str, Any] | Unset = UNSET,
        file: File | Mapping[str, Any] | str | Unset = UNSET,
        video: Video | Mapping[str, Any] | str | Unset = UNSET,
        agentid: int | Unset = UNSET,
        notify: Literal[0, 1] | Unset = UNSET,
        key: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GroupWelcomeTemplateAddResponse: ...

    def group_welcome_template_add(
        self,
        body: GroupWelcomeTemplateAddRequest | Mapping[str, Any] | Unset = UNSET,
        /,
        *,
        text: GroupWelcomeText | Mapping[str, Any] | str | Unset = UNSET,
        image: Image | Mapping[str, Any] | Unset = UNSET,
        link: Link | Mapping[str, Any] | Unset = UNSET,
        miniprogram: Miniprogram | Mapping[str, Any] | Unset = UNSET,
        file: File | Mapping[str, Any] | str | Unset = UNSET,
        video: Video | Mapping[str, Any] | str | Unset = UNSET,
        agentid: int | Unset = UNSET,
        notify: Literal[0, 1] | Unset = UNSET,
        key: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GroupWelcomeTemplateAddResponse:
        """Add a welcome message for customer groups
        添加入群欢迎语素材

        Adds a template to the corp's store of welcome messages for customer groups, which holds 100; 41055
        where it is full. Members of the corp are told of it, unless notify is 0. Who joins a group gets the
        text and, as a second message, the one object beside it. %NICKNAME% in the text stands for the
        customer's name.
        向企业的入群欢迎语素材库中添加素材，每个企业最多 100 个，已满返回 41055。text 与另一种消息可同时发送，以两条消息触达客户；text 中的 %NICKNAME% 会替换为客户昵称。

        Args:
            body: The whole body as a model or a plain mapping, instead of the fields.
            text: The text of a welcome message for customer groups.
                入群欢迎语的文本消息
            image: A picture, by its media_id or by its address.
                图片，media_id 与 pic_url 二选一，同时填写时使用 media_id
            link: A card that opens a web page.
                图文消息
            miniprogram: A card that opens a page of a mini-program.
                小程序消息
            file: A file.
                文件
            video: A video.
                视频
            agentid: Id of the app in the corp that uses it. Only old third-party suites of several apps need it.
                授权方安装的应用 agentid，仅旧的第三方多应用套件需要填此参数
            notify: Whether members are told to use the template in their groups. Left out, it counts as 1.
                是否通知成员将这条入群欢迎语应用到客户群中，0-不通知，1-通知，不填则通知
            key: Names this call in the client's journal: another one with the same key is not sent, but gets this one's outcome.
                Left out, one is derived from what is sent.
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/92366
        """
        fields: dict[str, Any] = {
            "text": wire.one_string(text, "content"),
            "image": wire.plain(image),
            "link": wire.plain(link),
            "miniprogram": wire.plain(miniprogram),
            "file": wire.one_string(file, "media_id"),
            "video": wire.one_string(video, "media_id"),
            "agentid": agentid,
            "notify": notify,
        }
        return self._call(
            GROUP_WELCOME_TEMPLATE_ADD,
            request_body(GROUP_WELCOME_TEMPLATE_ADD, body, fields),
            wire.flags(),
            CallOptions(timeout=timeout, key=key),
        )

    @overload
    def group_welcome_template_edit(
        self,
        body: GroupWelcomeTemplateEditRequest | Mapping[str, Any],
        /,
        *,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GroupWelcomeTemplateEditResponse: ...

    @overload
    def group_welcome_template_edit(
        self,
        /,
        *,
        template_id: str,
        text: GroupWelcomeText | Mapping[str, Any] | str | Unset = UNSET,
        image: Image | Mapping[str, Any] | Unset = UNSET,
        link: Link | Mapping[str, Any] | Unset = UNSET,
        miniprogram: Miniprogram | Mapping[str, Any] | Unset = UNSET,
        file: File | Mapping[str, Any] | str | Unset = UNSET,
        video: Video | Mapping[str, Any] | str | Unset = UNSET,
        agentid: int | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GroupWelcomeTemplateEditResponse: ...

    def group_welcome_template_edit(
        self,
        body: GroupWelcomeTemplateEditRequest | Mapping[str, Any] | Unset = UNSET,
        /,
        *,
        template_id: str | Unset = UNSET,
        text: GroupWelcomeText | Mapping[str, Any] | str | Unset = UNSET,
        image: Image | Mapping[str, Any] | Unset = UNSET,
        link: Link | Mapping[str, Any] | Unset = UNSET,
        miniprogram: Miniprogram | Mapping[str, Any] | Unset = UNSET,
        file: File | Mapping[str, Any] | str | Unset = UNSET,
        video: Video | Mapping[str, Any] | str | Unset = UNSET,
        agentid: int | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GroupWelcomeTemplateEditResponse:
        """Edit a welcome message for customer groups
        编辑入群欢迎语素材

        Gives a template another content. Only the app that made it can; another one gets 41058. 40037 where
        there is no such template.
        编辑入群欢迎语素材，仅可编辑本应用创建的素材，否则返回 41058；素材不存在返回 40037。

        Args:
            body: The whole body as a model or a plain mapping, instead of the fields.
            template_id: Id of the template.
                群欢迎语的素材 id
            text: The text of a welcome message for customer groups.
                入群欢迎语的文本消息
            image: A picture, by its media_id or by its address.
                图片，media_id 与 pic_url 二选一，同时填写时使用 media_id
            link: A card that opens a web page.
                图文消息
            miniprogram: A card that opens a page of a mini-program.
                小程序消息
            file: A file.
                文件
            video: A video.
                视频
            agentid: Id of the app in the corp that uses it. Only old third-party suites of several apps need it.
                授权方安装的应用 agentid，仅旧的第三方多应用套件需要填此参数
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/92366
        """
        fields: dict[str, Any] = {
            "template_id": template_id,
            "text": wire.one_string(text, "content"),
            "image": wire.plain(image),
            "link": wire.plain(link),
            "miniprogram": wire.plain(miniprogram),
            "file": wire.one_string(file, "media_id"),
            "video": wire.one_string(video, "media_id"),
            "agentid": agentid,
        }
        return self._call(
            GROUP_WELCOME_TEMPLATE_EDIT,
            request_body(GROUP_WELCOME_TEMPLATE_EDIT, body, fields),
            wire.flags(),
            CallOptions(timeout=timeout),
        )

    @overload
    def group_welcome_template_get(
        self,
        body: GroupWelcomeTemplateGetRequest | Mapping[str, Any],
        /,
        *,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GroupWelcomeTemplateGetResponse: ...

    @overload
    def group_welcome_template_get(
        self,
        /,
        *,
        template_id: str,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GroupWelcomeTemplateGetResponse: ...

    def group_welcome_template_get(
        self,
        body: GroupWelcomeTemplateGetRequest | Mapping[str, Any] | Unset = UNSET,
        /,
        *,
        template_id: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GroupWelcomeTemplateGetResponse:
        """Read a welcome message for customer groups
        获取入群欢迎语素材

        The content of a template. 40037 where there is no such template.
        获取入群欢迎语素材的内容，素材不存在返回 40037。

        Args:
            body: The whole body as a model or a plain mapping, instead of the fields.
            template_id: Id of the template.
                群欢迎语的素材 id
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/92366
        """
        fields: dict[str, Any] = {
            "template_id": template_id,
        }
        return self._call(
            GROUP_WELCOME_TEMPLATE_GET,
            request_body(GROUP_WELCOME_TEMPLATE_GET, body, fields),
            wire.flags(),
            CallOptions(timeout=timeout),
        )

    @overload
    def group_welcome_template_del(
        self,
        body: GroupWelcomeTemplateDelRequest | Mapping[str, Any],
        /,
        *,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GroupWelcomeTemplateDelResponse: ...

    @overload
    def group_welcome_template_del(
        self,
        /,
        *,
        template_id: str,
        agentid: int | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GroupWelcomeTemplateDelResponse: ...

    def group_welcome_template_del(
        self,
        body: GroupWelcomeTemplateDelRequest | Mapping[str, Any] | Unset = UNSET,
        /,
        *,
        template_id: str | Unset = UNSET,
        agentid: int | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GroupWelcomeTemplateDelResponse:
        """Delete a welcome message for customer groups
        删除入群欢迎语素材

        Deletes a template. Only the app that made it can. 40037 where there is no such template.
        删除入群欢迎语素材，仅可删除本应用创建的素材；素材不存在返回 40037。

        Args:
            body: The whole body as a model or a plain mapping, instead of the fields.
            template_id: Id of the template.
                群欢迎语的素材 id
            agentid: Id of the app in the corp that uses it. Only old third-party suites of several apps need it.
                授权方安装的应用 agentid，仅旧的第三方多应用套件需要填此参数
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/92366
        """
        fields: dict[str, Any] = {
            "template_id": template_id,
            "agentid": agentid,
        }
        return self._call(
            GROUP_WELCOME_TEMPLATE_DEL,
            request_body(GROUP_WELCOME_TEMPLATE_DEL, body, fields),
            wire.flags(),
            CallOptions(timeout=timeout),
        )

    @overload
    def add_moment_task(
        self,
        body: AddMomentTaskRequest | Mapping[str, Any],
        /,
        *,
        to_all: bool = False,
        key: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> AddMomentTaskResponse: ...

    @overload
    def add_moment_task(
        self,
        /,
        *,
        text: MomentText | Mapping[str, Any] | str | Unset = UNSET,
        attachments: Sequence[
            MomentImageAttachment
            | MomentVideoAttachment
            | MomentLinkAttachment
            | MomentImage
            | MomentVideo
            | MomentLink
            | UnknownVariant
            | Mapping[str, Any]
        ]
        | Unset = UNSET,
        visible_range: MomentVisibleRange | Mapping[str, Any] | Unset = UNSET,
        to_all: bool = False,
        key: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> AddMomentTaskResponse: ...

    def add_moment_task(
        self,
        body: AddMomentTaskRequest | Mapping[str, Any] | Unset = UNSET,
        /,
        *,
        text: MomentText | Mapping[str, Any] | str | Unset = UNSET,
        attachments: Sequence[
            MomentImageAttachment
            | MomentVideoAttachment
            | MomentLinkAttachment
            | MomentImage
            | MomentVideo
            | MomentLink
            | UnknownVariant
            | Mapping[str, Any]
        ]
        | Unset = UNSET,
        visible_range: MomentVisibleRange | Mapping[str, Any] | Unset = UNSET,
        to_all: bool = False,
        key: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> AddMomentTaskResponse:
        """Create a moment for members to publish
        创建客户朋友圈的发表任务

        Creates a task, and answers with the id of a job; get_moment_task_result then says what became of
        it. Nothing is published until a member confirms. sender_list says who is asked,
        external_contact_list which customers see it: without a tag every customer of those who publish
        does, and without visible_range every member in the visible range of the app is asked. Ten calls a
        minute and 100 000 a month for one corp. The call has no idempotency key.
        创建客户朋友圈的发表任务，返回异步任务的 jobid，创建结果由 get_moment_task_result 查询。成员确认后才会发表。sender_list
        指定执行者，external_contact_list 指定可见的客户；未指定标签时执行者的全部客户可见，未指定 visible_range 时执行者为应用可见范围内的所有成员。每个企业每分钟 10
        次、每月 10 万次。接口没有幂等键。

        Args:
            body: The whole body as a model or a plain mapping, instead of the fields.
            text: The text of the moment.
                文本消息
            attachments: What goes with the text: pictures, or one video, or one link.
                附件，最多 9 个图片，或 1 个视频，或 1 个链接，不可混用
            visible_range: Who is asked to publish, and which customers see it. Left out, or with nothing in it, it means
                every member and every customer.
                指定的发表范围；若未指定，则执行者为应用可见范围内所有成员，且其全部客户可见
            to_all: Confirms a call that would otherwise be held back (add_moment_task.audience.everyone).
            key: Names this call in the client's journal: another one with the same key is not sent, but gets this one's outcome.
                Left out, one is derived from what is sent.
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/95094
        """
        fields: dict[str, Any] = {
            "text": wire.one_string(text, "content"),
            "attachments": wire.variants(attachments, "msgtype", _ATTACHMENTS_ITEM_2_PAYLOADS),
            "visible_range": wire.plain(visible_range),
        }
        return self._call(
            ADD_MOMENT_TASK,
            request_body(ADD_MOMENT_TASK, body, fields),
            wire.flags(
                to_all=to_all,
            ),
            CallOptions(timeout=timeout, key=key),
        )

    def get_moment_task_result(
        self,
        *,
        jobid: str,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetMomentTaskResultResponse:
        """Read what became of a job
        获取朋友圈任务创建结果

        A moment is made by a job. Ask until status is 3; result then has the id of the moment and the
        members, departments and tags that were not taken. The id of a job is valid for 24 hours.
        任务的创建是异步的，status 为 3 时 result 有效，包含朋友圈 id 及不合法的执行者、部门和标签。jobid 24 小时内有效。

        Args:
            jobid: Id of the job, from add_moment_task.
                异步任务 id，由 add_moment_task 返回，最大长度为 64 字节
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/95094
        """
        fields: dict[str, Any] = {
            "jobid": jobid,
        }
        return self._call(
            GET_MOMENT_TASK_RESULT,
            wire.given(fields),
            wire.flags(),
            CallOptions(timeout=timeout),
        )

    @overload
    def get_moment_list(
        self,
        body: GetMomentListRequest | Mapping[str, Any],
        /,
        *,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetMomentListResponse: ...

    @overload
    def get_moment_list(
        self,
        /,
        *,
        start_time: int | datetime,
        end_time: int | datetime,
        creator: str | Unset = UNSET,
        filter_type: Literal[0, 1, 2] | Unset = UNSET,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetMomentListResponse: ...

    def get_moment_list(
        self,
        body: GetMomentListRequest | Mapping[str, Any] | Unset = UNSET,
        /,
        *,
        start_time: int | datetime | Unset = UNSET,
        end_time: int | datetime | Unset = UNSET,
        creator: str | Unset = UNSET,
        filter_type: Literal[0, 1, 2] | Unset = UNSET,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetMomentListResponse:
        """List the moments of a period
        获取企业全部的发表列表

        The moments of the corp and of its members that were created between two times. One that was deleted
        is not listed.
        获取起止时间内企业和成员发表的朋友圈，已删除的不返回。

        Args:
            body: The whole body as a model or a plain mapping, instead of the fields.
            start_time: Where the period begins, in seconds since 1970.
                朋友圈记录开始时间，Unix 时间戳
                An aware datetime will do as well.
            end_time: Where the period ends, in seconds since 1970.
                朋友圈记录结束时间，Unix 时间戳
                An aware datetime will do as well.
            creator: userid of the member who made the moments; those of the corp have none.
                朋友圈创建人的 userid
            filter_type: 0 moments of the corp, 1 of members, 2 both. Left out, it counts as 2.
                朋友圈类型。0：企业发表 1：个人发表 2：所有
            cursor: Where to go on: empty at first, then the next_cursor of the page before.
                用于分页查询的游标，由上一次调用返回，首次调用可不填
            limit: How many rows a page has. The server takes the default where more than the maximum is asked for,
                so more is an error here. Left out, it counts as 20.
                每页返回的最大记录数；超过最大值时服务端取默认值，因此此处视为错误
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/93333
        """
        fields: dict[str, Any] = {
            "start_time": wire.unix_time(start_time, "start_time"),
            "end_time": wire.unix_time(end_time, "end_time"),
            "creator": creator,
            "filter_type": filter_type,
            "cursor": cursor,
            "limit": limit,
        }
        return self._call(
            GET_MOMENT_LIST,
            request_body(GET_MOMENT_LIST, body, fields),
            wire.flags(),
            CallOptions(timeout=timeout),
        )

    def iter_moment_list(
        self,
        *,
        start_time: int | datetime,
        end_time: int | datetime,
        creator: str | Unset = UNSET,
        filter_type: Literal[0, 1, 2] | Unset = UNSET,
        limit: int | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> Iterator[Moment]:
        """List the moments of a period: all pages, row by row.

        A page is asked for when its first row is wanted. A cursor that comes back is an error, so this ends.
        A period that is longer than one call may ask for is asked for in parts.

        Args:
            start_time: Where the period begins, in seconds since 1970.
                朋友圈记录开始时间，Unix 时间戳
                An aware datetime will do as well.
            end_time: Where the period ends, in seconds since 1970.
                朋友圈记录结束时间，Unix 时间戳
                An aware datetime will do as well.
            creator: userid of the member who made the moments; those of the corp have none.
                朋友圈创建人的 userid
            filter_type: 0 moments of the corp, 1 of members, 2 both. Left out, it counts as 2.
                朋友圈类型。0：企业发表 1：个人发表 2：所有
            limit: How many rows a page has. The server takes the default where more than the maximum is asked for,
                so more is an error here. Left out, it counts as 20.
                每页返回的最大记录数；超过最大值时服务端取默认值，因此此处视为错误
            timeout: Of each call: seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/93333
        """
        fields: dict[str, Any] = {
            "start_time": wire.unix_time(start_time, "start_time"),
            "end_time": wire.unix_time(end_time, "end_time"),
            "creator": creator,
            "filter_type": filter_type,
            "limit": limit,
        }
        return self._rows(GET_MOMENT_LIST, wire.given(fields), CallOptions(timeout=timeout))

    @overload
    def get_moment_task(
        self,
        body: GetMomentTaskRequest | Mapping[str, Any],
        /,
        *,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetMomentTaskResponse: ...

    @overload
    def get_moment_task(
        self,
        /,
        *,
        moment_id: str,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetMomentTaskResponse: ...

    def get_moment_task(
        self,
        body: GetMomentTaskRequest | Mapping[str, Any] | Unset = UNSET,
        /,
        *,
        moment_id: str | Unset = UNSET,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetMomentTaskResponse:
        """List the members of a moment
        获取客户朋友圈企业发表的列表

        Who is asked to publish a moment of the corp, and who has. A moment that a member made alone has no
        such list.
        获取企业发表的朋友圈涉及的成员及其发表状态，仅支持企业发表的朋友圈。

        Args:
            body: The whole body as a model or a plain mapping, instead of the fields.
            moment_id: Id of the moment.
                朋友圈 id
            cursor: Where to go on: empty at first, then the next_cursor of the page before.
                用于分页查询的游标，由上一次调用返回，首次调用可不填
            limit: How many rows a page has. The server takes the default where more than the maximum is asked for,
                so more is an error here. Left out, it counts as 500.
                每页返回的最大记录数；超过最大值时服务端取默认值，因此此处视为错误
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/93333
        """
        fields: dict[str, Any] = {
            "moment_id": moment_id,
            "cursor": cursor,
            "limit": limit,
        }
        return self._call(
            GET_MOMENT_TASK,
            request_body(GET_MOMENT_TASK, body, fields),
            wire.flags(),
            CallOptions(timeout=timeout),
        )

    def iter_moment_task(
        self,
        *,
        moment_id: str,
        limit: int | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> Iterator[MomentTask]:
        """List the members of a moment: all pages, row by row.

        A page is asked for when its first row is wanted. A cursor that comes back is an error, so this ends.

        Args:
            moment_id: Id of the moment.
                朋友圈 id
            limit: How many rows a page has. The server takes the default where more than the maximum is asked for,
                so more is an error here. Left out, it counts as 500.
                每页返回的最大记录数；超过最大值时服务端取默认值，因此此处视为错误
            timeout: Of each call: seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/93333
        """
        fields: dict[str, Any] = {
            "moment_id": moment_id,
            "limit": limit,
        }
        return self._rows(GET_MOMENT_TASK, wire.given(fields), CallOptions(timeout=timeout))

    @overload
    def get_moment_send_result(
        self,
        body: GetMomentSendResultRequest | Mapping[str, Any],
        /,
        *,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetMomentSendResultResponse: ...

    @overload
    def get_moment_send_result(
        self,
        /,
        *,
        moment_id: str,
        userid: str,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetMomentSendResultResponse: ...

    def get_moment_send_result(
        self,
        body: GetMomentSendResultRequest | Mapping[str, Any] | Unset = UNSET,
        /,
        *,
        moment_id: str | Unset = UNSET,
        userid: str | Unset = UNSET,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetMomentSendResultResponse:
        """List the customers who can see a moment
        获取客户朋友圈发表后的可见客户列表

        The customers who can see what one member has published.
        获取某个成员发表后，可在微信朋友圈中看到该内容的客户列表。

        Args:
            body: The whole body as a model or a plain mapping, instead of the fields.
            moment_id: Id of the moment.
                朋友圈 id
            userid: userid of a member who has published it.
                企业发表成员 userid
            cursor: Where to go on: empty at first, then the next_cursor of the page before.
                用于分页查询的游标，由上一次调用返回，首次调用可不填
            limit: How many rows a page has. The server takes the default where more than the maximum is asked for,
                so more is an error here. Left out, it counts as 3000.
                每页返回的最大记录数；超过最大值时服务端取默认值，因此此处视为错误
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/93333
        """
        fields: dict[str, Any] = {
            "moment_id": moment_id,
            "userid": userid,
            "cursor": cursor,
            "limit": limit,
        }
        return self._call(
            GET_MOMENT_SEND_RESULT,
            request_body(GET_MOMENT_SEND_RESULT, body, fields),
            wire.flags(),
            CallOptions(timeout=timeout),
        )

    def iter_moment_send_result(
        self,
        *,
        moment_id: str,
        userid: str,
        limit: int | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> Iterator[MomentCustomer]:
        """List the customers who can see a moment: all pages, row by row.

        A page is asked for when its first row is wanted. A cursor that comes back is an error, so this ends.

        Args:
            moment_id: Id of the moment.
                朋友圈 id
            userid: userid of a member who has published it.
                企业发表成员 userid
            limit: How many rows a page has. The server takes the default where more than the maximum is asked for,
                so more is an error here. Left out, it counts as 3000.
                每页返回的最大记录数；超过最大值时服务端取默认值，因此此处视为错误
            timeout: Of each call: seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/93333
        """
        fields: dict[str, Any] = {
            "moment_id": moment_id,
            "userid": userid,
            "limit": limit,
        }
        return self._rows(GET_MOMENT_SEND_RESULT, wire.given(fields), CallOptions(timeout=timeout))

    @overload
    def cancel_moment_task(
        self,
        body: CancelMomentTaskRequest | Mapping[str, Any],
        /,
        *,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> CancelMomentTaskResponse: ...

    @overload
    def cancel_moment_task(
        self,
        /,
        *,
        moment_id: str,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> CancelMomentTaskResponse: ...

    def cancel_moment_task(
        self,
        body: CancelMomentTaskRequest | Mapping[str, Any] | Unset = UNSET,
        /,
        *,
        moment_id: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> CancelMomentTaskResponse:
        """Stop what is not published yet
        停止发表企业朋友圈

        Stops the members who have not published yet. What is published stays published.
        停止尚未发表的企业朋友圈任务，已发表的内容不会撤回。

        Args:
            body: The whole body as a model or a plain mapping, instead of the fields.
            moment_id: Id of the moment.
                朋友圈 id
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/97612
        """
        fields: dict[str, Any] = {
            "moment_id": moment_id,
        }
        return self._call(
            CANCEL_MOMENT_TASK,
            request_body(CANCEL_MOMENT_TASK, body, fields),
            wire.flags(),
            CallOptions(timeout=timeout),
        )

    def media_upload(
        self,
        *,
        type: Literal["file", "image", "video", "voice"],
        media: wire.FileSource,
        filename: str | None = None,
        content_type: str | None = None,
        progress: wire.Progress | None = None,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> MediaUploadResponse:
        """Upload a temporary file
        上传临时素材

        Gives a media_id that is valid for three days, for every app of the corp. Uploading the same file
        again makes another id and does no harm.
        上传得到 media_id，三天内有效，同一企业内所有应用可共用。重复上传只会得到新的 media_id。

        Args:
            type: What the file is to be used as.
                媒体文件类型，图片（image）、语音（voice）、视频（video）、普通文件（file）
            media: The file.
                媒体文件
            filename: The name that others are shown; left out, that of the path or of the file object.
            content_type: Left out, what goes with the name.
            progress: Called with the bytes of the file that have left, and with all of them.
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/90253
        """
        fields: dict[str, Any] = {
            "type": type,
            "media": wire.Upload(media, filename, content_type, progress),
        }
        return self._call(
            MEDIA_UPLOAD,
            wire.given(fields),
            wire.flags(),
            CallOptions(timeout=timeout),
        )

    def media_uploadimg(
        self,
        *,
        media: wire.FileSource,
        filename: str | None = None,
        content_type: str | None = None,
        progress: wire.Progress | None = None,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> MediaUploadimgResponse:
        """Upload a permanent image
        上传图片

        Gives an address that stays valid, for the image of an attachment (pic_url). A corp has 1000 a day
        and 3000 a month.
        上传图片得到永久有效的图片 URL，可用于附件的 pic_url。每个企业每天最多 1000 张，每月最多 3000 张。

        Args:
            media: The image.
                图片文件
            filename: The name that others are shown; left out, that of the path or of the file object.
            content_type: Left out, what goes with the name.
            progress: Called with the bytes of the file that have left, and with all of them.
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/90256
        """
        fields: dict[str, Any] = {
            "media": wire.Upload(media, filename, content_type, progress),
        }
        return self._call(
            MEDIA_UPLOADIMG,
            wire.given(fields),
            wire.flags(),
            CallOptions(timeout=timeout),
        )


class AsyncOperations:
    """An async method for every operation."""

    async def _call(
        self,
        operation: Operation[ResponseT],
        body: Mapping[str, Any],
        confirmed: frozenset[str],
        options: CallOptions,
    ) -> ResponseT:
        """As ``SyncOperations._call``, without blocking."""
        raise NotImplementedError

    def _rows(
        self, operation: Operation[Any], fields: dict[str, Any], options: CallOptions
    ) -> AsyncIterator[Any]:
        """As ``SyncOperations._rows``, without blocking."""
        raise NotImplementedError

    @overload
    async def add_msg_template(
        self,
        body: AddMsgTemplateRequest | Mapping[str, Any],
        /,
        *,
        to_all: bool = False,
        key: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> AddMsgTemplateResponse: ...

    @overload
    async def add_msg_template(
        self,
        /,
        *,
        chat_type: Literal["single", "group"] | Unset = UNSET,
        external_userid: Sequence[str] | Unset = UNSET,
        chat_id_list: Sequence[str] | Unset = UNSET,
        tag_filter: TagFilter | Mapping[str, Any] | Unset = UNSET,
        sender: str | Unset = UNSET,
        allow_select: bool | Unset = UNSET,
        text: Text | Mapping[str, Any] | str | Unset = UNSET,
        attachments: Sequence[
            ImageAttachment
            | LinkAttachment
            | MiniprogramAttachment
            | VideoAttachment
            | FileAttachment
            | Image
            | Link
            | Miniprogram
            | Video
            | File
            | UnknownVariant
            | Mapping[str, Any]
        ]
        | Unset = UNSET,
        to_all: bool = False,
        key: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> AddMsgTemplateResponse: ...

    async def add_msg_template(
        self,
        body: AddMsgTemplateRequest | Mapping[str, Any] | Unset = UNSET,
        /,
        *,
        chat_type: Literal["single", "group"] | Unset = UNSET,
        external_userid: Sequence[str] | Unset = UNSET,
        chat_id_list: Sequence[str] | Unset = UNSET,
        tag_filter: TagFilter | Mapping[str, Any] | Unset = UNSET,
        sender: str | Unset = UNSET,
        allow_select: bool | Unset = UNSET,
        text: Text | Mapping[str, Any] | str | Unset = UNSET,
        attachments: Sequence[
            ImageAttachment
            | LinkAttachment
            | MiniprogramAttachment
            | VideoAttachment
            | FileAttachment
            | Image
            | Link
            | Miniprogram
            | Video
            | File
            | UnknownVariant
            | Mapping[str, Any]
        ]
        | Unset = UNSET,
        to_all: bool = False,
        key: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> AddMsgTemplateResponse:
        """Create a mass message task
        创建企业群发

        Creates a task. Nothing is sent until the member confirms it in the WeCom client (2.7.5 or newer);
        only the member who last talked to a customer is asked. The call has no idempotency key: the same
        request sent twice makes two tasks. fail_list names recipients that can't be sent to; the task
        exists all the same.
        创建群发任务。成员在企业微信客户端（2.7.5 及以上）确认后才会发送，且只推送给最后与客户聊天的成员。接口没有幂等键，重复提交会产生两个任务。fail_list 为无法发送的对象，任务依然创建成功。

        Args:
            body: The whole body as a model or a plain mapping, instead of the fields.
            chat_type: To whom it goes. single is for customers, group for customer groups. Left out, it counts as
                single.
                群发任务的类型，single 表示发送给客户，group 表示发送给客户群，默认为 single
            external_userid: Ids of the customers to send to. Only for single; when given, tag_filter is ignored.
                客户的 external_userid 列表，仅在 chat_type 为 single 时有效；填写后忽略 tag_filter
            chat_id_list: Ids of the customer groups to send to. Only for group. The owner then need not choose the groups
                again; without it the task goes to all groups of the sender. Needs a WeCom client of 4.1.10 or
                newer.
                客户群 id 列表，仅在 chat_type 为 group 时有效；填写后群主无需再次选择客户群，不填则任务覆盖 sender 的全部客户群；要求客户端 4.1.10 及以上
            tag_filter: Chooses customers by their tags. Only for single, and only without external_userid.
                要发送的客户标签筛选条件，仅在 chat_type 为 single 且未填 external_userid 时有效
            sender: userid of the member who is to send. Required for group. In single, a sender without
                external_userid and tag_filter means all customers of that member.
                发送企业群发消息的成员 userid；chat_type 为 group 时必填；single 时若只填 sender，相当于选取该成员的全部客户
            allow_select: Whether the member may choose again among the customers before sending. Only for single. Left
                out, it counts as false.
                是否允许成员在待发送客户列表中重新进行选择，默认为 false，仅支持客户群发
            text: The text of the message.
                文本消息
            attachments: What goes with the text, in this order. Each kind may stand more than once.
                附件列表
            to_all: Confirms a call that would otherwise be held back (audience.everyone-single, audience.everyone-group).
            key: Names this call in the client's journal: another one with the same key is not sent, but gets this one's outcome.
                Left out, one is derived from what is sent.
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/92135
        """
        fields: dict[str, Any] = {
            "chat_type": chat_type,
            "external_userid": wire.listed(external_userid),
            "chat_id_list": wire.listed(chat_id_list),
            "tag_filter": wire.plain(tag_filter),
            "sender": sender,
            "allow_select": allow_select,
            "text": wire.one_string(text, "content"),
            "attachments": wire.variants(attachments, "msgtype", _ATTACHMENTS_ITEM_PAYLOADS),
        }
        return await self._call(
            ADD_MSG_TEMPLATE,
            request_body(ADD_MSG_TEMPLATE, body, fields),
            wire.flags(
                to_all=to_all,
            ),
            CallOptions(timeout=timeout, key=key),
        )

    @overload
    async def get_groupmsg_task(
        self,
        body: GetGroupmsgTaskRequest | Mapping[str, Any],
        /,
        *,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetGroupmsgTaskResponse: ...

    @overload
    async def get_groupmsg_task(
        self,
        /,
        *,
        msgid: str,
        limit: int | Unset = UNSET,
        cursor: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetGroupmsgTaskResponse: ...

    async def get_groupmsg_task(
        self,
        body: GetGroupmsgTaskRequest | Mapping[str, Any] | Unset = UNSET,
        /,
        *,
        msgid: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        cursor: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetGroupmsgTaskResponse:
        """List the members of a task
        获取群发成员发送任务列表

        Who is asked to send, and who has confirmed. Right after creation it may answer 41063 or 41047; wait
        and ask again.
        获取群发任务涉及的成员及其确认状态。创建后立即查询可能返回 41063 或 41047，请稍后重试。

        Args:
            body: The whole body as a model or a plain mapping, instead of the fields.
            msgid: Id of the task.
                群发消息的 id
            limit: How many rows a page has. The server takes the default where more than the maximum is asked for,
                so more is an error here. Left out, it counts as 500.
                每页返回的最大记录数；超过最大值时服务端取默认值，因此此处视为错误
            cursor: Where to go on: empty at first, then the next_cursor of the page before.
                用于分页查询的游标，由上一次调用返回，首次调用可不填
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/93338
        """
        fields: dict[str, Any] = {
            "msgid": msgid,
            "limit": limit,
            "cursor": cursor,
        }
        return await self._call(
            GET_GROUPMSG_TASK,
            request_body(GET_GROUPMSG_TASK, body, fields),
            wire.flags(),
            CallOptions(timeout=timeout),
        )

    def iter_groupmsg_task(
        self,
        *,
        msgid: str,
        limit: int | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> AsyncIterator[GroupmsgTask]:
        """List the members of a task: all pages, row by row.

        A page is asked for when its first row is wanted. A cursor that comes back is an error, so this ends.

        Args:
            msgid: Id of the task.
                群发消息的 id
            limit: How many rows a page has. The server takes the default where more than the maximum is asked for,
                so more is an error here. Left out, it counts as 500.
                每页返回的最大记录数；超过最大值时服务端取默认值，因此此处视为错误
            timeout: Of each call: seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/93338
        """
        fields: dict[str, Any] = {
            "msgid": msgid,
            "limit": limit,
        }
        return self._rows(GET_GROUPMSG_TASK, wire.given(fields), CallOptions(timeout=timeout))

    @overload
    async def get_groupmsg_send_result(
        self,
        body: GetGroupmsgSendResultRequest | Mapping[str, Any],
        /,
        *,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetGroupmsgSendResultResponse: ...

    @overload
    async def get_groupmsg_send_result(
        self,
        /,
        *,
        msgid: str,
        userid: str,
        limit: int | Unset = UNSET,
        cursor: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetGroupmsgSendResultResponse: ...

    async def get_groupmsg_send_result(
        self,
        body: GetGroupmsgSendResultRequest | Mapping[str, Any] | Unset = UNSET,
        /,
        *,
        msgid: str | Unset = UNSET,
        userid: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        cursor: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetGroupmsgSendResultResponse:
        """List what became of each recipient
        获取企业群发成员执行结果

        What became of the recipients of one member.
        获取某个成员的群发执行结果。

        Args:
            body: The whole body as a model or a plain mapping, instead of the fields.
            msgid: Id of the task.
                群发消息的 id
            userid: userid of the member whose recipients are asked for.
                发送成员 userid
            limit: How many rows a page has. The server takes the default where more than the maximum is asked for,
                so more is an error here. Left out, it counts as 500.
                每页返回的最大记录数；超过最大值时服务端取默认值，因此此处视为错误
            cursor: Where to go on: empty at first, then the next_cursor of the page before.
                用于分页查询的游标，由上一次调用返回，首次调用可不填
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/93338
        """
        fields: dict[str, Any] = {
            "msgid": msgid,
            "userid": userid,
            "limit": limit,
            "cursor": cursor,
        }
        return await self._call(
            GET_GROUPMSG_SEND_RESULT,
            request_body(GET_GROUPMSG_SEND_RESULT, body, fields),
            wire.flags(),
            CallOptions(timeout=timeout),
        )

    def iter_groupmsg_send_result(
        self,
        *,
        msgid: str,
        userid: str,
        limit: int | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> AsyncIterator[GroupmsgSendResult]:
        """List what became of each recipient: all pages, row by row.

        A page is asked for when its first row is wanted. A cursor that comes back is an error, so this ends.

        Args:
            msgid: Id of the task.
                群发消息的 id
            userid: userid of the member whose recipients are asked for.
                发送成员 userid
            limit: How many rows a page has. The server takes the default where more than the maximum is asked for,
                so more is an error here. Left out, it counts as 500.
                每页返回的最大记录数；超过最大值时服务端取默认值，因此此处视为错误
            timeout: Of each call: seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/93338
        """
        fields: dict[str, Any] = {
            "msgid": msgid,
            "userid": userid,
            "limit": limit,
        }
        return self._rows(GET_GROUPMSG_SEND_RESULT, wire.given(fields), CallOptions(timeout=timeout))

    @overload
    async def remind_groupmsg_send(
        self,
        body: RemindGroupmsgSendRequest | Mapping[str, Any],
        /,
        *,
        key: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> RemindGroupmsgSendResponse: ...

    @overload
    async def remind_groupmsg_send(
        self,
        /,
        *,
        msgid: str,
        key: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> RemindGroupmsgSendResponse: ...

    async def remind_groupmsg_send(
        self,
        body: RemindGroupmsgSendRequest | Mapping[str, Any] | Unset = UNSET,
        /,
        *,
        msgid: str | Unset = UNSET,
        key: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> RemindGroupmsgSendResponse:
        """Ask the members again
        提醒成员群发

        Asks the members who have not confirmed yet again. At most three times in 24 hours for one task.
        提醒未发送的成员，同一群发任务 24 小时内最多三次。

        Args:
            body: The whole body as a model or a plain mapping, instead of the fields.
            msgid: Id of the task.
                群发消息的 id
            key: Names this call in the client's journal: another one with the same key is not sent, but gets this one's outcome.
                Left out, one is derived from what is sent.
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/97610
        """
        fields: dict[str, Any] = {
            "msgid": msgid,
        }
        return await self._call(
            REMIND_GROUPMSG_SEND,
            request_body(REMIND_GROUPMSG_SEND, body, fields),
            wire.flags(),
            CallOptions(timeout=timeout, key=key),
        )

    @overload
    async def cancel_groupmsg_send(
        self,
        body: CancelGroupmsgSendRequest | Mapping[str, Any],
        /,
        *,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> CancelGroupmsgSendResponse: ...

    @overload
    async def cancel_groupmsg_send(
        self,
        /,
        *,
        msgid: str,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> CancelGroupmsgSendResponse: ...

    async def cancel_groupmsg_send(
        self,
        body: CancelGroupmsgSendRequest | Mapping[str, Any] | Unset = UNSET,
        /,
        *,
        msgid: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> CancelGroupmsgSendResponse:
        """Stop what is not sent yet
        停止企业群发

        Stops members who have not sent yet. What is sent stays sent. The calls about the task answer 41093
        from then on.
        停止尚未发送的成员，已发送的消息不会撤回。此后查询返回 41093。

        Args:
            body: The whole body as a model or a plain mapping, instead of the fields.
            msgid: Id of the task.
                群发消息的 id
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/97611
        """
        fields: dict[str, Any] = {
            "msgid": msgid,
        }
        return await self._call(
            CANCEL_GROUPMSG_SEND,
            request_body(CANCEL_GROUPMSG_SEND, body, fields),
            wire.flags(),
            CallOptions(timeout=timeout),
        )

    @overload
    async def get_groupmsg_list_v2(
        self,
        body: GetGroupmsgListV2Request | Mapping[str, Any],
        /,
        *,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetGroupmsgListV2Response: ...

    @overload
    async def get_groupmsg_list_v2(
        self,
        /,
        *,
        chat_type: Literal["single", "group"] | Unset = UNSET,
        start_time: int | datetime,
        end_time: int | datetime,
        creator: str | Unset = UNSET,
        filter_type: Literal[0, 1, 2] | Unset = UNSET,
        limit: int | Unset = UNSET,
        cursor: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetGroupmsgListV2Response: ...

    async def get_groupmsg_list_v2(
        self,
        body: GetGroupmsgListV2Request | Mapping[str, Any] | Unset = UNSET,
        /,
        *,
        chat_type: Literal["single", "group"] | Unset = UNSET,
        start_time: int | datetime | Unset = UNSET,
        end_time: int | datetime | Unset = UNSET,
        creator: str | Unset = UNSET,
        filter_type: Literal[0, 1, 2] | Unset = UNSET,
        limit: int | Unset = UNSET,
        cursor: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetGroupmsgListV2Response:
        """List the tasks of a period
        获取群发记录列表

        The tasks that were created in a period, page by page. A cancelled one stays in the list, without a
        mark. A task that was created by a call of the API has no creator.
        分页获取一段时间内创建的群发记录。已停止的任务仍在列表中且无标记；通过接口创建的任务不返回 creator。

        Args:
            body: The whole body as a model or a plain mapping, instead of the fields.
            chat_type: single: messages to customers; group: to customer groups. Left out, it counts as single.
                群发任务的类型，single：发送给客户，group：发送给客户群
            start_time: Where the period begins, in seconds since 1970.
                群发任务记录开始时间，Unix 秒
                An aware datetime will do as well.
            end_time: Where the period ends, in seconds since 1970.
                群发任务记录结束时间，Unix 秒
                An aware datetime will do as well.
            creator: userid of the member who created the tasks.
                群发任务创建人企业账号 id
            filter_type: 0 created for the company, 1 by a member for himself, 2 both. Left out, it counts as 2.
                创建人类型：0-企业发表 1-个人发表 2-所有
            limit: How many rows a page has. Left out, it counts as 50.
                返回的最大记录数
            cursor: Where to go on: empty at first, then the next_cursor of the page before.
                用于分页查询的游标，由上一次调用返回，首次调用可不填
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/93338
        """
        fields: dict[str, Any] = {
            "chat_type": chat_type,
            "start_time": wire.unix_time(start_time, "start_time"),
            "end_time": wire.unix_time(end_time, "end_time"),
            "creator": creator,
            "filter_type": filter_type,
            "limit": limit,
            "cursor": cursor,
        }
        return await self._call(
            GET_GROUPMSG_LIST_V2,
            request_body(GET_GROUPMSG_LIST_V2, body, fields),
            wire.flags(),
            CallOptions(timeout=timeout),
        )

    def iter_groupmsg_list_v2(
        self,
        *,
        chat_type: Literal["single", "group"] | Unset = UNSET,
        start_time: int | datetime,
        end_time: int | datetime,
        creator: str | Unset = UNSET,
        filter_type: Literal[0, 1, 2] | Unset = UNSET,
        limit: int | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> AsyncIterator[GroupmsgRecord]:
        """List the tasks of a period: all pages, row by row.

        A page is asked for when its first row is wanted. A cursor that comes back is an error, so this ends.
        A period that is longer than one call may ask for is asked for in parts.

        Args:
            chat_type: single: messages to customers; group: to customer groups. Left out, it counts as single.
                群发任务的类型，single：发送给客户，group：发送给客户群
            start_time: Where the period begins, in seconds since 1970.
                群发任务记录开始时间，Unix 秒
                An aware datetime will do as well.
            end_time: Where the period ends, in seconds since 1970.
                群发任务记录结束时间，Unix 秒
                An aware datetime will do as well.
            creator: userid of the member who created the tasks.
                群发任务创建人企业账号 id
            filter_type: 0 created for the company, 1 by a member for himself, 2 both. Left out, it counts as 2.
                创建人类型：0-企业发表 1-个人发表 2-所有
            limit: How many rows a page has. Left out, it counts as 50.
                返回的最大记录数
            timeout: Of each call: seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/93338
        """
        fields: dict[str, Any] = {
            "chat_type": chat_type,
            "start_time": wire.unix_time(start_time, "start_time"),
            "end_time": wire.unix_time(end_time, "end_time"),
            "creator": creator,
            "filter_type": filter_type,
            "limit": limit,
        }
        return self._rows(GET_GROUPMSG_LIST_V2, wire.given(fields), CallOptions(timeout=timeout))

    async def gettoken(
        self,
        *,
        corpid: str,
        corpsecret: str,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GettokenResponse:
        """Get an access token
        获取 access_token

        Gives the token of one app. While it is valid the same token comes back, and its time is not
        extended. WeCom may withdraw it early; then ask again. Keep it, and don't ask at every call:
        repeated wrong secrets ban the address for an hour.
        获取某个应用的凭证。有效期内重复获取返回相同结果；企业微信可能提前使其失效，此时应重新获取。请缓存，勿频繁调用。

        Args:
            corpid: Id of the corp.
                企业 ID
            corpsecret: Secret of the app. Keep it out of logs.
                应用的凭证密钥
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/91039
        """
        fields: dict[str, Any] = {
            "corpid": corpid,
            "corpsecret": corpsecret,
        }
        return await self._call(
            GETTOKEN,
            wire.given(fields),
            wire.flags(),
            CallOptions(timeout=timeout),
        )

    @overload
    async def get_suite_token(
        self,
        body: GetSuiteTokenRequest | Mapping[str, Any],
        /,
        *,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetSuiteTokenResponse: ...

    @overload
    async def get_suite_token(
        self,
        /,
        *,
        suite_id: str,
        suite_secret: str,
        suite_ticket: str,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetSuiteTokenResponse: ...

    async def get_suite_token(
        self,
        body: GetSuiteTokenRequest | Mapping[str, Any] | Unset = UNSET,
        /,
        *,
        suite_id: str | Unset = UNSET,
        suite_secret: str | Unset = UNSET,
        suite_ticket: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetSuiteTokenResponse:
        """Get the token of a suite
        获取第三方应用凭证

        Gives the token of a third-party app (a suite), with which it asks for the tokens of the corps that
        have authorised it. It takes the suite_ticket that WeCom pushed last to the suite's callback
        address, about every ten minutes; a ticket is good for half an hour, and can't be asked for. A
        success may come without an errcode.
        获取第三方应用（suite）的凭证，用以获取已授权企业的凭证。需使用企业微信最近一次推送的 suite_ticket（约每十分钟推送一次，有效期 30 分钟，无法主动获取）。调用成功时可能不返回
        errcode。

        Args:
            body: The whole body as a model or a plain mapping, instead of the fields.
            suite_id: Id of the suite.
                第三方应用 id（suite_id）
            suite_secret: Secret of the suite. Keep it out of logs.
                第三方应用的 secret
            suite_ticket: The ticket that WeCom pushed last. Keep it out of logs.
                企业微信最近一次推送的 ticket
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/90600
        """
        fields: dict[str, Any] = {
            "suite_id": suite_id,
            "suite_secret": suite_secret,
            "suite_ticket": suite_ticket,
        }
        return await self._call(
            GET_SUITE_TOKEN,
            request_body(GET_SUITE_TOKEN, body, fields),
            wire.flags(),
            CallOptions(timeout=timeout),
        )

    @overload
    async def get_corp_token(
        self,
        body: GetCorpTokenRequest | Mapping[str, Any],
        /,
        *,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetCorpTokenResponse: ...

    @overload
    async def get_corp_token(
        self,
        /,
        *,
        auth_corpid: str,
        permanent_code: str,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetCorpTokenResponse: ...

    async def get_corp_token(
        self,
        body: GetCorpTokenRequest | Mapping[str, Any] | Unset = UNSET,
        /,
        *,
        auth_corpid: str | Unset = UNSET,
        permanent_code: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetCorpTokenResponse:
        """Get the token of a corp that has authorised the suite
        获取企业凭证

        Gives the access token of a third-party app within one corp that has authorised it. From there on it
        is used as the token of an app of the corp's own. An app developed on a corp's behalf doesn't come
        here: it calls gettoken with its permanent code as the corpsecret. A success may come without an
        errcode.
        获取第三方应用在某个授权企业内的 access_token，之后与企业自建应用的凭证用法相同。代开发应用不使用本接口，而是以永久授权码作为 corpsecret 调用
        gettoken。调用成功时可能不返回 errcode。

        Args:
            body: The whole body as a model or a plain mapping, instead of the fields.
            auth_corpid: Id of the corp that authorised the suite.
                授权方 corpid
            permanent_code: The permanent code of that authorisation. Keep it out of logs.
                永久授权码
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/90605
        """
        fields: dict[str, Any] = {
            "auth_corpid": auth_corpid,
            "permanent_code": permanent_code,
        }
        return await self._call(
            GET_CORP_TOKEN,
            request_body(GET_CORP_TOKEN, body, fields),
            wire.flags(),
            CallOptions(timeout=timeout),
        )

    async def externalcontact_list(
        self,
        *,
        userid: str,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> ExternalcontactListResponse:
        """List the customers of a member
        获取客户列表

        The ids of all customers of one member, in one answer. Where the member has none the answer is a
        refusal with 84061 and an empty list: take it as data.
        获取指定成员添加的全部客户，不分页。成员没有客户时返回 84061 和空列表，应视为数据而非故障。

        Args:
            userid: userid of the member whose customers are asked for.
                企业成员的 userid
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/92113
        """
        fields: dict[str, Any] = {
            "userid": userid,
        }
        return await self._call(
            EXTERNALCONTACT_LIST,
            wire.given(fields),
            wire.flags(),
            CallOptions(timeout=timeout),
        )

    @overload
    async def batch_get_by_user(
        self,
        body: BatchGetByUserRequest | Mapping[str, Any],
        /,
        *,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> BatchGetByUserResponse: ...

    @overload
    async def batch_get_by_user(
        self,
        /,
        *,
        userid_list: Sequence[str],
        limit: int | Unset = UNSET,
        cursor: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> BatchGetByUserResponse: ...

    async def batch_get_by_user(
        self,
        body: BatchGetByUserRequest | Mapping[str, Any] | Unset = UNSET,
        /,
        *,
        userid_list: Sequence[str] | Unset = UNSET,
        limit: int | Unset = UNSET,
        cursor: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> BatchGetByUserResponse:
        """List the customers of several members, with names and tags
        批量获取客户详情

        One row for each member and customer, so a customer of two of the members comes twice. For an app of
        a third party, members without a licence are named in fail_info; where none of them has one the
        answer is 701008.
        按“成员与客户”逐条返回，同一客户由多名成员添加时会出现多次。第三方应用调用时，无互通许可的成员列于 fail_info；全部无许可时返回 701008。

        Args:
            body: The whole body as a model or a plain mapping, instead of the fields.
            userid_list: userids of the members whose customers are asked for.
                企业成员的 userid 列表
            limit: How many rows a page has. The server takes the maximum where more is asked for, so more is an
                error here. Left out, it counts as 50.
                每页返回的最大记录数；超过最大值时服务端取最大值，因此此处视为错误
            cursor: Where to go on: empty at first, then the next_cursor of the page before.
                用于分页查询的游标，由上一次调用返回，首次调用可不填
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/92994
        """
        fields: dict[str, Any] = {
            "userid_list": wire.listed(userid_list),
            "limit": limit,
            "cursor": cursor,
        }
        return await self._call(
            BATCH_GET_BY_USER,
            request_body(BATCH_GET_BY_USER, body, fields),
            wire.flags(),
            CallOptions(timeout=timeout),
        )

    def iter_batch_get_by_user(
        self,
        *,
        userid_list: Sequence[str],
        limit: int | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> AsyncIterator[FollowedContact]:
        """List the customers of several members, with names and tags: all pages, row by row.

        A page is asked for when its first row is wanted. A cursor that comes back is an error, so this ends.

        Args:
            userid_list: userids of the members whose customers are asked for.
                企业成员的 userid 列表
            limit: How many rows a page has. The server takes the maximum where more is asked for, so more is an
                error here. Left out, it counts as 50.
                每页返回的最大记录数；超过最大值时服务端取最大值，因此此处视为错误
            timeout: Of each call: seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/92994
        """
        fields: dict[str, Any] = {
            "userid_list": wire.listed(userid_list),
            "limit": limit,
        }
        return self._rows(BATCH_GET_BY_USER, wire.given(fields), CallOptions(timeout=timeout))

    @overload
    async def groupchat_list(
        self,
        body: GroupchatListRequest | Mapping[str, Any],
        /,
        *,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GroupchatListResponse: ...

    @overload
    async def groupchat_list(
        self,
        /,
        *,
        status_filter: Literal[0, 1, 2, 3] | Unset = UNSET,
        owner_filter: GroupchatOwnerFilter | Mapping[str, Any] | Unset = UNSET,
        limit: int,
        cursor: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GroupchatListResponse: ...

    async def groupchat_list(
        self,
        body: GroupchatListRequest | Mapping[str, Any] | Unset = UNSET,
        /,
        *,
        status_filter: Literal[0, 1, 2, 3] | Unset = UNSET,
        owner_filter: GroupchatOwnerFilter | Mapping[str, Any] | Unset = UNSET,
        limit: int | Unset = UNSET,
        cursor: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GroupchatListResponse:
        """List the customer groups
        获取客户群列表

        The ids of customer groups, in pages. Groups whose owner the app doesn't see are missing without a
        word, so a short list is no proof that there are no more.
        分页获取客户群 id。群主不在应用可见范围内的群不会返回，也没有任何提示，因此列表不全不代表没有其他群。

        Args:
            body: The whole body as a model or a plain mapping, instead of the fields.
            status_filter: Which groups: 0 all, 1 those whose owner has left, 2 those that are being handed over, 3 those
                that were handed over. Left out, it counts as 0.
                客户群跟进状态过滤：0-所有列表 1-离职待继承 2-离职继承中 3-离职继承完成
            owner_filter: Whose groups. Without it the groups of every owner whom the app sees are listed; where the app
                sees more than a thousand members that is refused with 81017. One copy of the page says that
                groups of an owner who has left come only where the owner is named.
                群主过滤。不填时返回应用可见范围内全部群主的群；可见范围超过 1000 人时返回 81017。有资料称，群主离职时必须指定群主才能获取。
            limit: How many rows a page has.
                每页预期返回的记录数
            cursor: Where to go on: empty at first, then the next_cursor of the page before.
                用于分页查询的游标，由上一次调用返回，首次调用可不填
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/92120
        """
        fields: dict[str, Any] = {
            "status_filter": status_filter,
            "owner_filter": wire.plain(owner_filter),
            "limit": limit,
            "cursor": cursor,
        }
        return await self._call(
            GROUPCHAT_LIST,
            request_body(GROUPCHAT_LIST, body, fields),
            wire.flags(),
            CallOptions(timeout=timeout),
        )

    def iter_groupchat_list(
        self,
        *,
        status_filter: Literal[0, 1, 2, 3] | Unset = UNSET,
        owner_filter: GroupchatOwnerFilter | Mapping[str, Any] | Unset = UNSET,
        limit: int,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> AsyncIterator[GroupChatRow]:
        """List the customer groups: all pages, row by row.

        A page is asked for when its first row is wanted. A cursor that comes back is an error, so this ends.

        Args:
            status_filter: Which groups: 0 all, 1 those whose owner has left, 2 those that are being handed over, 3 those
                that were handed over. Left out, it counts as 0.
                客户群跟进状态过滤：0-所有列表 1-离职待继承 2-离职继承中 3-离职继承完成
            owner_filter: Whose groups. Without it the groups of every owner whom the app sees are listed; where the app
                sees more than a thousand members that is refused with 81017. One copy of the page says that
                groups of an owner who has left come only where the owner is named.
                群主过滤。不填时返回应用可见范围内全部群主的群；可见范围超过 1000 人时返回 81017。有资料称，群主离职时必须指定群主才能获取。
            limit: How many rows a page has.
                每页预期返回的记录数
            timeout: Of each call: seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/92120
        """
        fields: dict[str, Any] = {
            "status_filter": status_filter,
            "owner_filter": wire.plain(owner_filter),
            "limit": limit,
        }
        return self._rows(GROUPCHAT_LIST, wire.given(fields), CallOptions(timeout=timeout))

    @overload
    async def get_corp_tag_list(
        self,
        body: GetCorpTagListRequest | Mapping[str, Any],
        /,
        *,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetCorpTagListResponse: ...

    @overload
    async def get_corp_tag_list(
        self,
        /,
        *,
        tag_id: Sequence[str] | Unset = UNSET,
        group_id: Sequence[str] | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetCorpTagListResponse: ...

    async def get_corp_tag_list(
        self,
        body: GetCorpTagListRequest | Mapping[str, Any] | Unset = UNSET,
        /,
        *,
        tag_id: Sequence[str] | Unset = UNSET,
        group_id: Sequence[str] | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetCorpTagListResponse:
        """List the tags of customers
        获取企业标签库

        The tags of the company by group, all of them or those that are asked for, in one answer. A tag that
        was deleted comes only where it or its group is asked for.
        按标签组获取企业客户标签，不分页。tag_id 与 group_id 均为空时返回所有标签；已删除的标签仅在按 id 查询时返回。

        Args:
            body: The whole body as a model or a plain mapping, instead of the fields.
            tag_id: Ids of the tags that are asked for; ignored beside group_id.
                要查询的标签 id；同时填写 group_id 时忽略
            group_id: Ids of the groups of tags that are asked for, with all tags in them.
                要查询的标签组 id，返回该标签组及其下的所有标签
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/92117
        """
        fields: dict[str, Any] = {
            "tag_id": wire.listed(tag_id),
            "group_id": wire.listed(group_id),
        }
        return await self._call(
            GET_CORP_TAG_LIST,
            request_body(GET_CORP_TAG_LIST, body, fields),
            wire.flags(),
            CallOptions(timeout=timeout),
        )

    @overload
    async def send_welcome_msg(
        self,
        body: SendWelcomeMsgRequest | Mapping[str, Any],
        /,
        *,
        key: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> SendWelcomeMsgResponse: ...

    @overload
    async def send_welcome_msg(
        self,
        /,
        *,
        welcome_code: str,
        text: Text | Mapping[str, Any] | str | Unset = UNSET,
        attachments: Sequence[
            ImageAttachment
            | LinkAttachment
            | MiniprogramAttachment
            | VideoAttachment
            | FileAttachment
            | Image
            | Link
            | Miniprogram
            | Video
            | File
            | UnknownVariant
            | Mapping[str, Any]
        ]
        | Unset = UNSET,
        key: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> SendWelcomeMsgResponse: ...

    async def send_welcome_msg(
        self,
        body: SendWelcomeMsgRequest | Mapping[str, Any] | Unset = UNSET,
        /,
        *,
        welcome_code: str | Unset = UNSET,
        text: Text | Mapping[str, Any] | str | Unset = UNSET,
        attachments: Sequence[
            ImageAttachment
            | LinkAttachment
            | MiniprogramAttachment
            | VideoAttachment
            | FileAttachment
            | Image
            | Link
            | Miniprogram
            | Video
            | File
            | UnknownVariant
            | Mapping[str, Any]
        ]
        | Unset = UNSET,
        key: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> SendWelcomeMsgResponse:
        """Greet a new customer
        发送新客户欢迎语

        Sends a message to a customer who has just been added, in the name of the member who added them. The
        event about the new customer carries the welcome_code; it is good for one call within 20 seconds.
        There is no code where the admin console has a welcome message of its own for the member. Answers
        41050 to a code that is wrong, late or used; 41051 where the two are talking already (don't repeat
        it), which is also what an app gets when another one was faster; 41096 while the message is being
        distributed.
        以添加客户事件中的 welcome_code 为凭据，向新添加的客户发送欢迎语。凭据 20 秒内有效，且只可使用一次；管理端已配置欢迎语时不会下发凭据。凭据无效、过期或已使用返回
        41050；已开始聊天或其他应用已抢先发送返回 41051，请勿重试；欢迎语正在分发返回 41096。

        Args:
            body: The whole body as a model or a plain mapping, instead of the fields.
            welcome_code: What the event about the new customer carries; good for one call within 20 seconds.
                通过添加外部联系人事件推送给企业的发送欢迎语的凭证，有效期为 20 秒
            text: The text of the message.
                文本消息
            attachments: What goes with the text, in this order. Each is a message of its own.
                附件列表，每个附件各为一条消息
            key: Names this call in the client's journal: another one with the same key is not sent, but gets this one's outcome.
                Left out, one is derived from what is sent.
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/92137
        """
        fields: dict[str, Any] = {
            "welcome_code": welcome_code,
            "text": wire.one_string(text, "content"),
            "attachments": wire.variants(attachments, "msgtype", _ATTACHMENTS_ITEM_PAYLOADS),
        }
        return await self._call(
            SEND_WELCOME_MSG,
            request_body(SEND_WELCOME_MSG, body, fields),
            wire.flags(),
            CallOptions(timeout=timeout, key=key),
        )

    @overload
    async def group_welcome_template_add(
        self,
        body: GroupWelcomeTemplateAddRequest | Mapping[str, Any],
        /,
        *,
        key: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GroupWelcomeTemplateAddResponse: ...

    @overload
    async def group_welcome_template_add(
        self,
        /,
        *,
        text: GroupWelcomeText | Mapping[str, Any] | str | Unset = UNSET,
        image: Image | Mapping[str, Any] | Unset = UNSET,
        link: Link | Mapping[str, Any] | Unset = UNSET,
        miniprogram: Miniprogram | Mapping[str, Any] | Unset = UNSET,
        file: File | Mapping[str, Any] | str | Unset = UNSET,
        video: Video | Mapping[str, Any] | str | Unset = UNSET,
        agentid: int | Unset = UNSET,
        notify: Literal[0, 1] | Unset = UNSET,
        key: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GroupWelcomeTemplateAddResponse: ...

    async def group_welcome_template_add(
        self,
        body: GroupWelcomeTemplateAddRequest | Mapping[str, Any] | Unset = UNSET,
        /,
        *,
        text: GroupWelcomeText | Mapping[str, Any] | str | Unset = UNSET,
        image: Image | Mapping[str, Any] | Unset = UNSET,
        link: Link | Mapping[str, Any] | Unset = UNSET,
        miniprogram: Miniprogram | Mapping[str, Any] | Unset = UNSET,
        file: File | Mapping[str, Any] | str | Unset = UNSET,
        video: Video | Mapping[str, Any] | str | Unset = UNSET,
        agentid: int | Unset = UNSET,
        notify: Literal[0, 1] | Unset = UNSET,
        key: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GroupWelcomeTemplateAddResponse:
        """Add a welcome message for customer groups
        添加入群欢迎语素材

        Adds a template to the corp's store of welcome messages for customer groups, which holds 100; 41055
        where it is full. Members of the corp are told of it, unless notify is 0. Who joins a group gets the
        text and, as a second message, the one object beside it. %NICKNAME% in the text stands for the
        customer's name.
        向企业的入群欢迎语素材库中添加素材，每个企业最多 100 个，已满返回 41055。text 与另一种消息可同时发送，以两条消息触达客户；text 中的 %NICKNAME% 会替换为客户昵称。

        Args:
            body: The whole body as a model or a plain mapping, instead of the fields.
            text: The text of a welcome message for customer groups.
                入群欢迎语的文本消息
            image: A picture, by its media_id or by its address.
                图片，media_id 与 pic_url 二选一，同时填写时使用 media_id
            link: A card that opens a web page.
                图文消息
            miniprogram: A card that opens a page of a mini-program.
                小程序消息
            file: A file.
                文件
            video: A video.
                视频
            agentid: Id of the app in the corp that uses it. Only old third-party suites of several apps need it.
                授权方安装的应用 agentid，仅旧的第三方多应用套件需要填此参数
            notify: Whether members are told to use the template in their groups. Left out, it counts as 1.
                是否通知成员将这条入群欢迎语应用到客户群中，0-不通知，1-通知，不填则通知
            key: Names this call in the client's journal: another one with the same key is not sent, but gets this one's outcome.
                Left out, one is derived from what is sent.
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/92366
        """
        fields: dict[str, Any] = {
            "text": wire.one_string(text, "content"),
            "image": wire.plain(image),
            "link": wire.plain(link),
            "miniprogram": wire.plain(miniprogram),
            "file": wire.one_string(file, "media_id"),
            "video": wire.one_string(video, "media_id"),
            "agentid": agentid,
            "notify": notify,
        }
        return await self._call(
            GROUP_WELCOME_TEMPLATE_ADD,
            request_body(GROUP_WELCOME_TEMPLATE_ADD, body, fields),
            wire.flags(),
            CallOptions(timeout=timeout, key=key),
        )

    @overload
    async def group_welcome_template_edit(
        self,
        body: GroupWelcomeTemplateEditRequest | Mapping[str, Any],
        /,
        *,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GroupWelcomeTemplateEditResponse: ...

    @overload
    async def group_welcome_template_edit(
        self,
        /,
        *,
        template_id: str,
        text: GroupWelcomeText | Mapping[str, Any] | str | Unset = UNSET,
        image: Image | Mapping[str, Any] | Unset = UNSET,
        link: Link | Mapping[str, Any] | Unset = UNSET,
        miniprogram: Miniprogram | Mapping[str, Any] | Unset = UNSET,
        file: File | Mapping[str, Any] | str | Unset = UNSET,
        video: Video | Mapping[str, Any] | str | Unset = UNSET,
        agentid: int | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GroupWelcomeTemplateEditResponse: ...

    async def group_welcome_template_edit(
        self,
        body: GroupWelcomeTemplateEditRequest | Mapping[str, Any] | Unset = UNSET,
        /,
        *,
        template_id: str | Unset = UNSET,
        text: GroupWelcomeText | Mapping[str, Any] | str | Unset = UNSET,
        image: Image | Mapping[str, Any] | Unset = UNSET,
        link: Link | Mapping[str, Any] | Unset = UNSET,
        miniprogram: Miniprogram | Mapping[str, Any] | Unset = UNSET,
        file: File | Mapping[str, Any] | str | Unset = UNSET,
        video: Video | Mapping[str, Any] | str | Unset = UNSET,
        agentid: int | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GroupWelcomeTemplateEditResponse:
        """Edit a welcome message for customer groups
        编辑入群欢迎语素材

        Gives a template another content. Only the app that made it can; another one gets 41058. 40037 where
        there is no such template.
        编辑入群欢迎语素材，仅可编辑本应用创建的素材，否则返回 41058；素材不存在返回 40037。

        Args:
            body: The whole body as a model or a plain mapping, instead of the fields.
            template_id: Id of the template.
                群欢迎语的素材 id
            text: The text of a welcome message for customer groups.
                入群欢迎语的文本消息
            image: A picture, by its media_id or by its address.
                图片，media_id 与 pic_url 二选一，同时填写时使用 media_id
            link: A card that opens a web page.
                图文消息
            miniprogram: A card that opens a page of a mini-program.
                小程序消息
            file: A file.
                文件
            video: A video.
                视频
            agentid: Id of the app in the corp that uses it. Only old third-party suites of several apps need it.
                授权方安装的应用 agentid，仅旧的第三方多应用套件需要填此参数
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/92366
        """
        fields: dict[str, Any] = {
            "template_id": template_id,
            "text": wire.one_string(text, "content"),
            "image": wire.plain(image),
            "link": wire.plain(link),
            "miniprogram": wire.plain(miniprogram),
            "file": wire.one_string(file, "media_id"),
            "video": wire.one_string(video, "media_id"),
            "agentid": agentid,
        }
        return await self._call(
            GROUP_WELCOME_TEMPLATE_EDIT,
            request_body(GROUP_WELCOME_TEMPLATE_EDIT, body, fields),
            wire.flags(),
            CallOptions(timeout=timeout),
        )

    @overload
    async def group_welcome_template_get(
        self,
        body: GroupWelcomeTemplateGetRequest | Mapping[str, Any],
        /,
        *,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GroupWelcomeTemplateGetResponse: ...

    @overload
    async def group_welcome_template_get(
        self,
        /,
        *,
        template_id: str,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GroupWelcomeTemplateGetResponse: ...

    async def group_welcome_template_get(
        self,
        body: GroupWelcomeTemplateGetRequest | Mapping[str, Any] | Unset = UNSET,
        /,
        *,
        template_id: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GroupWelcomeTemplateGetResponse:
        """Read a welcome message for customer groups
        获取入群欢迎语素材

        The content of a template. 40037 where there is no such template.
        获取入群欢迎语素材的内容，素材不存在返回 40037。

        Args:
            body: The whole body as a model or a plain mapping, instead of the fields.
            template_id: Id of the template.
                群欢迎语的素材 id
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/92366
        """
        fields: dict[str, Any] = {
            "template_id": template_id,
        }
        return await self._call(
            GROUP_WELCOME_TEMPLATE_GET,
            request_body(GROUP_WELCOME_TEMPLATE_GET, body, fields),
            wire.flags(),
            CallOptions(timeout=timeout),
        )

    @overload
    async def group_welcome_template_del(
        self,
        body: GroupWelcomeTemplateDelRequest | Mapping[str, Any],
        /,
        *,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GroupWelcomeTemplateDelResponse: ...

    @overload
    async def group_welcome_template_del(
        self,
        /,
        *,
        template_id: str,
        agentid: int | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GroupWelcomeTemplateDelResponse: ...

    async def group_welcome_template_del(
        self,
        body: GroupWelcomeTemplateDelRequest | Mapping[str, Any] | Unset = UNSET,
        /,
        *,
        template_id: str | Unset = UNSET,
        agentid: int | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GroupWelcomeTemplateDelResponse:
        """Delete a welcome message for customer groups
        删除入群欢迎语素材

        Deletes a template. Only the app that made it can. 40037 where there is no such template.
        删除入群欢迎语素材，仅可删除本应用创建的素材；素材不存在返回 40037。

        Args:
            body: The whole body as a model or a plain mapping, instead of the fields.
            template_id: Id of the template.
                群欢迎语的素材 id
            agentid: Id of the app in the corp that uses it. Only old third-party suites of several apps need it.
                授权方安装的应用 agentid，仅旧的第三方多应用套件需要填此参数
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/92366
        """
        fields: dict[str, Any] = {
            "template_id": template_id,
            "agentid": agentid,
        }
        return await self._call(
            GROUP_WELCOME_TEMPLATE_DEL,
            request_body(GROUP_WELCOME_TEMPLATE_DEL, body, fields),
            wire.flags(),
            CallOptions(timeout=timeout),
        )

    @overload
    async def add_moment_task(
        self,
        body: AddMomentTaskRequest | Mapping[str, Any],
        /,
        *,
        to_all: bool = False,
        key: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> AddMomentTaskResponse: ...

    @overload
    async def add_moment_task(
        self,
        /,
        *,
        text: MomentText | Mapping[str, Any] | str | Unset = UNSET,
        attachments: Sequence[
            MomentImageAttachment
            | MomentVideoAttachment
            | MomentLinkAttachment
            | MomentImage
            | MomentVideo
            | MomentLink
            | UnknownVariant
            | Mapping[str, Any]
        ]
        | Unset = UNSET,
        visible_range: MomentVisibleRange | Mapping[str, Any] | Unset = UNSET,
        to_all: bool = False,
        key: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> AddMomentTaskResponse: ...

    async def add_moment_task(
        self,
        body: AddMomentTaskRequest | Mapping[str, Any] | Unset = UNSET,
        /,
        *,
        text: MomentText | Mapping[str, Any] | str | Unset = UNSET,
        attachments: Sequence[
            MomentImageAttachment
            | MomentVideoAttachment
            | MomentLinkAttachment
            | MomentImage
            | MomentVideo
            | MomentLink
            | UnknownVariant
            | Mapping[str, Any]
        ]
        | Unset = UNSET,
        visible_range: MomentVisibleRange | Mapping[str, Any] | Unset = UNSET,
        to_all: bool = False,
        key: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> AddMomentTaskResponse:
        """Create a moment for members to publish
        创建客户朋友圈的发表任务

        Creates a task, and answers with the id of a job; get_moment_task_result then says what became of
        it. Nothing is published until a member confirms. sender_list says who is asked,
        external_contact_list which customers see it: without a tag every customer of those who publish
        does, and without visible_range every member in the visible range of the app is asked. Ten calls a
        minute and 100 000 a month for one corp. The call has no idempotency key.
        创建客户朋友圈的发表任务，返回异步任务的 jobid，创建结果由 get_moment_task_result 查询。成员确认后才会发表。sender_list
        指定执行者，external_contact_list 指定可见的客户；未指定标签时执行者的全部客户可见，未指定 visible_range 时执行者为应用可见范围内的所有成员。每个企业每分钟 10
        次、每月 10 万次。接口没有幂等键。

        Args:
            body: The whole body as a model or a plain mapping, instead of the fields.
            text: The text of the moment.
                文本消息
            attachments: What goes with the text: pictures, or one video, or one link.
                附件，最多 9 个图片，或 1 个视频，或 1 个链接，不可混用
            visible_range: Who is asked to publish, and which customers see it. Left out, or with nothing in it, it means
                every member and every customer.
                指定的发表范围；若未指定，则执行者为应用可见范围内所有成员，且其全部客户可见
            to_all: Confirms a call that would otherwise be held back (add_moment_task.audience.everyone).
            key: Names this call in the client's journal: another one with the same key is not sent, but gets this one's outcome.
                Left out, one is derived from what is sent.
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/95094
        """
        fields: dict[str, Any] = {
            "text": wire.one_string(text, "content"),
            "attachments": wire.variants(attachments, "msgtype", _ATTACHMENTS_ITEM_2_PAYLOADS),
            "visible_range": wire.plain(visible_range),
        }
        return await self._call(
            ADD_MOMENT_TASK,
            request_body(ADD_MOMENT_TASK, body, fields),
            wire.flags(
                to_all=to_all,
            ),
            CallOptions(timeout=timeout, key=key),
        )

    async def get_moment_task_result(
        self,
        *,
        jobid: str,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetMomentTaskResultResponse:
        """Read what became of a job
        获取朋友圈任务创建结果

        A moment is made by a job. Ask until status is 3; result then has the id of the moment and the
        members, departments and tags that were not taken. The id of a job is valid for 24 hours.
        任务的创建是异步的，status 为 3 时 result 有效，包含朋友圈 id 及不合法的执行者、部门和标签。jobid 24 小时内有效。

        Args:
            jobid: Id of the job, from add_moment_task.
                异步任务 id，由 add_moment_task 返回，最大长度为 64 字节
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/95094
        """
        fields: dict[str, Any] = {
            "jobid": jobid,
        }
        return await self._call(
            GET_MOMENT_TASK_RESULT,
            wire.given(fields),
            wire.flags(),
            CallOptions(timeout=timeout),
        )

    @overload
    async def get_moment_list(
        self,
        body: GetMomentListRequest | Mapping[str, Any],
        /,
        *,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetMomentListResponse: ...

    @overload
    async def get_moment_list(
        self,
        /,
        *,
        start_time: int | datetime,
        end_time: int | datetime,
        creator: str | Unset = UNSET,
        filter_type: Literal[0, 1, 2] | Unset = UNSET,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetMomentListResponse: ...

    async def get_moment_list(
        self,
        body: GetMomentListRequest | Mapping[str, Any] | Unset = UNSET,
        /,
        *,
        start_time: int | datetime | Unset = UNSET,
        end_time: int | datetime | Unset = UNSET,
        creator: str | Unset = UNSET,
        filter_type: Literal[0, 1, 2] | Unset = UNSET,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetMomentListResponse:
        """List the moments of a period
        获取企业全部的发表列表

        The moments of the corp and of its members that were created between two times. One that was deleted
        is not listed.
        获取起止时间内企业和成员发表的朋友圈，已删除的不返回。

        Args:
            body: The whole body as a model or a plain mapping, instead of the fields.
            start_time: Where the period begins, in seconds since 1970.
                朋友圈记录开始时间，Unix 时间戳
                An aware datetime will do as well.
            end_time: Where the period ends, in seconds since 1970.
                朋友圈记录结束时间，Unix 时间戳
                An aware datetime will do as well.
            creator: userid of the member who made the moments; those of the corp have none.
                朋友圈创建人的 userid
            filter_type: 0 moments of the corp, 1 of members, 2 both. Left out, it counts as 2.
                朋友圈类型。0：企业发表 1：个人发表 2：所有
            cursor: Where to go on: empty at first, then the next_cursor of the page before.
                用于分页查询的游标，由上一次调用返回，首次调用可不填
            limit: How many rows a page has. The server takes the default where more than the maximum is asked for,
                so more is an error here. Left out, it counts as 20.
                每页返回的最大记录数；超过最大值时服务端取默认值，因此此处视为错误
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/93333
        """
        fields: dict[str, Any] = {
            "start_time": wire.unix_time(start_time, "start_time"),
            "end_time": wire.unix_time(end_time, "end_time"),
            "creator": creator,
            "filter_type": filter_type,
            "cursor": cursor,
            "limit": limit,
        }
        return await self._call(
            GET_MOMENT_LIST,
            request_body(GET_MOMENT_LIST, body, fields),
            wire.flags(),
            CallOptions(timeout=timeout),
        )

    def iter_moment_list(
        self,
        *,
        start_time: int | datetime,
        end_time: int | datetime,
        creator: str | Unset = UNSET,
        filter_type: Literal[0, 1, 2] | Unset = UNSET,
        limit: int | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> AsyncIterator[Moment]:
        """List the moments of a period: all pages, row by row.

        A page is asked for when its first row is wanted. A cursor that comes back is an error, so this ends.
        A period that is longer than one call may ask for is asked for in parts.

        Args:
            start_time: Where the period begins, in seconds since 1970.
                朋友圈记录开始时间，Unix 时间戳
                An aware datetime will do as well.
            end_time: Where the period ends, in seconds since 1970.
                朋友圈记录结束时间，Unix 时间戳
                An aware datetime will do as well.
            creator: userid of the member who made the moments; those of the corp have none.
                朋友圈创建人的 userid
            filter_type: 0 moments of the corp, 1 of members, 2 both. Left out, it counts as 2.
                朋友圈类型。0：企业发表 1：个人发表 2：所有
            limit: How many rows a page has. The server takes the default where more than the maximum is asked for,
                so more is an error here. Left out, it counts as 20.
                每页返回的最大记录数；超过最大值时服务端取默认值，因此此处视为错误
            timeout: Of each call: seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/93333
        """
        fields: dict[str, Any] = {
            "start_time": wire.unix_time(start_time, "start_time"),
            "end_time": wire.unix_time(end_time, "end_time"),
            "creator": creator,
            "filter_type": filter_type,
            "limit": limit,
        }
        return self._rows(GET_MOMENT_LIST, wire.given(fields), CallOptions(timeout=timeout))

    @overload
    async def get_moment_task(
        self,
        body: GetMomentTaskRequest | Mapping[str, Any],
        /,
        *,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetMomentTaskResponse: ...

    @overload
    async def get_moment_task(
        self,
        /,
        *,
        moment_id: str,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetMomentTaskResponse: ...

    async def get_moment_task(
        self,
        body: GetMomentTaskRequest | Mapping[str, Any] | Unset = UNSET,
        /,
        *,
        moment_id: str | Unset = UNSET,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetMomentTaskResponse:
        """List the members of a moment
        获取客户朋友圈企业发表的列表

        Who is asked to publish a moment of the corp, and who has. A moment that a member made alone has no
        such list.
        获取企业发表的朋友圈涉及的成员及其发表状态，仅支持企业发表的朋友圈。

        Args:
            body: The whole body as a model or a plain mapping, instead of the fields.
            moment_id: Id of the moment.
                朋友圈 id
            cursor: Where to go on: empty at first, then the next_cursor of the page before.
                用于分页查询的游标，由上一次调用返回，首次调用可不填
            limit: How many rows a page has. The server takes the default where more than the maximum is asked for,
                so more is an error here. Left out, it counts as 500.
                每页返回的最大记录数；超过最大值时服务端取默认值，因此此处视为错误
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/93333
        """
        fields: dict[str, Any] = {
            "moment_id": moment_id,
            "cursor": cursor,
            "limit": limit,
        }
        return await self._call(
            GET_MOMENT_TASK,
            request_body(GET_MOMENT_TASK, body, fields),
            wire.flags(),
            CallOptions(timeout=timeout),
        )

    def iter_moment_task(
        self,
        *,
        moment_id: str,
        limit: int | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> AsyncIterator[MomentTask]:
        """List the members of a moment: all pages, row by row.

        A page is asked for when its first row is wanted. A cursor that comes back is an error, so this ends.

        Args:
            moment_id: Id of the moment.
                朋友圈 id
            limit: How many rows a page has. The server takes the default where more than the maximum is asked for,
                so more is an error here. Left out, it counts as 500.
                每页返回的最大记录数；超过最大值时服务端取默认值，因此此处视为错误
            timeout: Of each call: seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/93333
        """
        fields: dict[str, Any] = {
            "moment_id": moment_id,
            "limit": limit,
        }
        return self._rows(GET_MOMENT_TASK, wire.given(fields), CallOptions(timeout=timeout))

    @overload
    async def get_moment_send_result(
        self,
        body: GetMomentSendResultRequest | Mapping[str, Any],
        /,
        *,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetMomentSendResultResponse: ...

    @overload
    async def get_moment_send_result(
        self,
        /,
        *,
        moment_id: str,
        userid: str,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetMomentSendResultResponse: ...

    async def get_moment_send_result(
        self,
        body: GetMomentSendResultRequest | Mapping[str, Any] | Unset = UNSET,
        /,
        *,
        moment_id: str | Unset = UNSET,
        userid: str | Unset = UNSET,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GetMomentSendResultResponse:
        """List the customers who can see a moment
        获取客户朋友圈发表后的可见客户列表

        The customers who can see what one member has published.
        获取某个成员发表后，可在微信朋友圈中看到该内容的客户列表。

        Args:
            body: The whole body as a model or a plain mapping, instead of the fields.
            moment_id: Id of the moment.
                朋友圈 id
            userid: userid of a member who has published it.
                企业发表成员 userid
            cursor: Where to go on: empty at first, then the next_cursor of the page before.
                用于分页查询的游标，由上一次调用返回，首次调用可不填
            limit: How many rows a page has. The server takes the default where more than the maximum is asked for,
                so more is an error here. Left out, it counts as 3000.
                每页返回的最大记录数；超过最大值时服务端取默认值，因此此处视为错误
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/93333
        """
        fields: dict[str, Any] = {
            "moment_id": moment_id,
            "userid": userid,
            "cursor": cursor,
            "limit": limit,
        }
        return await self._call(
            GET_MOMENT_SEND_RESULT,
            request_body(GET_MOMENT_SEND_RESULT, body, fields),
            wire.flags(),
            CallOptions(timeout=timeout),
        )

    def iter_moment_send_result(
        self,
        *,
        moment_id: str,
        userid: str,
        limit: int | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> AsyncIterator[MomentCustomer]:
        """List the customers who can see a moment: all pages, row by row.

        A page is asked for when its first row is wanted. A cursor that comes back is an error, so this ends.

        Args:
            moment_id: Id of the moment.
                朋友圈 id
            userid: userid of a member who has published it.
                企业发表成员 userid
            limit: How many rows a page has. The server takes the default where more than the maximum is asked for,
                so more is an error here. Left out, it counts as 3000.
                每页返回的最大记录数；超过最大值时服务端取默认值，因此此处视为错误
            timeout: Of each call: seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/93333
        """
        fields: dict[str, Any] = {
            "moment_id": moment_id,
            "userid": userid,
            "limit": limit,
        }
        return self._rows(GET_MOMENT_SEND_RESULT, wire.given(fields), CallOptions(timeout=timeout))

    @overload
    async def cancel_moment_task(
        self,
        body: CancelMomentTaskRequest | Mapping[str, Any],
        /,
        *,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> CancelMomentTaskResponse: ...

    @overload
    async def cancel_moment_task(
        self,
        /,
        *,
        moment_id: str,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> CancelMomentTaskResponse: ...

    async def cancel_moment_task(
        self,
        body: CancelMomentTaskRequest | Mapping[str, Any] | Unset = UNSET,
        /,
        *,
        moment_id: str | Unset = UNSET,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> CancelMomentTaskResponse:
        """Stop what is not published yet
        停止发表企业朋友圈

        Stops the members who have not published yet. What is published stays published.
        停止尚未发表的企业朋友圈任务，已发表的内容不会撤回。

        Args:
            body: The whole body as a model or a plain mapping, instead of the fields.
            moment_id: Id of the moment.
                朋友圈 id
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/97612
        """
        fields: dict[str, Any] = {
            "moment_id": moment_id,
        }
        return await self._call(
            CANCEL_MOMENT_TASK,
            request_body(CANCEL_MOMENT_TASK, body, fields),
            wire.flags(),
            CallOptions(timeout=timeout),
        )

    async def media_upload(
        self,
        *,
        type: Literal["file", "image", "video", "voice"],
        media: wire.FileSource,
        filename: str | None = None,
        content_type: str | None = None,
        progress: wire.Progress | None = None,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> MediaUploadResponse:
        """Upload a temporary file
        上传临时素材

        Gives a media_id that is valid for three days, for every app of the corp. Uploading the same file
        again makes another id and does no harm.
        上传得到 media_id，三天内有效，同一企业内所有应用可共用。重复上传只会得到新的 media_id。

        Args:
            type: What the file is to be used as.
                媒体文件类型，图片（image）、语音（voice）、视频（video）、普通文件（file）
            media: The file.
                媒体文件
            filename: The name that others are shown; left out, that of the path or of the file object.
            content_type: Left out, what goes with the name.
            progress: Called with the bytes of the file that have left, and with all of them.
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/90253
        """
        fields: dict[str, Any] = {
            "type": type,
            "media": wire.Upload(media, filename, content_type, progress),
        }
        return await self._call(
            MEDIA_UPLOAD,
            wire.given(fields),
            wire.flags(),
            CallOptions(timeout=timeout),
        )

    async def media_uploadimg(
        self,
        *,
        media: wire.FileSource,
        filename: str | None = None,
        content_type: str | None = None,
        progress: wire.Progress | None = None,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> MediaUploadimgResponse:
        """Upload a permanent image
        上传图片

        Gives an address that stays valid, for the image of an attachment (pic_url). A corp has 1000 a day
        and 3000 a month.
        上传图片得到永久有效的图片 URL，可用于附件的 pic_url。每个企业每天最多 1000 张，每月最多 3000 张。

        Args:
            media: The image.
                图片文件
            filename: The name that others are shown; left out, that of the path or of the file object.
            content_type: Left out, what goes with the name.
            progress: Called with the bytes of the file that have left, and with all of them.
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

        https://developer.work.weixin.qq.com/document/path/90256
        """
        fields: dict[str, Any] = {
            "media": wire.Upload(media, filename, content_type, progress),
        }
        return await self._call(
            MEDIA_UPLOADIMG,
            wire.given(fields),
            wire.flags(),
            CallOptions(timeout=timeout),
        )

# Written by `make regenerate`: change the contract or openapi/templates, not this file.
"""The table of all operations, and a method for each: blocking in ``SyncOperations``, async in ``AsyncOperations``.

The methods only put a call together. How it is checked and sent is up to ``_call`` of the class that inherits them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal, overload

from . import wire
from .types import UNSET, Unset
from .wire import CallOptions, Operation, ResponseT, request_body

if TYPE_CHECKING:
    import httpx

    from .models.add_msg_template_request import AddMsgTemplateRequest
    from .models.add_msg_template_response import AddMsgTemplateResponse
    from .models.cancel_groupmsg_send_request import CancelGroupmsgSendRequest
    from .models.cancel_groupmsg_send_response import CancelGroupmsgSendResponse
    from .models.file import File
    from .models.file_attachment import FileAttachment
    from .models.get_groupmsg_send_result_request import GetGroupmsgSendResultRequest
    from .models.get_groupmsg_send_result_response import GetGroupmsgSendResultResponse
    from .models.get_groupmsg_task_request import GetGroupmsgTaskRequest
    from .models.get_groupmsg_task_response import GetGroupmsgTaskResponse
    from .models.gettoken_response import GettokenResponse
    from .models.image import Image
    from .models.image_attachment import ImageAttachment
    from .models.link import Link
    from .models.link_attachment import LinkAttachment
    from .models.media_upload_response import MediaUploadResponse
    from .models.media_uploadimg_response import MediaUploadimgResponse
    from .models.miniprogram import Miniprogram
    from .models.miniprogram_attachment import MiniprogramAttachment
    from .models.remind_groupmsg_send_request import RemindGroupmsgSendRequest
    from .models.remind_groupmsg_send_response import RemindGroupmsgSendResponse
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
    GETTOKEN.id: GETTOKEN,
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

    @overload
    def add_msg_template(
        self,
        body: AddMsgTemplateRequest | Mapping[str, Any],
        /,
        *,
        to_all: bool = False,
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
            CallOptions(timeout=timeout),
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

    @overload
    def remind_groupmsg_send(
        self,
        body: RemindGroupmsgSendRequest | Mapping[str, Any],
        /,
        *,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> RemindGroupmsgSendResponse: ...

    @overload
    def remind_groupmsg_send(
        self,
        /,
        *,
        msgid: str,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> RemindGroupmsgSendResponse: ...

    def remind_groupmsg_send(
        self,
        body: RemindGroupmsgSendRequest | Mapping[str, Any] | Unset = UNSET,
        /,
        *,
        msgid: str | Unset = UNSET,
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
            CallOptions(timeout=timeout),
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

    @overload
    async def add_msg_template(
        self,
        body: AddMsgTemplateRequest | Mapping[str, Any],
        /,
        *,
        to_all: bool = False,
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
            CallOptions(timeout=timeout),
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

    @overload
    async def remind_groupmsg_send(
        self,
        body: RemindGroupmsgSendRequest | Mapping[str, Any],
        /,
        *,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> RemindGroupmsgSendResponse: ...

    @overload
    async def remind_groupmsg_send(
        self,
        /,
        *,
        msgid: str,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> RemindGroupmsgSendResponse: ...

    async def remind_groupmsg_send(
        self,
        body: RemindGroupmsgSendRequest | Mapping[str, Any] | Unset = UNSET,
        /,
        *,
        msgid: str | Unset = UNSET,
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
            CallOptions(timeout=timeout),
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

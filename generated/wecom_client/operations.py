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
    from .models.miniprogram import Miniprogram
    from .models.miniprogram_attachment import MiniprogramAttachment
    from .models.remind_groupmsg_send_request import RemindGroupmsgSendRequest
    from .models.remind_groupmsg_send_response import RemindGroupmsgSendResponse
    from .models.tag_filter import TagFilter
    from .models.text import Text
    from .models.unknown_variant import UnknownVariant
    from .models.video import Video
    from .models.video_attachment import VideoAttachment

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
    confirms=(),
    page="",
    summary="",
    request="",
    response="GettokenResponse",
)
ADD_MSG_TEMPLATE: Final[Operation[AddMsgTemplateResponse]] = Operation(
    id="add_msg_template",
    method="POST",
    path="/cgi-bin/externalcontact/add_msg_template",
    effect="write",
    auth="access_token",
    has_body=True,
    query=(),
    confirms=("to_all",),
    page="",
    summary="",
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
    confirms=(),
    page="",
    summary="",
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
    confirms=(),
    page="",
    summary="",
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
    confirms=(),
    page="",
    summary="",
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
    confirms=(),
    page="",
    summary="",
    request="CancelGroupmsgSendRequest",
    response="CancelGroupmsgSendResponse",
)

OPERATIONS: Final[Mapping[str, Operation[Any]]] = {
    GETTOKEN.id: GETTOKEN,
    ADD_MSG_TEMPLATE.id: ADD_MSG_TEMPLATE,
    GET_GROUPMSG_TASK.id: GET_GROUPMSG_TASK,
    GET_GROUPMSG_SEND_RESULT.id: GET_GROUPMSG_SEND_RESULT,
    REMIND_GROUPMSG_SEND.id: REMIND_GROUPMSG_SEND,
    CANCEL_GROUPMSG_SEND.id: CANCEL_GROUPMSG_SEND,
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

    def gettoken(
        self,
        *,
        corpid: str,
        corpsecret: str,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GettokenResponse:
        """gettoken

        Args:
            corpid: See the vendor's page.
            corpsecret: See the vendor's page.
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

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
        """add_msg_template

        Args:
            body: The whole body as a model or a plain mapping, instead of the fields.
            chat_type: Left out, it counts as single.
            external_userid: See the vendor's page.
            chat_id_list: See the vendor's page.
            tag_filter: See the vendor's page.
            sender: See the vendor's page.
            allow_select: Left out, it counts as false.
            text: See the vendor's page.
            attachments: See the vendor's page.
            to_all: Confirms a call that would otherwise be held back (audience.everyone-single).
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

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
        """get_groupmsg_task

        Args:
            body: The whole body as a model or a plain mapping, instead of the fields.
            msgid: See the vendor's page.
            limit: Left out, it counts as 500.
            cursor: See the vendor's page.
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

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
        """get_groupmsg_send_result

        Args:
            body: The whole body as a model or a plain mapping, instead of the fields.
            msgid: See the vendor's page.
            userid: See the vendor's page.
            limit: Left out, it counts as 500.
            cursor: See the vendor's page.
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

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
        """remind_groupmsg_send

        Args:
            body: The whole body as a model or a plain mapping, instead of the fields.
            msgid: See the vendor's page.
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

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
        """cancel_groupmsg_send

        Args:
            body: The whole body as a model or a plain mapping, instead of the fields.
            msgid: See the vendor's page.
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

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

    async def gettoken(
        self,
        *,
        corpid: str,
        corpsecret: str,
        timeout: float | httpx.Timeout | Unset | None = UNSET,
    ) -> GettokenResponse:
        """gettoken

        Args:
            corpid: See the vendor's page.
            corpsecret: See the vendor's page.
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

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
        """add_msg_template

        Args:
            body: The whole body as a model or a plain mapping, instead of the fields.
            chat_type: Left out, it counts as single.
            external_userid: See the vendor's page.
            chat_id_list: See the vendor's page.
            tag_filter: See the vendor's page.
            sender: See the vendor's page.
            allow_select: Left out, it counts as false.
            text: See the vendor's page.
            attachments: See the vendor's page.
            to_all: Confirms a call that would otherwise be held back (audience.everyone-single).
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

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
        """get_groupmsg_task

        Args:
            body: The whole body as a model or a plain mapping, instead of the fields.
            msgid: See the vendor's page.
            limit: Left out, it counts as 500.
            cursor: See the vendor's page.
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

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
        """get_groupmsg_send_result

        Args:
            body: The whole body as a model or a plain mapping, instead of the fields.
            msgid: See the vendor's page.
            userid: See the vendor's page.
            limit: Left out, it counts as 500.
            cursor: See the vendor's page.
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

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
        """remind_groupmsg_send

        Args:
            body: The whole body as a model or a plain mapping, instead of the fields.
            msgid: See the vendor's page.
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

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
        """cancel_groupmsg_send

        Args:
            body: The whole body as a model or a plain mapping, instead of the fields.
            msgid: See the vendor's page.
            timeout: Seconds, an ``httpx.Timeout``, or None for no limit; left out, that of the client.

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

# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from typing import Any

from ...client import AuthenticatedClient, asend, send
from ...errors import UnexpectedStatus
from ...models.remind_groupmsg_send_request import RemindGroupmsgSendRequest
from ...models.remind_groupmsg_send_response import RemindGroupmsgSendResponse
from ...types import Answer, Response
from ...wire import json_bytes, read_envelope


def _get_kwargs(
    *,
    body: RemindGroupmsgSendRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/cgi-bin/externalcontact/remind_groupmsg_send",
    }

    _kwargs["content"] = json_bytes(body.to_dict())

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(response: Answer) -> RemindGroupmsgSendResponse:
    if response.status_code == 200:
        response_200 = RemindGroupmsgSendResponse.from_dict(read_envelope(response.content))

        return response_200

    raise UnexpectedStatus(response.status_code, response.content)


def _build_response(response: Answer) -> Response[RemindGroupmsgSendResponse]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: RemindGroupmsgSendRequest,
) -> Response[RemindGroupmsgSendResponse]:
    """Ask the members again
    提醒成员群发

    Asks the members who have not confirmed yet again. At most three times in 24 hours for one task.
    提醒未发送的成员，同一群发任务 24 小时内最多三次。

    Args:
        body (RemindGroupmsgSendRequest): The arguments of remind_groupmsg_send.
            remind_groupmsg_send 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        Response[RemindGroupmsgSendResponse]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    return _build_response(send(client, kwargs, auth="access_token"))


def sync(
    *,
    client: AuthenticatedClient,
    body: RemindGroupmsgSendRequest,
) -> RemindGroupmsgSendResponse:
    """Ask the members again
    提醒成员群发

    Asks the members who have not confirmed yet again. At most three times in 24 hours for one task.
    提醒未发送的成员，同一群发任务 24 小时内最多三次。

    Args:
        body (RemindGroupmsgSendRequest): The arguments of remind_groupmsg_send.
            remind_groupmsg_send 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        RemindGroupmsgSendResponse
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: RemindGroupmsgSendRequest,
) -> Response[RemindGroupmsgSendResponse]:
    """Ask the members again
    提醒成员群发

    Asks the members who have not confirmed yet again. At most three times in 24 hours for one task.
    提醒未发送的成员，同一群发任务 24 小时内最多三次。

    Args:
        body (RemindGroupmsgSendRequest): The arguments of remind_groupmsg_send.
            remind_groupmsg_send 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        Response[RemindGroupmsgSendResponse]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    return _build_response(await asend(client, kwargs, auth="access_token"))


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: RemindGroupmsgSendRequest,
) -> RemindGroupmsgSendResponse:
    """Ask the members again
    提醒成员群发

    Asks the members who have not confirmed yet again. At most three times in 24 hours for one task.
    提醒未发送的成员，同一群发任务 24 小时内最多三次。

    Args:
        body (RemindGroupmsgSendRequest): The arguments of remind_groupmsg_send.
            remind_groupmsg_send 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        RemindGroupmsgSendResponse
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed

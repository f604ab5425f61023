# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from typing import Any

from ...client import AuthenticatedClient, asend, send
from ...errors import UnexpectedStatus
from ...models.cancel_groupmsg_send_request import CancelGroupmsgSendRequest
from ...models.cancel_groupmsg_send_response import CancelGroupmsgSendResponse
from ...types import Answer, Response
from ...wire import json_bytes, read_envelope


def _get_kwargs(
    *,
    body: CancelGroupmsgSendRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/cgi-bin/externalcontact/cancel_groupmsg_send",
    }

    _kwargs["content"] = json_bytes(body.to_dict())

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(response: Answer) -> CancelGroupmsgSendResponse:
    if response.status_code == 200:
        response_200 = CancelGroupmsgSendResponse.from_dict(read_envelope(response.content))

        return response_200

    raise UnexpectedStatus(response.status_code, response.content)


def _build_response(response: Answer) -> Response[CancelGroupmsgSendResponse]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: CancelGroupmsgSendRequest,
) -> Response[CancelGroupmsgSendResponse]:
    """Stop what is not sent yet
    停止企业群发

    Stops members who have not sent yet. What is sent stays sent. The calls about the task answer 41093
    from then on.
    停止尚未发送的成员，已发送的消息不会撤回。此后查询返回 41093。

    Args:
        body (CancelGroupmsgSendRequest): The arguments of cancel_groupmsg_send.
            cancel_groupmsg_send 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        Response[CancelGroupmsgSendResponse]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    return _build_response(send(client, kwargs, auth="access_token"))


def sync(
    *,
    client: AuthenticatedClient,
    body: CancelGroupmsgSendRequest,
) -> CancelGroupmsgSendResponse:
    """Stop what is not sent yet
    停止企业群发

    Stops members who have not sent yet. What is sent stays sent. The calls about the task answer 41093
    from then on.
    停止尚未发送的成员，已发送的消息不会撤回。此后查询返回 41093。

    Args:
        body (CancelGroupmsgSendRequest): The arguments of cancel_groupmsg_send.
            cancel_groupmsg_send 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        CancelGroupmsgSendResponse
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: CancelGroupmsgSendRequest,
) -> Response[CancelGroupmsgSendResponse]:
    """Stop what is not sent yet
    停止企业群发

    Stops members who have not sent yet. What is sent stays sent. The calls about the task answer 41093
    from then on.
    停止尚未发送的成员，已发送的消息不会撤回。此后查询返回 41093。

    Args:
        body (CancelGroupmsgSendRequest): The arguments of cancel_groupmsg_send.
            cancel_groupmsg_send 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        Response[CancelGroupmsgSendResponse]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    return _build_response(await asend(client, kwargs, auth="access_token"))


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: CancelGroupmsgSendRequest,
) -> CancelGroupmsgSendResponse:
    """Stop what is not sent yet
    停止企业群发

    Stops members who have not sent yet. What is sent stays sent. The calls about the task answer 41093
    from then on.
    停止尚未发送的成员，已发送的消息不会撤回。此后查询返回 41093。

    Args:
        body (CancelGroupmsgSendRequest): The arguments of cancel_groupmsg_send.
            cancel_groupmsg_send 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        CancelGroupmsgSendResponse
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed

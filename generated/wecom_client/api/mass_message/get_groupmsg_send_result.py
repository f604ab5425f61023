# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from typing import Any

from ...client import AuthenticatedClient, asend, send
from ...errors import UnexpectedStatus
from ...models.get_groupmsg_send_result_request import GetGroupmsgSendResultRequest
from ...models.get_groupmsg_send_result_response import GetGroupmsgSendResultResponse
from ...types import Answer, Response
from ...wire import json_bytes, read_envelope


def _get_kwargs(
    *,
    body: GetGroupmsgSendResultRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/cgi-bin/externalcontact/get_groupmsg_send_result",
    }

    _kwargs["content"] = json_bytes(body.to_dict())

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(response: Answer) -> GetGroupmsgSendResultResponse:
    if response.status_code == 200:
        response_200 = GetGroupmsgSendResultResponse.from_dict(read_envelope(response.content))

        return response_200

    raise UnexpectedStatus(response.status_code, response.content)


def _build_response(response: Answer) -> Response[GetGroupmsgSendResultResponse]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: GetGroupmsgSendResultRequest,
) -> Response[GetGroupmsgSendResultResponse]:
    """List what became of each recipient
    获取企业群发成员执行结果

    What became of the recipients of one member.
    获取某个成员的群发执行结果。

    Args:
        body (GetGroupmsgSendResultRequest): The arguments of get_groupmsg_send_result.
            get_groupmsg_send_result 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        Response[GetGroupmsgSendResultResponse]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    return _build_response(send(client, kwargs, auth="access_token"))


def sync(
    *,
    client: AuthenticatedClient,
    body: GetGroupmsgSendResultRequest,
) -> GetGroupmsgSendResultResponse:
    """List what became of each recipient
    获取企业群发成员执行结果

    What became of the recipients of one member.
    获取某个成员的群发执行结果。

    Args:
        body (GetGroupmsgSendResultRequest): The arguments of get_groupmsg_send_result.
            get_groupmsg_send_result 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        GetGroupmsgSendResultResponse
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: GetGroupmsgSendResultRequest,
) -> Response[GetGroupmsgSendResultResponse]:
    """List what became of each recipient
    获取企业群发成员执行结果

    What became of the recipients of one member.
    获取某个成员的群发执行结果。

    Args:
        body (GetGroupmsgSendResultRequest): The arguments of get_groupmsg_send_result.
            get_groupmsg_send_result 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        Response[GetGroupmsgSendResultResponse]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    return _build_response(await asend(client, kwargs, auth="access_token"))


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: GetGroupmsgSendResultRequest,
) -> GetGroupmsgSendResultResponse:
    """List what became of each recipient
    获取企业群发成员执行结果

    What became of the recipients of one member.
    获取某个成员的群发执行结果。

    Args:
        body (GetGroupmsgSendResultRequest): The arguments of get_groupmsg_send_result.
            get_groupmsg_send_result 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        GetGroupmsgSendResultResponse
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed

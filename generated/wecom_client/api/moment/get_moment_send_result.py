# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from typing import Any

from ...client import AuthenticatedClient, asend, send
from ...errors import UnexpectedStatus
from ...models.get_moment_send_result_request import GetMomentSendResultRequest
from ...models.get_moment_send_result_response import GetMomentSendResultResponse
from ...types import Answer, Response
from ...wire import json_bytes, read_envelope


def _get_kwargs(
    *,
    body: GetMomentSendResultRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/cgi-bin/externalcontact/get_moment_send_result",
    }

    _kwargs["content"] = json_bytes(body.to_dict())

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(response: Answer) -> GetMomentSendResultResponse:
    if response.status_code == 200:
        response_200 = GetMomentSendResultResponse.from_dict(read_envelope(response.content))

        return response_200

    raise UnexpectedStatus(response.status_code, response.content)


def _build_response(response: Answer) -> Response[GetMomentSendResultResponse]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: GetMomentSendResultRequest,
) -> Response[GetMomentSendResultResponse]:
    """List the customers who can see a moment
    获取客户朋友圈发表后的可见客户列表

    The customers who can see what one member has published.
    获取某个成员发表后，可在微信朋友圈中看到该内容的客户列表。

    Args:
        body (GetMomentSendResultRequest): The arguments of get_moment_send_result.
            get_moment_send_result 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        Response[GetMomentSendResultResponse]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    return _build_response(send(client, kwargs, auth="access_token"))


def sync(
    *,
    client: AuthenticatedClient,
    body: GetMomentSendResultRequest,
) -> GetMomentSendResultResponse:
    """List the customers who can see a moment
    获取客户朋友圈发表后的可见客户列表

    The customers who can see what one member has published.
    获取某个成员发表后，可在微信朋友圈中看到该内容的客户列表。

    Args:
        body (GetMomentSendResultRequest): The arguments of get_moment_send_result.
            get_moment_send_result 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        GetMomentSendResultResponse
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: GetMomentSendResultRequest,
) -> Response[GetMomentSendResultResponse]:
    """List the customers who can see a moment
    获取客户朋友圈发表后的可见客户列表

    The customers who can see what one member has published.
    获取某个成员发表后，可在微信朋友圈中看到该内容的客户列表。

    Args:
        body (GetMomentSendResultRequest): The arguments of get_moment_send_result.
            get_moment_send_result 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        Response[GetMomentSendResultResponse]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    return _build_response(await asend(client, kwargs, auth="access_token"))


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: GetMomentSendResultRequest,
) -> GetMomentSendResultResponse:
    """List the customers who can see a moment
    获取客户朋友圈发表后的可见客户列表

    The customers who can see what one member has published.
    获取某个成员发表后，可在微信朋友圈中看到该内容的客户列表。

    Args:
        body (GetMomentSendResultRequest): The arguments of get_moment_send_result.
            get_moment_send_result 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        GetMomentSendResultResponse
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed

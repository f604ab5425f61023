# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from typing import Any

from ...client import AuthenticatedClient, asend, send
from ...errors import UnexpectedStatus
from ...models.get_moment_list_request import GetMomentListRequest
from ...models.get_moment_list_response import GetMomentListResponse
from ...types import Answer, Response
from ...wire import json_bytes, read_envelope


def _get_kwargs(
    *,
    body: GetMomentListRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/cgi-bin/externalcontact/get_moment_list",
    }

    _kwargs["content"] = json_bytes(body.to_dict())

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(response: Answer) -> GetMomentListResponse:
    if response.status_code == 200:
        response_200 = GetMomentListResponse.from_dict(read_envelope(response.content))

        return response_200

    raise UnexpectedStatus(response.status_code, response.content)


def _build_response(response: Answer) -> Response[GetMomentListResponse]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: GetMomentListRequest,
) -> Response[GetMomentListResponse]:
    """List the moments of a period
    获取企业全部的发表列表

    The moments of the corp and of its members that were created between two times. One that was deleted
    is not listed.
    获取起止时间内企业和成员发表的朋友圈，已删除的不返回。

    Args:
        body (GetMomentListRequest): The arguments of get_moment_list.
            get_moment_list 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        Response[GetMomentListResponse]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    return _build_response(send(client, kwargs, auth="access_token"))


def sync(
    *,
    client: AuthenticatedClient,
    body: GetMomentListRequest,
) -> GetMomentListResponse:
    """List the moments of a period
    获取企业全部的发表列表

    The moments of the corp and of its members that were created between two times. One that was deleted
    is not listed.
    获取起止时间内企业和成员发表的朋友圈，已删除的不返回。

    Args:
        body (GetMomentListRequest): The arguments of get_moment_list.
            get_moment_list 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        GetMomentListResponse
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: GetMomentListRequest,
) -> Response[GetMomentListResponse]:
    """List the moments of a period
    获取企业全部的发表列表

    The moments of the corp and of its members that were created between two times. One that was deleted
    is not listed.
    获取起止时间内企业和成员发表的朋友圈，已删除的不返回。

    Args:
        body (GetMomentListRequest): The arguments of get_moment_list.
            get_moment_list 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        Response[GetMomentListResponse]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    return _build_response(await asend(client, kwargs, auth="access_token"))


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: GetMomentListRequest,
) -> GetMomentListResponse:
    """List the moments of a period
    获取企业全部的发表列表

    The moments of the corp and of its members that were created between two times. One that was deleted
    is not listed.
    获取起止时间内企业和成员发表的朋友圈，已删除的不返回。

    Args:
        body (GetMomentListRequest): The arguments of get_moment_list.
            get_moment_list 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        GetMomentListResponse
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed

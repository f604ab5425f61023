# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from typing import Any

from ...client import AuthenticatedClient, asend, send
from ...errors import UnexpectedStatus
from ...models.groupchat_list_request import GroupchatListRequest
from ...models.groupchat_list_response import GroupchatListResponse
from ...types import Answer, Response
from ...wire import json_bytes, read_envelope


def _get_kwargs(
    *,
    body: GroupchatListRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/cgi-bin/externalcontact/groupchat/list",
    }

    _kwargs["content"] = json_bytes(body.to_dict())

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(response: Answer) -> GroupchatListResponse:
    if response.status_code == 200:
        response_200 = GroupchatListResponse.from_dict(read_envelope(response.content))

        return response_200

    raise UnexpectedStatus(response.status_code, response.content)


def _build_response(response: Answer) -> Response[GroupchatListResponse]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: GroupchatListRequest,
) -> Response[GroupchatListResponse]:
    """List the customer groups
    获取客户群列表

    The ids of customer groups, in pages. Groups whose owner the app doesn't see are missing without a
    word, so a short list is no proof that there are no more.
    分页获取客户群 id。群主不在应用可见范围内的群不会返回，也没有任何提示，因此列表不全不代表没有其他群。

    Args:
        body (GroupchatListRequest): The arguments of groupchat_list.
            groupchat_list 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        Response[GroupchatListResponse]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    return _build_response(send(client, kwargs, auth="access_token"))


def sync(
    *,
    client: AuthenticatedClient,
    body: GroupchatListRequest,
) -> GroupchatListResponse:
    """List the customer groups
    获取客户群列表

    The ids of customer groups, in pages. Groups whose owner the app doesn't see are missing without a
    word, so a short list is no proof that there are no more.
    分页获取客户群 id。群主不在应用可见范围内的群不会返回，也没有任何提示，因此列表不全不代表没有其他群。

    Args:
        body (GroupchatListRequest): The arguments of groupchat_list.
            groupchat_list 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        GroupchatListResponse
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: GroupchatListRequest,
) -> Response[GroupchatListResponse]:
    """List the customer groups
    获取客户群列表

    The ids of customer groups, in pages. Groups whose owner the app doesn't see are missing without a
    word, so a short list is no proof that there are no more.
    分页获取客户群 id。群主不在应用可见范围内的群不会返回，也没有任何提示，因此列表不全不代表没有其他群。

    Args:
        body (GroupchatListRequest): The arguments of groupchat_list.
            groupchat_list 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        Response[GroupchatListResponse]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    return _build_response(await asend(client, kwargs, auth="access_token"))


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: GroupchatListRequest,
) -> GroupchatListResponse:
    """List the customer groups
    获取客户群列表

    The ids of customer groups, in pages. Groups whose owner the app doesn't see are missing without a
    word, so a short list is no proof that there are no more.
    分页获取客户群 id。群主不在应用可见范围内的群不会返回，也没有任何提示，因此列表不全不代表没有其他群。

    Args:
        body (GroupchatListRequest): The arguments of groupchat_list.
            groupchat_list 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        GroupchatListResponse
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed

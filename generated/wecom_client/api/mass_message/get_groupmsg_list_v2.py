# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from typing import Any

from ...client import AuthenticatedClient, asend, send
from ...errors import UnexpectedStatus
from ...models.get_groupmsg_list_v2_request import GetGroupmsgListV2Request
from ...models.get_groupmsg_list_v2_response import GetGroupmsgListV2Response
from ...types import Answer, Response
from ...wire import json_bytes, read_envelope


def _get_kwargs(
    *,
    body: GetGroupmsgListV2Request,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/cgi-bin/externalcontact/get_groupmsg_list_v2",
    }

    _kwargs["content"] = json_bytes(body.to_dict())

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(response: Answer) -> GetGroupmsgListV2Response:
    if response.status_code == 200:
        response_200 = GetGroupmsgListV2Response.from_dict(read_envelope(response.content))

        return response_200

    raise UnexpectedStatus(response.status_code, response.content)


def _build_response(response: Answer) -> Response[GetGroupmsgListV2Response]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: GetGroupmsgListV2Request,
) -> Response[GetGroupmsgListV2Response]:
    """List the tasks of a period
    获取群发记录列表

    The tasks that were created in a period, page by page. A cancelled one stays in the list, without a
    mark. A task that was created by a call of the API has no creator.
    分页获取一段时间内创建的群发记录。已停止的任务仍在列表中且无标记；通过接口创建的任务不返回 creator。

    Args:
        body (GetGroupmsgListV2Request): The arguments of get_groupmsg_list_v2.
            get_groupmsg_list_v2 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        Response[GetGroupmsgListV2Response]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    return _build_response(send(client, kwargs, auth="access_token"))


def sync(
    *,
    client: AuthenticatedClient,
    body: GetGroupmsgListV2Request,
) -> GetGroupmsgListV2Response:
    """List the tasks of a period
    获取群发记录列表

    The tasks that were created in a period, page by page. A cancelled one stays in the list, without a
    mark. A task that was created by a call of the API has no creator.
    分页获取一段时间内创建的群发记录。已停止的任务仍在列表中且无标记；通过接口创建的任务不返回 creator。

    Args:
        body (GetGroupmsgListV2Request): The arguments of get_groupmsg_list_v2.
            get_groupmsg_list_v2 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        GetGroupmsgListV2Response
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: GetGroupmsgListV2Request,
) -> Response[GetGroupmsgListV2Response]:
    """List the tasks of a period
    获取群发记录列表

    The tasks that were created in a period, page by page. A cancelled one stays in the list, without a
    mark. A task that was created by a call of the API has no creator.
    分页获取一段时间内创建的群发记录。已停止的任务仍在列表中且无标记；通过接口创建的任务不返回 creator。

    Args:
        body (GetGroupmsgListV2Request): The arguments of get_groupmsg_list_v2.
            get_groupmsg_list_v2 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        Response[GetGroupmsgListV2Response]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    return _build_response(await asend(client, kwargs, auth="access_token"))


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: GetGroupmsgListV2Request,
) -> GetGroupmsgListV2Response:
    """List the tasks of a period
    获取群发记录列表

    The tasks that were created in a period, page by page. A cancelled one stays in the list, without a
    mark. A task that was created by a call of the API has no creator.
    分页获取一段时间内创建的群发记录。已停止的任务仍在列表中且无标记；通过接口创建的任务不返回 creator。

    Args:
        body (GetGroupmsgListV2Request): The arguments of get_groupmsg_list_v2.
            get_groupmsg_list_v2 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        GetGroupmsgListV2Response
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed

# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from typing import Any

from ...client import AuthenticatedClient, asend, send
from ...errors import UnexpectedStatus
from ...models.get_groupmsg_task_request import GetGroupmsgTaskRequest
from ...models.get_groupmsg_task_response import GetGroupmsgTaskResponse
from ...types import Answer, Response
from ...wire import json_bytes, read_envelope


def _get_kwargs(
    *,
    body: GetGroupmsgTaskRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/cgi-bin/externalcontact/get_groupmsg_task",
    }

    _kwargs["content"] = json_bytes(body.to_dict())

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(response: Answer) -> GetGroupmsgTaskResponse:
    if response.status_code == 200:
        response_200 = GetGroupmsgTaskResponse.from_dict(read_envelope(response.content))

        return response_200

    raise UnexpectedStatus(response.status_code, response.content)


def _build_response(response: Answer) -> Response[GetGroupmsgTaskResponse]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: GetGroupmsgTaskRequest,
) -> Response[GetGroupmsgTaskResponse]:
    """List the members of a task
    获取群发成员发送任务列表

    Who is asked to send, and who has confirmed. Right after creation it may answer 41063 or 41047; wait
    and ask again.
    获取群发任务涉及的成员及其确认状态。创建后立即查询可能返回 41063 或 41047，请稍后重试。

    Args:
        body (GetGroupmsgTaskRequest): The arguments of get_groupmsg_task.
            get_groupmsg_task 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        Response[GetGroupmsgTaskResponse]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    return _build_response(send(client, kwargs, auth="access_token"))


def sync(
    *,
    client: AuthenticatedClient,
    body: GetGroupmsgTaskRequest,
) -> GetGroupmsgTaskResponse:
    """List the members of a task
    获取群发成员发送任务列表

    Who is asked to send, and who has confirmed. Right after creation it may answer 41063 or 41047; wait
    and ask again.
    获取群发任务涉及的成员及其确认状态。创建后立即查询可能返回 41063 或 41047，请稍后重试。

    Args:
        body (GetGroupmsgTaskRequest): The arguments of get_groupmsg_task.
            get_groupmsg_task 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        GetGroupmsgTaskResponse
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: GetGroupmsgTaskRequest,
) -> Response[GetGroupmsgTaskResponse]:
    """List the members of a task
    获取群发成员发送任务列表

    Who is asked to send, and who has confirmed. Right after creation it may answer 41063 or 41047; wait
    and ask again.
    获取群发任务涉及的成员及其确认状态。创建后立即查询可能返回 41063 或 41047，请稍后重试。

    Args:
        body (GetGroupmsgTaskRequest): The arguments of get_groupmsg_task.
            get_groupmsg_task 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        Response[GetGroupmsgTaskResponse]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    return _build_response(await asend(client, kwargs, auth="access_token"))


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: GetGroupmsgTaskRequest,
) -> GetGroupmsgTaskResponse:
    """List the members of a task
    获取群发成员发送任务列表

    Who is asked to send, and who has confirmed. Right after creation it may answer 41063 or 41047; wait
    and ask again.
    获取群发任务涉及的成员及其确认状态。创建后立即查询可能返回 41063 或 41047，请稍后重试。

    Args:
        body (GetGroupmsgTaskRequest): The arguments of get_groupmsg_task.
            get_groupmsg_task 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        GetGroupmsgTaskResponse
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed

# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from typing import Any

from ...client import AuthenticatedClient, asend, send
from ...errors import UnexpectedStatus
from ...models.get_moment_task_request import GetMomentTaskRequest
from ...models.get_moment_task_response import GetMomentTaskResponse
from ...types import Answer, Response
from ...wire import json_bytes, read_envelope


def _get_kwargs(
    *,
    body: GetMomentTaskRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/cgi-bin/externalcontact/get_moment_task",
    }

    _kwargs["content"] = json_bytes(body.to_dict())

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(response: Answer) -> GetMomentTaskResponse:
    if response.status_code == 200:
        response_200 = GetMomentTaskResponse.from_dict(read_envelope(response.content))

        return response_200

    raise UnexpectedStatus(response.status_code, response.content)


def _build_response(response: Answer) -> Response[GetMomentTaskResponse]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: GetMomentTaskRequest,
) -> Response[GetMomentTaskResponse]:
    """List the members of a moment
    获取客户朋友圈企业发表的列表

    Who is asked to publish a moment of the corp, and who has. A moment that a member made alone has no
    such list.
    获取企业发表的朋友圈涉及的成员及其发表状态，仅支持企业发表的朋友圈。

    Args:
        body (GetMomentTaskRequest): The arguments of get_moment_task.
            get_moment_task 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        Response[GetMomentTaskResponse]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    return _build_response(send(client, kwargs, auth="access_token"))


def sync(
    *,
    client: AuthenticatedClient,
    body: GetMomentTaskRequest,
) -> GetMomentTaskResponse:
    """List the members of a moment
    获取客户朋友圈企业发表的列表

    Who is asked to publish a moment of the corp, and who has. A moment that a member made alone has no
    such list.
    获取企业发表的朋友圈涉及的成员及其发表状态，仅支持企业发表的朋友圈。

    Args:
        body (GetMomentTaskRequest): The arguments of get_moment_task.
            get_moment_task 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        GetMomentTaskResponse
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: GetMomentTaskRequest,
) -> Response[GetMomentTaskResponse]:
    """List the members of a moment
    获取客户朋友圈企业发表的列表

    Who is asked to publish a moment of the corp, and who has. A moment that a member made alone has no
    such list.
    获取企业发表的朋友圈涉及的成员及其发表状态，仅支持企业发表的朋友圈。

    Args:
        body (GetMomentTaskRequest): The arguments of get_moment_task.
            get_moment_task 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        Response[GetMomentTaskResponse]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    return _build_response(await asend(client, kwargs, auth="access_token"))


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: GetMomentTaskRequest,
) -> GetMomentTaskResponse:
    """List the members of a moment
    获取客户朋友圈企业发表的列表

    Who is asked to publish a moment of the corp, and who has. A moment that a member made alone has no
    such list.
    获取企业发表的朋友圈涉及的成员及其发表状态，仅支持企业发表的朋友圈。

    Args:
        body (GetMomentTaskRequest): The arguments of get_moment_task.
            get_moment_task 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        GetMomentTaskResponse
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed

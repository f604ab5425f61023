# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from typing import Any

from ...client import AuthenticatedClient, asend, send
from ...errors import UnexpectedStatus
from ...models.cancel_moment_task_request import CancelMomentTaskRequest
from ...models.cancel_moment_task_response import CancelMomentTaskResponse
from ...types import Answer, Response
from ...wire import json_bytes, read_envelope


def _get_kwargs(
    *,
    body: CancelMomentTaskRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/cgi-bin/externalcontact/cancel_moment_task",
    }

    _kwargs["content"] = json_bytes(body.to_dict())

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(response: Answer) -> CancelMomentTaskResponse:
    if response.status_code == 200:
        response_200 = CancelMomentTaskResponse.from_dict(read_envelope(response.content))

        return response_200

    raise UnexpectedStatus(response.status_code, response.content)


def _build_response(response: Answer) -> Response[CancelMomentTaskResponse]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: CancelMomentTaskRequest,
) -> Response[CancelMomentTaskResponse]:
    """Stop what is not published yet
    停止发表企业朋友圈

    Stops the members who have not published yet. What is published stays published.
    停止尚未发表的企业朋友圈任务，已发表的内容不会撤回。

    Args:
        body (CancelMomentTaskRequest): The arguments of cancel_moment_task.
            cancel_moment_task 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        Response[CancelMomentTaskResponse]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    return _build_response(send(client, kwargs, auth="access_token"))


def sync(
    *,
    client: AuthenticatedClient,
    body: CancelMomentTaskRequest,
) -> CancelMomentTaskResponse:
    """Stop what is not published yet
    停止发表企业朋友圈

    Stops the members who have not published yet. What is published stays published.
    停止尚未发表的企业朋友圈任务，已发表的内容不会撤回。

    Args:
        body (CancelMomentTaskRequest): The arguments of cancel_moment_task.
            cancel_moment_task 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        CancelMomentTaskResponse
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: CancelMomentTaskRequest,
) -> Response[CancelMomentTaskResponse]:
    """Stop what is not published yet
    停止发表企业朋友圈

    Stops the members who have not published yet. What is published stays published.
    停止尚未发表的企业朋友圈任务，已发表的内容不会撤回。

    Args:
        body (CancelMomentTaskRequest): The arguments of cancel_moment_task.
            cancel_moment_task 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        Response[CancelMomentTaskResponse]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    return _build_response(await asend(client, kwargs, auth="access_token"))


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: CancelMomentTaskRequest,
) -> CancelMomentTaskResponse:
    """Stop what is not published yet
    停止发表企业朋友圈

    Stops the members who have not published yet. What is published stays published.
    停止尚未发表的企业朋友圈任务，已发表的内容不会撤回。

    Args:
        body (CancelMomentTaskRequest): The arguments of cancel_moment_task.
            cancel_moment_task 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        CancelMomentTaskResponse
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed

# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from typing import Any

from ...client import AuthenticatedClient, asend, send
from ...errors import UnexpectedStatus
from ...models.add_moment_task_request import AddMomentTaskRequest
from ...models.add_moment_task_response import AddMomentTaskResponse
from ...types import Answer, Response
from ...wire import json_bytes, read_envelope


def _get_kwargs(
    *,
    body: AddMomentTaskRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/cgi-bin/externalcontact/add_moment_task",
    }

    _kwargs["content"] = json_bytes(body.to_dict())

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(response: Answer) -> AddMomentTaskResponse:
    if response.status_code == 200:
        response_200 = AddMomentTaskResponse.from_dict(read_envelope(response.content))

        return response_200

    raise UnexpectedStatus(response.status_code, response.content)


def _build_response(response: Answer) -> Response[AddMomentTaskResponse]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: AddMomentTaskRequest,
) -> Response[AddMomentTaskResponse]:
    """Create a moment for members to publish
    创建客户朋友圈的发表任务

    Creates a task, and answers with the id of a job; get_moment_task_result then says what became of
    it. Nothing is published until a member confirms. sender_list says who is asked,
    external_contact_list which customers see it: without a tag every customer of those who publish
    does, and without visible_range every member in the visible range of the app is asked. Ten calls a
    minute and 100 000 a month for one corp. The call has no idempotency key.
    创建客户朋友圈的发表任务，返回异步任务的 jobid，创建结果由 get_moment_task_result 查询。成员确认后才会发表。sender_list
    指定执行者，external_contact_list 指定可见的客户；未指定标签时执行者的全部客户可见，未指定 visible_range 时执行者为应用可见范围内的所有成员。每个企业每分钟 10
    次、每月 10 万次。接口没有幂等键。

    Args:
        body (AddMomentTaskRequest): What is to be published, by whom, and who sees it.
            创建客户朋友圈发表任务的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        Response[AddMomentTaskResponse]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    return _build_response(send(client, kwargs, auth="access_token"))


def sync(
    *,
    client: AuthenticatedClient,
    body: AddMomentTaskRequest,
) -> AddMomentTaskResponse:
    """Create a moment for members to publish
    创建客户朋友圈的发表任务

    Creates a task, and answers with the id of a job; get_moment_task_result then says what became of
    it. Nothing is published until a member confirms. sender_list says who is asked,
    external_contact_list which customers see it: without a tag every customer of those who publish
    does, and without visible_range every member in the visible range of the app is asked. Ten calls a
    minute and 100 000 a month for one corp. The call has no idempotency key.
    创建客户朋友圈的发表任务，返回异步任务的 jobid，创建结果由 get_moment_task_result 查询。成员确认后才会发表。sender_list
    指定执行者，external_contact_list 指定可见的客户；未指定标签时执行者的全部客户可见，未指定 visible_range 时执行者为应用可见范围内的所有成员。每个企业每分钟 10
    次、每月 10 万次。接口没有幂等键。

    Args:
        body (AddMomentTaskRequest): What is to be published, by whom, and who sees it.
            创建客户朋友圈发表任务的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        AddMomentTaskResponse
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: AddMomentTaskRequest,
) -> Response[AddMomentTaskResponse]:
    """Create a moment for members to publish
    创建客户朋友圈的发表任务

    Creates a task, and answers with the id of a job; get_moment_task_result then says what became of
    it. Nothing is published until a member confirms. sender_list says who is asked,
    external_contact_list which customers see it: without a tag every customer of those who publish
    does, and without visible_range every member in the visible range of the app is asked. Ten calls a
    minute and 100 000 a month for one corp. The call has no idempotency key.
    创建客户朋友圈的发表任务，返回异步任务的 jobid，创建结果由 get_moment_task_result 查询。成员确认后才会发表。sender_list
    指定执行者，external_contact_list 指定可见的客户；未指定标签时执行者的全部客户可见，未指定 visible_range 时执行者为应用可见范围内的所有成员。每个企业每分钟 10
    次、每月 10 万次。接口没有幂等键。

    Args:
        body (AddMomentTaskRequest): What is to be published, by whom, and who sees it.
            创建客户朋友圈发表任务的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        Response[AddMomentTaskResponse]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    return _build_response(await asend(client, kwargs, auth="access_token"))


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: AddMomentTaskRequest,
) -> AddMomentTaskResponse:
    """Create a moment for members to publish
    创建客户朋友圈的发表任务

    Creates a task, and answers with the id of a job; get_moment_task_result then says what became of
    it. Nothing is published until a member confirms. sender_list says who is asked,
    external_contact_list which customers see it: without a tag every customer of those who publish
    does, and without visible_range every member in the visible range of the app is asked. Ten calls a
    minute and 100 000 a month for one corp. The call has no idempotency key.
    创建客户朋友圈的发表任务，返回异步任务的 jobid，创建结果由 get_moment_task_result 查询。成员确认后才会发表。sender_list
    指定执行者，external_contact_list 指定可见的客户；未指定标签时执行者的全部客户可见，未指定 visible_range 时执行者为应用可见范围内的所有成员。每个企业每分钟 10
    次、每月 10 万次。接口没有幂等键。

    Args:
        body (AddMomentTaskRequest): What is to be published, by whom, and who sees it.
            创建客户朋友圈发表任务的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        AddMomentTaskResponse
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed

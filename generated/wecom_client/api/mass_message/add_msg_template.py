# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from typing import Any

from ...client import AuthenticatedClient, asend, send
from ...errors import UnexpectedStatus
from ...models.add_msg_template_request import AddMsgTemplateRequest
from ...models.add_msg_template_response import AddMsgTemplateResponse
from ...types import Answer, Response
from ...wire import json_bytes, read_envelope


def _get_kwargs(
    *,
    body: AddMsgTemplateRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/cgi-bin/externalcontact/add_msg_template",
    }

    _kwargs["content"] = json_bytes(body.to_dict())

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(response: Answer) -> AddMsgTemplateResponse:
    if response.status_code == 200:
        response_200 = AddMsgTemplateResponse.from_dict(read_envelope(response.content))

        return response_200

    raise UnexpectedStatus(response.status_code, response.content)


def _build_response(response: Answer) -> Response[AddMsgTemplateResponse]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: AddMsgTemplateRequest,
) -> Response[AddMsgTemplateResponse]:
    """Create a mass message task
    创建企业群发

    Creates a task. Nothing is sent until the member confirms it in the WeCom client (2.7.5 or newer);
    only the member who last talked to a customer is asked. The call has no idempotency key: the same
    request sent twice makes two tasks. fail_list names recipients that can't be sent to; the task
    exists all the same.
    创建群发任务。成员在企业微信客户端（2.7.5 及以上）确认后才会发送，且只推送给最后与客户聊天的成员。接口没有幂等键，重复提交会产生两个任务。fail_list 为无法发送的对象，任务依然创建成功。

    Args:
        body (AddMsgTemplateRequest): A message, and to whom a member is to send it.
            创建企业群发的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        Response[AddMsgTemplateResponse]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    return _build_response(send(client, kwargs, auth="access_token"))


def sync(
    *,
    client: AuthenticatedClient,
    body: AddMsgTemplateRequest,
) -> AddMsgTemplateResponse:
    """Create a mass message task
    创建企业群发

    Creates a task. Nothing is sent until the member confirms it in the WeCom client (2.7.5 or newer);
    only the member who last talked to a customer is asked. The call has no idempotency key: the same
    request sent twice makes two tasks. fail_list names recipients that can't be sent to; the task
    exists all the same.
    创建群发任务。成员在企业微信客户端（2.7.5 及以上）确认后才会发送，且只推送给最后与客户聊天的成员。接口没有幂等键，重复提交会产生两个任务。fail_list 为无法发送的对象，任务依然创建成功。

    Args:
        body (AddMsgTemplateRequest): A message, and to whom a member is to send it.
            创建企业群发的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        AddMsgTemplateResponse
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: AddMsgTemplateRequest,
) -> Response[AddMsgTemplateResponse]:
    """Create a mass message task
    创建企业群发

    Creates a task. Nothing is sent until the member confirms it in the WeCom client (2.7.5 or newer);
    only the member who last talked to a customer is asked. The call has no idempotency key: the same
    request sent twice makes two tasks. fail_list names recipients that can't be sent to; the task
    exists all the same.
    创建群发任务。成员在企业微信客户端（2.7.5 及以上）确认后才会发送，且只推送给最后与客户聊天的成员。接口没有幂等键，重复提交会产生两个任务。fail_list 为无法发送的对象，任务依然创建成功。

    Args:
        body (AddMsgTemplateRequest): A message, and to whom a member is to send it.
            创建企业群发的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        Response[AddMsgTemplateResponse]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    return _build_response(await asend(client, kwargs, auth="access_token"))


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: AddMsgTemplateRequest,
) -> AddMsgTemplateResponse:
    """Create a mass message task
    创建企业群发

    Creates a task. Nothing is sent until the member confirms it in the WeCom client (2.7.5 or newer);
    only the member who last talked to a customer is asked. The call has no idempotency key: the same
    request sent twice makes two tasks. fail_list names recipients that can't be sent to; the task
    exists all the same.
    创建群发任务。成员在企业微信客户端（2.7.5 及以上）确认后才会发送，且只推送给最后与客户聊天的成员。接口没有幂等键，重复提交会产生两个任务。fail_list 为无法发送的对象，任务依然创建成功。

    Args:
        body (AddMsgTemplateRequest): A message, and to whom a member is to send it.
            创建企业群发的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        AddMsgTemplateResponse
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed

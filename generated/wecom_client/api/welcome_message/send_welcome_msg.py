# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from typing import Any

from ...client import AuthenticatedClient, asend, send
from ...errors import UnexpectedStatus
from ...models.send_welcome_msg_request import SendWelcomeMsgRequest
from ...models.send_welcome_msg_response import SendWelcomeMsgResponse
from ...types import Answer, Response
from ...wire import json_bytes, read_envelope


def _get_kwargs(
    *,
    body: SendWelcomeMsgRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/cgi-bin/externalcontact/send_welcome_msg",
    }

    _kwargs["content"] = json_bytes(body.to_dict())

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(response: Answer) -> SendWelcomeMsgResponse:
    if response.status_code == 200:
        response_200 = SendWelcomeMsgResponse.from_dict(read_envelope(response.content))

        return response_200

    raise UnexpectedStatus(response.status_code, response.content)


def _build_response(response: Answer) -> Response[SendWelcomeMsgResponse]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: SendWelcomeMsgRequest,
) -> Response[SendWelcomeMsgResponse]:
    """Greet a new customer
    发送新客户欢迎语

    Sends a message to a customer who has just been added, in the name of the member who added them. The
    event about the new customer carries the welcome_code; it is good for one call within 20 seconds.
    There is no code where the admin console has a welcome message of its own for the member. Answers
    41050 to a code that is wrong, late or used; 41051 where the two are talking already (don't repeat
    it), which is also what an app gets when another one was faster; 41096 while the message is being
    distributed.
    以添加客户事件中的 welcome_code 为凭据，向新添加的客户发送欢迎语。凭据 20 秒内有效，且只可使用一次；管理端已配置欢迎语时不会下发凭据。凭据无效、过期或已使用返回
    41050；已开始聊天或其他应用已抢先发送返回 41051，请勿重试；欢迎语正在分发返回 41096。

    Args:
        body (SendWelcomeMsgRequest): The message that greets a new customer.
            send_welcome_msg 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        Response[SendWelcomeMsgResponse]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    return _build_response(send(client, kwargs, auth="access_token"))


def sync(
    *,
    client: AuthenticatedClient,
    body: SendWelcomeMsgRequest,
) -> SendWelcomeMsgResponse:
    """Greet a new customer
    发送新客户欢迎语

    Sends a message to a customer who has just been added, in the name of the member who added them. The
    event about the new customer carries the welcome_code; it is good for one call within 20 seconds.
    There is no code where the admin console has a welcome message of its own for the member. Answers
    41050 to a code that is wrong, late or used; 41051 where the two are talking already (don't repeat
    it), which is also what an app gets when another one was faster; 41096 while the message is being
    distributed.
    以添加客户事件中的 welcome_code 为凭据，向新添加的客户发送欢迎语。凭据 20 秒内有效，且只可使用一次；管理端已配置欢迎语时不会下发凭据。凭据无效、过期或已使用返回
    41050；已开始聊天或其他应用已抢先发送返回 41051，请勿重试；欢迎语正在分发返回 41096。

    Args:
        body (SendWelcomeMsgRequest): The message that greets a new customer.
            send_welcome_msg 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        SendWelcomeMsgResponse
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: SendWelcomeMsgRequest,
) -> Response[SendWelcomeMsgResponse]:
    """Greet a new customer
    发送新客户欢迎语

    Sends a message to a customer who has just been added, in the name of the member who added them. The
    event about the new customer carries the welcome_code; it is good for one call within 20 seconds.
    There is no code where the admin console has a welcome message of its own for the member. Answers
    41050 to a code that is wrong, late or used; 41051 where the two are talking already (don't repeat
    it), which is also what an app gets when another one was faster; 41096 while the message is being
    distributed.
    以添加客户事件中的 welcome_code 为凭据，向新添加的客户发送欢迎语。凭据 20 秒内有效，且只可使用一次；管理端已配置欢迎语时不会下发凭据。凭据无效、过期或已使用返回
    41050；已开始聊天或其他应用已抢先发送返回 41051，请勿重试；欢迎语正在分发返回 41096。

    Args:
        body (SendWelcomeMsgRequest): The message that greets a new customer.
            send_welcome_msg 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        Response[SendWelcomeMsgResponse]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    return _build_response(await asend(client, kwargs, auth="access_token"))


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: SendWelcomeMsgRequest,
) -> SendWelcomeMsgResponse:
    """Greet a new customer
    发送新客户欢迎语

    Sends a message to a customer who has just been added, in the name of the member who added them. The
    event about the new customer carries the welcome_code; it is good for one call within 20 seconds.
    There is no code where the admin console has a welcome message of its own for the member. Answers
    41050 to a code that is wrong, late or used; 41051 where the two are talking already (don't repeat
    it), which is also what an app gets when another one was faster; 41096 while the message is being
    distributed.
    以添加客户事件中的 welcome_code 为凭据，向新添加的客户发送欢迎语。凭据 20 秒内有效，且只可使用一次；管理端已配置欢迎语时不会下发凭据。凭据无效、过期或已使用返回
    41050；已开始聊天或其他应用已抢先发送返回 41051，请勿重试；欢迎语正在分发返回 41096。

    Args:
        body (SendWelcomeMsgRequest): The message that greets a new customer.
            send_welcome_msg 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        SendWelcomeMsgResponse
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed

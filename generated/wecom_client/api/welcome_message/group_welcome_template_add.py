# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from typing import Any

from ...client import AuthenticatedClient, asend, send
from ...errors import UnexpectedStatus
from ...models.group_welcome_template_add_request import GroupWelcomeTemplateAddRequest
from ...models.group_welcome_template_add_response import GroupWelcomeTemplateAddResponse
from ...types import Answer, Response
from ...wire import json_bytes, read_envelope


def _get_kwargs(
    *,
    body: GroupWelcomeTemplateAddRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/cgi-bin/externalcontact/group_welcome_template/add",
    }

    _kwargs["content"] = json_bytes(body.to_dict())

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(response: Answer) -> GroupWelcomeTemplateAddResponse:
    if response.status_code == 200:
        response_200 = GroupWelcomeTemplateAddResponse.from_dict(read_envelope(response.content))

        return response_200

    raise UnexpectedStatus(response.status_code, response.content)


def _build_response(response: Answer) -> Response[GroupWelcomeTemplateAddResponse]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: GroupWelcomeTemplateAddRequest,
) -> Response[GroupWelcomeTemplateAddResponse]:
    """Add a welcome message for customer groups
    添加入群欢迎语素材

    Adds a template to the corp's store of welcome messages for customer groups, which holds 100; 41055
    where it is full. Members of the corp are told of it, unless notify is 0. Who joins a group gets the
    text and, as a second message, the one object beside it. %NICKNAME% in the text stands for the
    customer's name.
    向企业的入群欢迎语素材库中添加素材，每个企业最多 100 个，已满返回 41055。text 与另一种消息可同时发送，以两条消息触达客户；text 中的 %NICKNAME% 会替换为客户昵称。

    Args:
        body (GroupWelcomeTemplateAddRequest): The content of a new template.
            group_welcome_template/add 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        Response[GroupWelcomeTemplateAddResponse]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    return _build_response(send(client, kwargs, auth="access_token"))


def sync(
    *,
    client: AuthenticatedClient,
    body: GroupWelcomeTemplateAddRequest,
) -> GroupWelcomeTemplateAddResponse:
    """Add a welcome message for customer groups
    添加入群欢迎语素材

    Adds a template to the corp's store of welcome messages for customer groups, which holds 100; 41055
    where it is full. Members of the corp are told of it, unless notify is 0. Who joins a group gets the
    text and, as a second message, the one object beside it. %NICKNAME% in the text stands for the
    customer's name.
    向企业的入群欢迎语素材库中添加素材，每个企业最多 100 个，已满返回 41055。text 与另一种消息可同时发送，以两条消息触达客户；text 中的 %NICKNAME% 会替换为客户昵称。

    Args:
        body (GroupWelcomeTemplateAddRequest): The content of a new template.
            group_welcome_template/add 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        GroupWelcomeTemplateAddResponse
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: GroupWelcomeTemplateAddRequest,
) -> Response[GroupWelcomeTemplateAddResponse]:
    """Add a welcome message for customer groups
    添加入群欢迎语素材

    Adds a template to the corp's store of welcome messages for customer groups, which holds 100; 41055
    where it is full. Members of the corp are told of it, unless notify is 0. Who joins a group gets the
    text and, as a second message, the one object beside it. %NICKNAME% in the text stands for the
    customer's name.
    向企业的入群欢迎语素材库中添加素材，每个企业最多 100 个，已满返回 41055。text 与另一种消息可同时发送，以两条消息触达客户；text 中的 %NICKNAME% 会替换为客户昵称。

    Args:
        body (GroupWelcomeTemplateAddRequest): The content of a new template.
            group_welcome_template/add 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        Response[GroupWelcomeTemplateAddResponse]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    return _build_response(await asend(client, kwargs, auth="access_token"))


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: GroupWelcomeTemplateAddRequest,
) -> GroupWelcomeTemplateAddResponse:
    """Add a welcome message for customer groups
    添加入群欢迎语素材

    Adds a template to the corp's store of welcome messages for customer groups, which holds 100; 41055
    where it is full. Members of the corp are told of it, unless notify is 0. Who joins a group gets the
    text and, as a second message, the one object beside it. %NICKNAME% in the text stands for the
    customer's name.
    向企业的入群欢迎语素材库中添加素材，每个企业最多 100 个，已满返回 41055。text 与另一种消息可同时发送，以两条消息触达客户；text 中的 %NICKNAME% 会替换为客户昵称。

    Args:
        body (GroupWelcomeTemplateAddRequest): The content of a new template.
            group_welcome_template/add 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        GroupWelcomeTemplateAddResponse
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed

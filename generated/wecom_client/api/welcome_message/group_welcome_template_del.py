# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from typing import Any

from ...client import AuthenticatedClient, asend, send
from ...errors import UnexpectedStatus
from ...models.group_welcome_template_del_request import GroupWelcomeTemplateDelRequest
from ...models.group_welcome_template_del_response import GroupWelcomeTemplateDelResponse
from ...types import Answer, Response
from ...wire import json_bytes, read_envelope


def _get_kwargs(
    *,
    body: GroupWelcomeTemplateDelRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/cgi-bin/externalcontact/group_welcome_template/del",
    }

    _kwargs["content"] = json_bytes(body.to_dict())

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(response: Answer) -> GroupWelcomeTemplateDelResponse:
    if response.status_code == 200:
        response_200 = GroupWelcomeTemplateDelResponse.from_dict(read_envelope(response.content))

        return response_200

    raise UnexpectedStatus(response.status_code, response.content)


def _build_response(response: Answer) -> Response[GroupWelcomeTemplateDelResponse]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: GroupWelcomeTemplateDelRequest,
) -> Response[GroupWelcomeTemplateDelResponse]:
    """Delete a welcome message for customer groups
    删除入群欢迎语素材

    Deletes a template. Only the app that made it can. 40037 where there is no such template.
    删除入群欢迎语素材，仅可删除本应用创建的素材；素材不存在返回 40037。

    Args:
        body (GroupWelcomeTemplateDelRequest): The template that is to go.
            group_welcome_template/del 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        Response[GroupWelcomeTemplateDelResponse]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    return _build_response(send(client, kwargs, auth="access_token"))


def sync(
    *,
    client: AuthenticatedClient,
    body: GroupWelcomeTemplateDelRequest,
) -> GroupWelcomeTemplateDelResponse:
    """Delete a welcome message for customer groups
    删除入群欢迎语素材

    Deletes a template. Only the app that made it can. 40037 where there is no such template.
    删除入群欢迎语素材，仅可删除本应用创建的素材；素材不存在返回 40037。

    Args:
        body (GroupWelcomeTemplateDelRequest): The template that is to go.
            group_welcome_template/del 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        GroupWelcomeTemplateDelResponse
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: GroupWelcomeTemplateDelRequest,
) -> Response[GroupWelcomeTemplateDelResponse]:
    """Delete a welcome message for customer groups
    删除入群欢迎语素材

    Deletes a template. Only the app that made it can. 40037 where there is no such template.
    删除入群欢迎语素材，仅可删除本应用创建的素材；素材不存在返回 40037。

    Args:
        body (GroupWelcomeTemplateDelRequest): The template that is to go.
            group_welcome_template/del 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        Response[GroupWelcomeTemplateDelResponse]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    return _build_response(await asend(client, kwargs, auth="access_token"))


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: GroupWelcomeTemplateDelRequest,
) -> GroupWelcomeTemplateDelResponse:
    """Delete a welcome message for customer groups
    删除入群欢迎语素材

    Deletes a template. Only the app that made it can. 40037 where there is no such template.
    删除入群欢迎语素材，仅可删除本应用创建的素材；素材不存在返回 40037。

    Args:
        body (GroupWelcomeTemplateDelRequest): The template that is to go.
            group_welcome_template/del 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        GroupWelcomeTemplateDelResponse
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed

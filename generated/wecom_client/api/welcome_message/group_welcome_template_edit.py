# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from typing import Any

from ...client import AuthenticatedClient, asend, send
from ...errors import UnexpectedStatus
from ...models.group_welcome_template_edit_request import GroupWelcomeTemplateEditRequest
from ...models.group_welcome_template_edit_response import GroupWelcomeTemplateEditResponse
from ...types import Answer, Response
from ...wire import json_bytes, read_envelope


def _get_kwargs(
    *,
    body: GroupWelcomeTemplateEditRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/cgi-bin/externalcontact/group_welcome_template/edit",
    }

    _kwargs["content"] = json_bytes(body.to_dict())

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(response: Answer) -> GroupWelcomeTemplateEditResponse:
    if response.status_code == 200:
        response_200 = GroupWelcomeTemplateEditResponse.from_dict(read_envelope(response.content))

        return response_200

    raise UnexpectedStatus(response.status_code, response.content)


def _build_response(response: Answer) -> Response[GroupWelcomeTemplateEditResponse]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: GroupWelcomeTemplateEditRequest,
) -> Response[GroupWelcomeTemplateEditResponse]:
    """Edit a welcome message for customer groups
    编辑入群欢迎语素材

    Gives a template another content. Only the app that made it can; another one gets 41058. 40037 where
    there is no such template.
    编辑入群欢迎语素材，仅可编辑本应用创建的素材，否则返回 41058；素材不存在返回 40037。

    Args:
        body (GroupWelcomeTemplateEditRequest): The new content of a template.
            group_welcome_template/edit 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        Response[GroupWelcomeTemplateEditResponse]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    return _build_response(send(client, kwargs, auth="access_token"))


def sync(
    *,
    client: AuthenticatedClient,
    body: GroupWelcomeTemplateEditRequest,
) -> GroupWelcomeTemplateEditResponse:
    """Edit a welcome message for customer groups
    编辑入群欢迎语素材

    Gives a template another content. Only the app that made it can; another one gets 41058. 40037 where
    there is no such template.
    编辑入群欢迎语素材，仅可编辑本应用创建的素材，否则返回 41058；素材不存在返回 40037。

    Args:
        body (GroupWelcomeTemplateEditRequest): The new content of a template.
            group_welcome_template/edit 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        GroupWelcomeTemplateEditResponse
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: GroupWelcomeTemplateEditRequest,
) -> Response[GroupWelcomeTemplateEditResponse]:
    """Edit a welcome message for customer groups
    编辑入群欢迎语素材

    Gives a template another content. Only the app that made it can; another one gets 41058. 40037 where
    there is no such template.
    编辑入群欢迎语素材，仅可编辑本应用创建的素材，否则返回 41058；素材不存在返回 40037。

    Args:
        body (GroupWelcomeTemplateEditRequest): The new content of a template.
            group_welcome_template/edit 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        Response[GroupWelcomeTemplateEditResponse]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    return _build_response(await asend(client, kwargs, auth="access_token"))


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: GroupWelcomeTemplateEditRequest,
) -> GroupWelcomeTemplateEditResponse:
    """Edit a welcome message for customer groups
    编辑入群欢迎语素材

    Gives a template another content. Only the app that made it can; another one gets 41058. 40037 where
    there is no such template.
    编辑入群欢迎语素材，仅可编辑本应用创建的素材，否则返回 41058；素材不存在返回 40037。

    Args:
        body (GroupWelcomeTemplateEditRequest): The new content of a template.
            group_welcome_template/edit 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        GroupWelcomeTemplateEditResponse
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed

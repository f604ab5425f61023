# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from typing import Any

from ...client import AuthenticatedClient, asend, send
from ...errors import UnexpectedStatus
from ...models.group_welcome_template_get_request import GroupWelcomeTemplateGetRequest
from ...models.group_welcome_template_get_response import GroupWelcomeTemplateGetResponse
from ...types import Answer, Response
from ...wire import json_bytes, read_envelope


def _get_kwargs(
    *,
    body: GroupWelcomeTemplateGetRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/cgi-bin/externalcontact/group_welcome_template/get",
    }

    _kwargs["content"] = json_bytes(body.to_dict())

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(response: Answer) -> GroupWelcomeTemplateGetResponse:
    if response.status_code == 200:
        response_200 = GroupWelcomeTemplateGetResponse.from_dict(read_envelope(response.content))

        return response_200

    raise UnexpectedStatus(response.status_code, response.content)


def _build_response(response: Answer) -> Response[GroupWelcomeTemplateGetResponse]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: GroupWelcomeTemplateGetRequest,
) -> Response[GroupWelcomeTemplateGetResponse]:
    """Read a welcome message for customer groups
    获取入群欢迎语素材

    The content of a template. 40037 where there is no such template.
    获取入群欢迎语素材的内容，素材不存在返回 40037。

    Args:
        body (GroupWelcomeTemplateGetRequest): The template that is asked for.
            group_welcome_template/get 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        Response[GroupWelcomeTemplateGetResponse]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    return _build_response(send(client, kwargs, auth="access_token"))


def sync(
    *,
    client: AuthenticatedClient,
    body: GroupWelcomeTemplateGetRequest,
) -> GroupWelcomeTemplateGetResponse:
    """Read a welcome message for customer groups
    获取入群欢迎语素材

    The content of a template. 40037 where there is no such template.
    获取入群欢迎语素材的内容，素材不存在返回 40037。

    Args:
        body (GroupWelcomeTemplateGetRequest): The template that is asked for.
            group_welcome_template/get 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        GroupWelcomeTemplateGetResponse
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: GroupWelcomeTemplateGetRequest,
) -> Response[GroupWelcomeTemplateGetResponse]:
    """Read a welcome message for customer groups
    获取入群欢迎语素材

    The content of a template. 40037 where there is no such template.
    获取入群欢迎语素材的内容，素材不存在返回 40037。

    Args:
        body (GroupWelcomeTemplateGetRequest): The template that is asked for.
            group_welcome_template/get 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        Response[GroupWelcomeTemplateGetResponse]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    return _build_response(await asend(client, kwargs, auth="access_token"))


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: GroupWelcomeTemplateGetRequest,
) -> GroupWelcomeTemplateGetResponse:
    """Read a welcome message for customer groups
    获取入群欢迎语素材

    The content of a template. 40037 where there is no such template.
    获取入群欢迎语素材的内容，素材不存在返回 40037。

    Args:
        body (GroupWelcomeTemplateGetRequest): The template that is asked for.
            group_welcome_template/get 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        GroupWelcomeTemplateGetResponse
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed

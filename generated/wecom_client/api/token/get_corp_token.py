# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from typing import Any

from ...client import AuthenticatedClient, asend, send
from ...errors import UnexpectedStatus
from ...models.get_corp_token_request import GetCorpTokenRequest
from ...models.get_corp_token_response import GetCorpTokenResponse
from ...types import Answer, Response
from ...wire import json_bytes, read_envelope


def _get_kwargs(
    *,
    body: GetCorpTokenRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/cgi-bin/service/get_corp_token",
    }

    _kwargs["content"] = json_bytes(body.to_dict())

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(response: Answer) -> GetCorpTokenResponse:
    if response.status_code == 200:
        response_200 = GetCorpTokenResponse.from_dict(read_envelope(response.content, bare=True))

        return response_200

    raise UnexpectedStatus(response.status_code, response.content)


def _build_response(response: Answer) -> Response[GetCorpTokenResponse]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: GetCorpTokenRequest,
) -> Response[GetCorpTokenResponse]:
    """Get the token of a corp that has authorised the suite
    获取企业凭证

    Gives the access token of a third-party app within one corp that has authorised it. From there on it
    is used as the token of an app of the corp's own. An app developed on a corp's behalf doesn't come
    here: it calls gettoken with its permanent code as the corpsecret. A success may come without an
    errcode.
    获取第三方应用在某个授权企业内的 access_token，之后与企业自建应用的凭证用法相同。代开发应用不使用本接口，而是以永久授权码作为 corpsecret 调用
    gettoken。调用成功时可能不返回 errcode。

    Args:
        body (GetCorpTokenRequest): A corp that has authorised the suite.
            授权企业

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        Response[GetCorpTokenResponse]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    return _build_response(send(client, kwargs, auth="suite_access_token"))


def sync(
    *,
    client: AuthenticatedClient,
    body: GetCorpTokenRequest,
) -> GetCorpTokenResponse:
    """Get the token of a corp that has authorised the suite
    获取企业凭证

    Gives the access token of a third-party app within one corp that has authorised it. From there on it
    is used as the token of an app of the corp's own. An app developed on a corp's behalf doesn't come
    here: it calls gettoken with its permanent code as the corpsecret. A success may come without an
    errcode.
    获取第三方应用在某个授权企业内的 access_token，之后与企业自建应用的凭证用法相同。代开发应用不使用本接口，而是以永久授权码作为 corpsecret 调用
    gettoken。调用成功时可能不返回 errcode。

    Args:
        body (GetCorpTokenRequest): A corp that has authorised the suite.
            授权企业

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        GetCorpTokenResponse
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: GetCorpTokenRequest,
) -> Response[GetCorpTokenResponse]:
    """Get the token of a corp that has authorised the suite
    获取企业凭证

    Gives the access token of a third-party app within one corp that has authorised it. From there on it
    is used as the token of an app of the corp's own. An app developed on a corp's behalf doesn't come
    here: it calls gettoken with its permanent code as the corpsecret. A success may come without an
    errcode.
    获取第三方应用在某个授权企业内的 access_token，之后与企业自建应用的凭证用法相同。代开发应用不使用本接口，而是以永久授权码作为 corpsecret 调用
    gettoken。调用成功时可能不返回 errcode。

    Args:
        body (GetCorpTokenRequest): A corp that has authorised the suite.
            授权企业

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        Response[GetCorpTokenResponse]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    return _build_response(await asend(client, kwargs, auth="suite_access_token"))


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: GetCorpTokenRequest,
) -> GetCorpTokenResponse:
    """Get the token of a corp that has authorised the suite
    获取企业凭证

    Gives the access token of a third-party app within one corp that has authorised it. From there on it
    is used as the token of an app of the corp's own. An app developed on a corp's behalf doesn't come
    here: it calls gettoken with its permanent code as the corpsecret. A success may come without an
    errcode.
    获取第三方应用在某个授权企业内的 access_token，之后与企业自建应用的凭证用法相同。代开发应用不使用本接口，而是以永久授权码作为 corpsecret 调用
    gettoken。调用成功时可能不返回 errcode。

    Args:
        body (GetCorpTokenRequest): A corp that has authorised the suite.
            授权企业

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        GetCorpTokenResponse
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed

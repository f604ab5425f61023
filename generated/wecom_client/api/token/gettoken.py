# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from typing import Any

from ...client import Client, asend, send
from ...errors import UnexpectedStatus
from ...models.gettoken_response import GettokenResponse
from ...types import UNSET, Answer, Response
from ...wire import read_envelope


def _get_kwargs(
    *,
    corpid: str,
    corpsecret: str,
) -> dict[str, Any]:
    params: dict[str, Any] = {}

    params["corpid"] = corpid

    params["corpsecret"] = corpsecret

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/cgi-bin/gettoken",
        "params": params,
    }

    return _kwargs


def _parse_response(response: Answer) -> GettokenResponse:
    if response.status_code == 200:
        response_200 = GettokenResponse.from_dict(read_envelope(response.content))

        return response_200

    raise UnexpectedStatus(response.status_code, response.content)


def _build_response(response: Answer) -> Response[GettokenResponse]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(response),
    )


def sync_detailed(
    *,
    client: Client,
    corpid: str,
    corpsecret: str,
) -> Response[GettokenResponse]:
    """Get an access token
    获取 access_token

    Gives the token of one app. While it is valid the same token comes back, and its time is not
    extended. WeCom may withdraw it early; then ask again. Keep it, and don't ask at every call:
    repeated wrong secrets ban the address for an hour.
    获取某个应用的凭证。有效期内重复获取返回相同结果；企业微信可能提前使其失效，此时应重新获取。请缓存，勿频繁调用。

    Args:
        corpid (str): Id of the corp.
            企业 ID
        corpsecret (str): Secret of the app. Keep it out of logs.
            应用的凭证密钥

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        Response[GettokenResponse]
    """

    kwargs = _get_kwargs(
        corpid=corpid,
        corpsecret=corpsecret,
    )

    return _build_response(send(client, kwargs, auth=None))


def sync(
    *,
    client: Client,
    corpid: str,
    corpsecret: str,
) -> GettokenResponse:
    """Get an access token
    获取 access_token

    Gives the token of one app. While it is valid the same token comes back, and its time is not
    extended. WeCom may withdraw it early; then ask again. Keep it, and don't ask at every call:
    repeated wrong secrets ban the address for an hour.
    获取某个应用的凭证。有效期内重复获取返回相同结果；企业微信可能提前使其失效，此时应重新获取。请缓存，勿频繁调用。

    Args:
        corpid (str): Id of the corp.
            企业 ID
        corpsecret (str): Secret of the app. Keep it out of logs.
            应用的凭证密钥

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        GettokenResponse
    """

    return sync_detailed(
        client=client,
        corpid=corpid,
        corpsecret=corpsecret,
    ).parsed


async def asyncio_detailed(
    *,
    client: Client,
    corpid: str,
    corpsecret: str,
) -> Response[GettokenResponse]:
    """Get an access token
    获取 access_token

    Gives the token of one app. While it is valid the same token comes back, and its time is not
    extended. WeCom may withdraw it early; then ask again. Keep it, and don't ask at every call:
    repeated wrong secrets ban the address for an hour.
    获取某个应用的凭证。有效期内重复获取返回相同结果；企业微信可能提前使其失效，此时应重新获取。请缓存，勿频繁调用。

    Args:
        corpid (str): Id of the corp.
            企业 ID
        corpsecret (str): Secret of the app. Keep it out of logs.
            应用的凭证密钥

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        Response[GettokenResponse]
    """

    kwargs = _get_kwargs(
        corpid=corpid,
        corpsecret=corpsecret,
    )

    return _build_response(await asend(client, kwargs, auth=None))


async def asyncio(
    *,
    client: Client,
    corpid: str,
    corpsecret: str,
) -> GettokenResponse:
    """Get an access token
    获取 access_token

    Gives the token of one app. While it is valid the same token comes back, and its time is not
    extended. WeCom may withdraw it early; then ask again. Keep it, and don't ask at every call:
    repeated wrong secrets ban the address for an hour.
    获取某个应用的凭证。有效期内重复获取返回相同结果；企业微信可能提前使其失效，此时应重新获取。请缓存，勿频繁调用。

    Args:
        corpid (str): Id of the corp.
            企业 ID
        corpsecret (str): Secret of the app. Keep it out of logs.
            应用的凭证密钥

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        GettokenResponse
    """

    return (
        await asyncio_detailed(
            client=client,
            corpid=corpid,
            corpsecret=corpsecret,
        )
    ).parsed

# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from typing import Any

from ...client import Client, asend, send
from ...errors import UnexpectedStatus
from ...models.get_suite_token_request import GetSuiteTokenRequest
from ...models.get_suite_token_response import GetSuiteTokenResponse
from ...types import Answer, Response
from ...wire import json_bytes, read_envelope


def _get_kwargs(
    *,
    body: GetSuiteTokenRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/cgi-bin/service/get_suite_token",
    }

    _kwargs["content"] = json_bytes(body.to_dict())

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(response: Answer) -> GetSuiteTokenResponse:
    if response.status_code == 200:
        response_200 = GetSuiteTokenResponse.from_dict(read_envelope(response.content, bare=True))

        return response_200

    raise UnexpectedStatus(response.status_code, response.content)


def _build_response(response: Answer) -> Response[GetSuiteTokenResponse]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(response),
    )


def sync_detailed(
    *,
    client: Client,
    body: GetSuiteTokenRequest,
) -> Response[GetSuiteTokenResponse]:
    """Get the token of a suite
    获取第三方应用凭证

    Gives the token of a third-party app (a suite), with which it asks for the tokens of the corps that
    have authorised it. It takes the suite_ticket that WeCom pushed last to the suite's callback
    address, about every ten minutes; a ticket is good for half an hour, and can't be asked for. A
    success may come without an errcode.
    获取第三方应用（suite）的凭证，用以获取已授权企业的凭证。需使用企业微信最近一次推送的 suite_ticket（约每十分钟推送一次，有效期 30 分钟，无法主动获取）。调用成功时可能不返回
    errcode。

    Args:
        body (GetSuiteTokenRequest): The credentials of a suite.
            第三方应用的凭证信息

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        Response[GetSuiteTokenResponse]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    return _build_response(send(client, kwargs, auth=None))


def sync(
    *,
    client: Client,
    body: GetSuiteTokenRequest,
) -> GetSuiteTokenResponse:
    """Get the token of a suite
    获取第三方应用凭证

    Gives the token of a third-party app (a suite), with which it asks for the tokens of the corps that
    have authorised it. It takes the suite_ticket that WeCom pushed last to the suite's callback
    address, about every ten minutes; a ticket is good for half an hour, and can't be asked for. A
    success may come without an errcode.
    获取第三方应用（suite）的凭证，用以获取已授权企业的凭证。需使用企业微信最近一次推送的 suite_ticket（约每十分钟推送一次，有效期 30 分钟，无法主动获取）。调用成功时可能不返回
    errcode。

    Args:
        body (GetSuiteTokenRequest): The credentials of a suite.
            第三方应用的凭证信息

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        GetSuiteTokenResponse
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: Client,
    body: GetSuiteTokenRequest,
) -> Response[GetSuiteTokenResponse]:
    """Get the token of a suite
    获取第三方应用凭证

    Gives the token of a third-party app (a suite), with which it asks for the tokens of the corps that
    have authorised it. It takes the suite_ticket that WeCom pushed last to the suite's callback
    address, about every ten minutes; a ticket is good for half an hour, and can't be asked for. A
    success may come without an errcode.
    获取第三方应用（suite）的凭证，用以获取已授权企业的凭证。需使用企业微信最近一次推送的 suite_ticket（约每十分钟推送一次，有效期 30 分钟，无法主动获取）。调用成功时可能不返回
    errcode。

    Args:
        body (GetSuiteTokenRequest): The credentials of a suite.
            第三方应用的凭证信息

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        Response[GetSuiteTokenResponse]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    return _build_response(await asend(client, kwargs, auth=None))


async def asyncio(
    *,
    client: Client,
    body: GetSuiteTokenRequest,
) -> GetSuiteTokenResponse:
    """Get the token of a suite
    获取第三方应用凭证

    Gives the token of a third-party app (a suite), with which it asks for the tokens of the corps that
    have authorised it. It takes the suite_ticket that WeCom pushed last to the suite's callback
    address, about every ten minutes; a ticket is good for half an hour, and can't be asked for. A
    success may come without an errcode.
    获取第三方应用（suite）的凭证，用以获取已授权企业的凭证。需使用企业微信最近一次推送的 suite_ticket（约每十分钟推送一次，有效期 30 分钟，无法主动获取）。调用成功时可能不返回
    errcode。

    Args:
        body (GetSuiteTokenRequest): The credentials of a suite.
            第三方应用的凭证信息

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        GetSuiteTokenResponse
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed

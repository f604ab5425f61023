# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from typing import Any

from ...client import AuthenticatedClient, asend, send
from ...errors import UnexpectedStatus
from ...models.batch_get_by_user_request import BatchGetByUserRequest
from ...models.batch_get_by_user_response import BatchGetByUserResponse
from ...types import Answer, Response
from ...wire import json_bytes, read_envelope


def _get_kwargs(
    *,
    body: BatchGetByUserRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/cgi-bin/externalcontact/batch/get_by_user",
    }

    _kwargs["content"] = json_bytes(body.to_dict())

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(response: Answer) -> BatchGetByUserResponse:
    if response.status_code == 200:
        response_200 = BatchGetByUserResponse.from_dict(read_envelope(response.content))

        return response_200

    raise UnexpectedStatus(response.status_code, response.content)


def _build_response(response: Answer) -> Response[BatchGetByUserResponse]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: BatchGetByUserRequest,
) -> Response[BatchGetByUserResponse]:
    """List the customers of several members, with names and tags
    批量获取客户详情

    One row for each member and customer, so a customer of two of the members comes twice. For an app of
    a third party, members without a licence are named in fail_info; where none of them has one the
    answer is 701008.
    按“成员与客户”逐条返回，同一客户由多名成员添加时会出现多次。第三方应用调用时，无互通许可的成员列于 fail_info；全部无许可时返回 701008。

    Args:
        body (BatchGetByUserRequest): The arguments of batch_get_by_user.
            batch_get_by_user 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        Response[BatchGetByUserResponse]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    return _build_response(send(client, kwargs, auth="access_token"))


def sync(
    *,
    client: AuthenticatedClient,
    body: BatchGetByUserRequest,
) -> BatchGetByUserResponse:
    """List the customers of several members, with names and tags
    批量获取客户详情

    One row for each member and customer, so a customer of two of the members comes twice. For an app of
    a third party, members without a licence are named in fail_info; where none of them has one the
    answer is 701008.
    按“成员与客户”逐条返回，同一客户由多名成员添加时会出现多次。第三方应用调用时，无互通许可的成员列于 fail_info；全部无许可时返回 701008。

    Args:
        body (BatchGetByUserRequest): The arguments of batch_get_by_user.
            batch_get_by_user 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        BatchGetByUserResponse
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: BatchGetByUserRequest,
) -> Response[BatchGetByUserResponse]:
    """List the customers of several members, with names and tags
    批量获取客户详情

    One row for each member and customer, so a customer of two of the members comes twice. For an app of
    a third party, members without a licence are named in fail_info; where none of them has one the
    answer is 701008.
    按“成员与客户”逐条返回，同一客户由多名成员添加时会出现多次。第三方应用调用时，无互通许可的成员列于 fail_info；全部无许可时返回 701008。

    Args:
        body (BatchGetByUserRequest): The arguments of batch_get_by_user.
            batch_get_by_user 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        Response[BatchGetByUserResponse]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    return _build_response(await asend(client, kwargs, auth="access_token"))


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: BatchGetByUserRequest,
) -> BatchGetByUserResponse:
    """List the customers of several members, with names and tags
    批量获取客户详情

    One row for each member and customer, so a customer of two of the members comes twice. For an app of
    a third party, members without a licence are named in fail_info; where none of them has one the
    answer is 701008.
    按“成员与客户”逐条返回，同一客户由多名成员添加时会出现多次。第三方应用调用时，无互通许可的成员列于 fail_info；全部无许可时返回 701008。

    Args:
        body (BatchGetByUserRequest): The arguments of batch_get_by_user.
            batch_get_by_user 的请求参数

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        BatchGetByUserResponse
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed

# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from typing import Any

from ...client import AuthenticatedClient, asend, send
from ...errors import UnexpectedStatus
from ...models.get_corp_tag_list_request import GetCorpTagListRequest
from ...models.get_corp_tag_list_response import GetCorpTagListResponse
from ...types import Answer, Response
from ...wire import json_bytes, read_envelope


def _get_kwargs(
    *,
    body: GetCorpTagListRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/cgi-bin/externalcontact/get_corp_tag_list",
    }

    _kwargs["content"] = json_bytes(body.to_dict())

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(response: Answer) -> GetCorpTagListResponse:
    if response.status_code == 200:
        response_200 = GetCorpTagListResponse.from_dict(read_envelope(response.content))

        return response_200

    raise UnexpectedStatus(response.status_code, response.content)


def _build_response(response: Answer) -> Response[GetCorpTagListResponse]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: GetCorpTagListRequest,
) -> Response[GetCorpTagListResponse]:
    """List the tags of customers
    获取企业标签库

    The tags of the company by group, all of them or those that are asked for, in one answer. A tag that
    was deleted comes only where it or its group is asked for.
    按标签组获取企业客户标签，不分页。tag_id 与 group_id 均为空时返回所有标签；已删除的标签仅在按 id 查询时返回。

    Args:
        body (GetCorpTagListRequest): The arguments of get_corp_tag_list. Without any, all tags
            are listed.
            get_corp_tag_list 的请求参数；均不填时返回所有标签

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        Response[GetCorpTagListResponse]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    return _build_response(send(client, kwargs, auth="access_token"))


def sync(
    *,
    client: AuthenticatedClient,
    body: GetCorpTagListRequest,
) -> GetCorpTagListResponse:
    """List the tags of customers
    获取企业标签库

    The tags of the company by group, all of them or those that are asked for, in one answer. A tag that
    was deleted comes only where it or its group is asked for.
    按标签组获取企业客户标签，不分页。tag_id 与 group_id 均为空时返回所有标签；已删除的标签仅在按 id 查询时返回。

    Args:
        body (GetCorpTagListRequest): The arguments of get_corp_tag_list. Without any, all tags
            are listed.
            get_corp_tag_list 的请求参数；均不填时返回所有标签

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        GetCorpTagListResponse
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: GetCorpTagListRequest,
) -> Response[GetCorpTagListResponse]:
    """List the tags of customers
    获取企业标签库

    The tags of the company by group, all of them or those that are asked for, in one answer. A tag that
    was deleted comes only where it or its group is asked for.
    按标签组获取企业客户标签，不分页。tag_id 与 group_id 均为空时返回所有标签；已删除的标签仅在按 id 查询时返回。

    Args:
        body (GetCorpTagListRequest): The arguments of get_corp_tag_list. Without any, all tags
            are listed.
            get_corp_tag_list 的请求参数；均不填时返回所有标签

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        Response[GetCorpTagListResponse]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    return _build_response(await asend(client, kwargs, auth="access_token"))


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: GetCorpTagListRequest,
) -> GetCorpTagListResponse:
    """List the tags of customers
    获取企业标签库

    The tags of the company by group, all of them or those that are asked for, in one answer. A tag that
    was deleted comes only where it or its group is asked for.
    按标签组获取企业客户标签，不分页。tag_id 与 group_id 均为空时返回所有标签；已删除的标签仅在按 id 查询时返回。

    Args:
        body (GetCorpTagListRequest): The arguments of get_corp_tag_list. Without any, all tags
            are listed.
            get_corp_tag_list 的请求参数；均不填时返回所有标签

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        GetCorpTagListResponse
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed

# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from typing import Any

from ...client import AuthenticatedClient, asend, send
from ...errors import UnexpectedStatus
from ...models.externalcontact_list_response import ExternalcontactListResponse
from ...types import UNSET, Answer, Response
from ...wire import read_envelope


def _get_kwargs(
    *,
    userid: str,
) -> dict[str, Any]:
    params: dict[str, Any] = {}

    params["userid"] = userid

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/cgi-bin/externalcontact/list",
        "params": params,
    }

    return _kwargs


def _parse_response(response: Answer) -> ExternalcontactListResponse:
    if response.status_code == 200:
        response_200 = ExternalcontactListResponse.from_dict(read_envelope(response.content))

        return response_200

    raise UnexpectedStatus(response.status_code, response.content)


def _build_response(response: Answer) -> Response[ExternalcontactListResponse]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    userid: str,
) -> Response[ExternalcontactListResponse]:
    """List the customers of a member
    获取客户列表

    The ids of all customers of one member, in one answer. Where the member has none the answer is a
    refusal with 84061 and an empty list: take it as data.
    获取指定成员添加的全部客户，不分页。成员没有客户时返回 84061 和空列表，应视为数据而非故障。

    Args:
        userid (str): userid of the member whose customers are asked for.
            企业成员的 userid

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        Response[ExternalcontactListResponse]
    """

    kwargs = _get_kwargs(
        userid=userid,
    )

    return _build_response(send(client, kwargs, auth="access_token"))


def sync(
    *,
    client: AuthenticatedClient,
    userid: str,
) -> ExternalcontactListResponse:
    """List the customers of a member
    获取客户列表

    The ids of all customers of one member, in one answer. Where the member has none the answer is a
    refusal with 84061 and an empty list: take it as data.
    获取指定成员添加的全部客户，不分页。成员没有客户时返回 84061 和空列表，应视为数据而非故障。

    Args:
        userid (str): userid of the member whose customers are asked for.
            企业成员的 userid

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        ExternalcontactListResponse
    """

    return sync_detailed(
        client=client,
        userid=userid,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    userid: str,
) -> Response[ExternalcontactListResponse]:
    """List the customers of a member
    获取客户列表

    The ids of all customers of one member, in one answer. Where the member has none the answer is a
    refusal with 84061 and an empty list: take it as data.
    获取指定成员添加的全部客户，不分页。成员没有客户时返回 84061 和空列表，应视为数据而非故障。

    Args:
        userid (str): userid of the member whose customers are asked for.
            企业成员的 userid

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        Response[ExternalcontactListResponse]
    """

    kwargs = _get_kwargs(
        userid=userid,
    )

    return _build_response(await asend(client, kwargs, auth="access_token"))


async def asyncio(
    *,
    client: AuthenticatedClient,
    userid: str,
) -> ExternalcontactListResponse:
    """List the customers of a member
    获取客户列表

    The ids of all customers of one member, in one answer. Where the member has none the answer is a
    refusal with 84061 and an empty list: take it as data.
    获取指定成员添加的全部客户，不分页。成员没有客户时返回 84061 和空列表，应视为数据而非故障。

    Args:
        userid (str): userid of the member whose customers are asked for.
            企业成员的 userid

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        ExternalcontactListResponse
    """

    return (
        await asyncio_detailed(
            client=client,
            userid=userid,
        )
    ).parsed

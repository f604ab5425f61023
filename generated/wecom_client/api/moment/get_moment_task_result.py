# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from typing import Any

from ...client import AuthenticatedClient, asend, send
from ...errors import UnexpectedStatus
from ...models.get_moment_task_result_response import GetMomentTaskResultResponse
from ...types import UNSET, Answer, Response
from ...wire import read_envelope


def _get_kwargs(
    *,
    jobid: str,
) -> dict[str, Any]:
    params: dict[str, Any] = {}

    params["jobid"] = jobid

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/cgi-bin/externalcontact/get_moment_task_result",
        "params": params,
    }

    return _kwargs


def _parse_response(response: Answer) -> GetMomentTaskResultResponse:
    if response.status_code == 200:
        response_200 = GetMomentTaskResultResponse.from_dict(read_envelope(response.content))

        return response_200

    raise UnexpectedStatus(response.status_code, response.content)


def _build_response(response: Answer) -> Response[GetMomentTaskResultResponse]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    jobid: str,
) -> Response[GetMomentTaskResultResponse]:
    """Read what became of a job
    获取朋友圈任务创建结果

    A moment is made by a job. Ask until status is 3; result then has the id of the moment and the
    members, departments and tags that were not taken. The id of a job is valid for 24 hours.
    任务的创建是异步的，status 为 3 时 result 有效，包含朋友圈 id 及不合法的执行者、部门和标签。jobid 24 小时内有效。

    Args:
        jobid (str): Id of the job, from add_moment_task.
            异步任务 id，由 add_moment_task 返回，最大长度为 64 字节

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        Response[GetMomentTaskResultResponse]
    """

    kwargs = _get_kwargs(
        jobid=jobid,
    )

    return _build_response(send(client, kwargs, auth="access_token"))


def sync(
    *,
    client: AuthenticatedClient,
    jobid: str,
) -> GetMomentTaskResultResponse:
    """Read what became of a job
    获取朋友圈任务创建结果

    A moment is made by a job. Ask until status is 3; result then has the id of the moment and the
    members, departments and tags that were not taken. The id of a job is valid for 24 hours.
    任务的创建是异步的，status 为 3 时 result 有效，包含朋友圈 id 及不合法的执行者、部门和标签。jobid 24 小时内有效。

    Args:
        jobid (str): Id of the job, from add_moment_task.
            异步任务 id，由 add_moment_task 返回，最大长度为 64 字节

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        GetMomentTaskResultResponse
    """

    return sync_detailed(
        client=client,
        jobid=jobid,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    jobid: str,
) -> Response[GetMomentTaskResultResponse]:
    """Read what became of a job
    获取朋友圈任务创建结果

    A moment is made by a job. Ask until status is 3; result then has the id of the moment and the
    members, departments and tags that were not taken. The id of a job is valid for 24 hours.
    任务的创建是异步的，status 为 3 时 result 有效，包含朋友圈 id 及不合法的执行者、部门和标签。jobid 24 小时内有效。

    Args:
        jobid (str): Id of the job, from add_moment_task.
            异步任务 id，由 add_moment_task 返回，最大长度为 64 字节

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        Response[GetMomentTaskResultResponse]
    """

    kwargs = _get_kwargs(
        jobid=jobid,
    )

    return _build_response(await asend(client, kwargs, auth="access_token"))


async def asyncio(
    *,
    client: AuthenticatedClient,
    jobid: str,
) -> GetMomentTaskResultResponse:
    """Read what became of a job
    获取朋友圈任务创建结果

    A moment is made by a job. Ask until status is 3; result then has the id of the moment and the
    members, departments and tags that were not taken. The id of a job is valid for 24 hours.
    任务的创建是异步的，status 为 3 时 result 有效，包含朋友圈 id 及不合法的执行者、部门和标签。jobid 24 小时内有效。

    Args:
        jobid (str): Id of the job, from add_moment_task.
            异步任务 id，由 add_moment_task 返回，最大长度为 64 字节

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        GetMomentTaskResultResponse
    """

    return (
        await asyncio_detailed(
            client=client,
            jobid=jobid,
        )
    ).parsed

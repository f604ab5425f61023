# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from typing import Any
from uuid import uuid4

from ...client import AuthenticatedClient, asend, send
from ...errors import UnexpectedStatus
from ...models.media_upload_request import MediaUploadRequest
from ...models.media_upload_response import MediaUploadResponse
from ...models.media_upload_type import MediaUploadType
from ...types import UNSET, Answer, Response
from ...wire import read_envelope


def _get_kwargs(
    *,
    body: MediaUploadRequest,
    type_: MediaUploadType,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    params: dict[str, Any] = {}

    json_type_: str = type_
    params["type"] = json_type_

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/cgi-bin/media/upload",
        "params": params,
    }

    _kwargs["files"] = body.to_multipart()

    headers["Content-Type"] = f"multipart/form-data; boundary={uuid4().hex}"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(response: Answer) -> MediaUploadResponse:
    if response.status_code == 200:
        response_200 = MediaUploadResponse.from_dict(read_envelope(response.content))

        return response_200

    raise UnexpectedStatus(response.status_code, response.content)


def _build_response(response: Answer) -> Response[MediaUploadResponse]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: MediaUploadRequest,
    type_: MediaUploadType,
) -> Response[MediaUploadResponse]:
    """Upload a temporary file
    上传临时素材

    Gives a media_id that is valid for three days, for every app of the corp. Uploading the same file
    again makes another id and does no harm.
    上传得到 media_id，三天内有效，同一企业内所有应用可共用。重复上传只会得到新的 media_id。

    Args:
        type_ (MediaUploadType): What the file is to be used as.
            媒体文件类型，图片（image）、语音（voice）、视频（video）、普通文件（file）
        body (MediaUploadRequest): The form of media_upload.
            media_upload 的表单

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        Response[MediaUploadResponse]
    """

    kwargs = _get_kwargs(
        body=body,
        type_=type_,
    )

    return _build_response(send(client, kwargs, auth="access_token"))


def sync(
    *,
    client: AuthenticatedClient,
    body: MediaUploadRequest,
    type_: MediaUploadType,
) -> MediaUploadResponse:
    """Upload a temporary file
    上传临时素材

    Gives a media_id that is valid for three days, for every app of the corp. Uploading the same file
    again makes another id and does no harm.
    上传得到 media_id，三天内有效，同一企业内所有应用可共用。重复上传只会得到新的 media_id。

    Args:
        type_ (MediaUploadType): What the file is to be used as.
            媒体文件类型，图片（image）、语音（voice）、视频（video）、普通文件（file）
        body (MediaUploadRequest): The form of media_upload.
            media_upload 的表单

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        MediaUploadResponse
    """

    return sync_detailed(
        client=client,
        body=body,
        type_=type_,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: MediaUploadRequest,
    type_: MediaUploadType,
) -> Response[MediaUploadResponse]:
    """Upload a temporary file
    上传临时素材

    Gives a media_id that is valid for three days, for every app of the corp. Uploading the same file
    again makes another id and does no harm.
    上传得到 media_id，三天内有效，同一企业内所有应用可共用。重复上传只会得到新的 media_id。

    Args:
        type_ (MediaUploadType): What the file is to be used as.
            媒体文件类型，图片（image）、语音（voice）、视频（video）、普通文件（file）
        body (MediaUploadRequest): The form of media_upload.
            media_upload 的表单

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        Response[MediaUploadResponse]
    """

    kwargs = _get_kwargs(
        body=body,
        type_=type_,
    )

    return _build_response(await asend(client, kwargs, auth="access_token"))


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: MediaUploadRequest,
    type_: MediaUploadType,
) -> MediaUploadResponse:
    """Upload a temporary file
    上传临时素材

    Gives a media_id that is valid for three days, for every app of the corp. Uploading the same file
    again makes another id and does no harm.
    上传得到 media_id，三天内有效，同一企业内所有应用可共用。重复上传只会得到新的 media_id。

    Args:
        type_ (MediaUploadType): What the file is to be used as.
            媒体文件类型，图片（image）、语音（voice）、视频（video）、普通文件（file）
        body (MediaUploadRequest): The form of media_upload.
            media_upload 的表单

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        MediaUploadResponse
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
            type_=type_,
        )
    ).parsed

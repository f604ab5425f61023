# Written by `make regenerate`: change the contract or openapi/templates, not this file.
from typing import Any
from uuid import uuid4

from ...client import AuthenticatedClient, asend, send
from ...errors import UnexpectedStatus
from ...models.media_uploadimg_request import MediaUploadimgRequest
from ...models.media_uploadimg_response import MediaUploadimgResponse
from ...types import Answer, Response
from ...wire import read_envelope


def _get_kwargs(
    *,
    body: MediaUploadimgRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/cgi-bin/media/uploadimg",
    }

    _kwargs["files"] = body.to_multipart()

    headers["Content-Type"] = f"multipart/form-data; boundary={uuid4().hex}"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(response: Answer) -> MediaUploadimgResponse:
    if response.status_code == 200:
        response_200 = MediaUploadimgResponse.from_dict(read_envelope(response.content))

        return response_200

    raise UnexpectedStatus(response.status_code, response.content)


def _build_response(response: Answer) -> Response[MediaUploadimgResponse]:
    return Response(
        status_code=response.status_code,
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: MediaUploadimgRequest,
) -> Response[MediaUploadimgResponse]:
    """Upload a permanent image
    上传图片

    Gives an address that stays valid, for the image of an attachment (pic_url). A corp has 1000 a day
    and 3000 a month.
    上传图片得到永久有效的图片 URL，可用于附件的 pic_url。每个企业每天最多 1000 张，每月最多 3000 张。

    Args:
        body (MediaUploadimgRequest): The form of media_uploadimg.
            media_uploadimg 的表单

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        Response[MediaUploadimgResponse]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    return _build_response(send(client, kwargs, auth="access_token"))


def sync(
    *,
    client: AuthenticatedClient,
    body: MediaUploadimgRequest,
) -> MediaUploadimgResponse:
    """Upload a permanent image
    上传图片

    Gives an address that stays valid, for the image of an attachment (pic_url). A corp has 1000 a day
    and 3000 a month.
    上传图片得到永久有效的图片 URL，可用于附件的 pic_url。每个企业每天最多 1000 张，每月最多 3000 张。

    Args:
        body (MediaUploadimgRequest): The form of media_uploadimg.
            media_uploadimg 的表单

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        MediaUploadimgResponse
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: MediaUploadimgRequest,
) -> Response[MediaUploadimgResponse]:
    """Upload a permanent image
    上传图片

    Gives an address that stays valid, for the image of an attachment (pic_url). A corp has 1000 a day
    and 3000 a month.
    上传图片得到永久有效的图片 URL，可用于附件的 pic_url。每个企业每天最多 1000 张，每月最多 3000 张。

    Args:
        body (MediaUploadimgRequest): The form of media_uploadimg.
            media_uploadimg 的表单

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        Response[MediaUploadimgResponse]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    return _build_response(await asend(client, kwargs, auth="access_token"))


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: MediaUploadimgRequest,
) -> MediaUploadimgResponse:
    """Upload a permanent image
    上传图片

    Gives an address that stays valid, for the image of an attachment (pic_url). A corp has 1000 a day
    and 3000 a month.
    上传图片得到永久有效的图片 URL，可用于附件的 pic_url。每个企业每天最多 1000 张，每月最多 3000 张。

    Args:
        body (MediaUploadimgRequest): The form of media_uploadimg.
            media_uploadimg 的表单

    Raises:
        errors.EnvelopeError: The envelope says that the call failed.
        errors.InvalidData: The answer is no envelope, or not of the shape that the contract gives it.
        errors.UnexpectedStatus: The answer has an HTTP status that the contract doesn't know.
        httpx.HTTPError: The request failed on its way, or took too long.

    Returns:
        MediaUploadimgResponse
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed

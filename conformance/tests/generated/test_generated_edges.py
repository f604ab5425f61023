"""What a seeded fault showed that no other test saw: what must be given, and what is read where."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import attrs
import httpx
import pytest

from wecom_client import Client, models
from wecom_client.client import send
from wecom_client.errors import InvalidResponse
from wecom_client.operations import SyncOperations


def test_a_query_parameter_that_must_be_there_has_no_default() -> None:
    parameters = inspect.signature(SyncOperations.gettoken).parameters
    assert [parameters[name].default for name in ("corpid", "corpsecret")] == [inspect.Parameter.empty] * 2


class Pieces(httpx.BaseTransport):
    """Answers with 100 pieces of 10 bytes."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        def pieces() -> Iterator[bytes]:
            yield from [b" " * 10] * 100

        return httpx.Response(200, content=pieces())


@pytest.mark.parametrize(("limit", "fits"), [(1000, True), (999, False)])
def test_the_pieces_of_an_answer_count_together(limit: int, fits: bool) -> None:
    client = Client("http://server", max_response_bytes=limit, httpx_args={"transport": Pieces()})
    if fits:
        assert len(send(client, {"method": "get", "url": "/"}, None).content) == 1000
        return
    with pytest.raises(InvalidResponse):
        send(client, {"method": "get", "url": "/"}, None)


@pytest.mark.parametrize("name", ["Image", "Link", "Miniprogram", "Video", "File", "Text"])
def test_a_field_is_read_under_its_own_name(name: str) -> None:
    """A model keeps what it doesn't know, so a field that is read under another name goes in and out all the same."""
    model = getattr(models, name)
    fields = [each.name for each in attrs.fields(model) if each.name != "additional_properties"]
    read = model.from_dict({field: f"the {field}" for field in fields})
    assert fields
    assert [getattr(read, field) for field in fields] == [f"the {field}" for field in fields]
    assert read.additional_properties == {}


@pytest.mark.parametrize("name", ["AddMsgTemplateRequest", "TagFilter", "Text", "Image"])
def test_a_model_that_nothing_was_given_to_sends_nothing(name: str) -> None:
    assert getattr(models, name)().to_dict() == {}

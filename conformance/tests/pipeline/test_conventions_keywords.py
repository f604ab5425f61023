"""Our own keywords for lists, periods, named numbers and files: any slip in one is a line that says where."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import pytest
from contract_places import walk

from pipeline.errors import PipelineError
from pipeline.leftovers import check_leftovers
from pipeline.shape import check_keywords

PAGES = {"cursor": "cursor", "limit": "limit", "next": "next_cursor", "rows": "list"}
WINDOW = {"from": "start", "to": "end", "seconds": 1, "key": "id"}
SPAN = {"from": "start", "to": "end", "seconds": 1}
VALUES = {
    "class": "Mood",
    "values": [
        {"value": 0, "name": "CALM", "en": "Calm.", "zh": "平静"},
        {"value": 1, "name": "WILD_2", "en": "Wild.", "zh": "狂野"},
    ],
}
REMOVED = object()


def changed(node: Any, *way: Any, to: Any) -> Any:
    """A copy of ``node`` with another value at one place, or without it."""
    copied = deepcopy(node)
    place = copied
    for step in way[:-1]:
        place = place[step]
    if to is REMOVED:
        del place[way[-1]]
    else:
        place[way[-1]] = to
    return copied


def refusal(document: Mapping[str, Any]) -> str:
    with pytest.raises(PipelineError) as caught:
        check_keywords(document)
    (line,) = str(caught.value).splitlines()
    return line


def operation(stated: Any) -> dict[str, Any]:
    return {"paths": {"/p": {"post": {"operationId": "op", "x-pagination": stated}}}}


def schema(**keywords: Any) -> dict[str, Any]:
    return {"components": {"schemas": {"S": keywords}}}


class TestPagination:
    @pytest.mark.parametrize(
        "stated", [PAGES, {**PAGES, "window": WINDOW}, {**PAGES, "window": {**WINDOW, "seconds": 86_400}}]
    )
    def test_what_passes(self, stated: Any) -> None:
        check_keywords(operation(stated))

    @pytest.mark.parametrize(
        ("stated", "says"),
        [
            ([], ": must be an object"),
            ({**PAGES, "cursors": "x"}, ": unknown key cursors; known: cursor, next, rows, limit, window"),
            *((changed(PAGES, key, to=REMOVED), f": has no {key}") for key in PAGES),
            *((changed(PAGES, key, to=1), f".{key}: must be a text") for key in PAGES),
            ({**PAGES, "window": "x"}, ".window: must be an object"),
            (
                {**PAGES, "window": {**WINDOW, "until": "x"}},
                ".window: unknown key until; known: from, to, seconds, key",
            ),
            *(
                ({**PAGES, "window": changed(WINDOW, key, to=REMOVED)}, f".window: has no {key}")
                for key in WINDOW
            ),
            ({**PAGES, "window": {**WINDOW, "seconds": "60"}}, ".window.seconds: must be a whole number"),
            ({**PAGES, "window": {**WINDOW, "seconds": True}}, ".window.seconds: must be a whole number"),
            ({**PAGES, "window": {**WINDOW, "seconds": 0}}, ".window.seconds: must be at least 1"),
            ({**PAGES, "window": {**WINDOW, "seconds": -1}}, ".window.seconds: must be at least 1"),
        ],
    )
    def test_what_does_not(self, stated: Any, says: str) -> None:
        assert refusal(operation(stated)) == f"contract.paths./p.post.x-pagination{says}"

    def test_it_stands_at_an_operation(self) -> None:
        line = refusal(schema(type="object", **{"x-pagination": PAGES}))
        assert line == "contract.components.schemas.S.x-pagination: stands at an operation"


class TestSpan:
    @pytest.mark.parametrize(
        ("stated", "says"),
        [
            ("x", ": must be an object"),
            ({**SPAN, "days": 1}, ": unknown key days; known: from, to, seconds"),
            *((changed(SPAN, key, to=REMOVED), f": has no {key}") for key in SPAN),
            ({**SPAN, "from": 1}, ".from: must be a text"),
            ({**SPAN, "seconds": 1.5}, ".seconds: must be a whole number"),
            ({**SPAN, "seconds": 0}, ".seconds: must be at least 1"),
            ({**SPAN, "from": "begin"}, ".from: there is no property begin beside it"),
            ({**SPAN, "to": "stop"}, ".to: there is no property stop beside it"),
        ],
    )
    def test_what_does_not_pass(self, stated: Any, says: str) -> None:
        document = schema(properties={"start": {}, "end": {}}, **{"x-span": SPAN})
        check_keywords(document)
        document["components"]["schemas"]["S"]["x-span"] = stated
        assert refusal(document) == f"contract.components.schemas.S.x-span{says}"


class TestValues:
    @pytest.mark.parametrize(
        ("stated", "says"),
        [
            ([], ": must be an object"),
            ({**VALUES, "open": True}, ": unknown key open; known: class, values"),
            *((changed(VALUES, key, to=REMOVED), f": has no {key}") for key in VALUES),
            ({**VALUES, "values": {}}, ".values: must be a list"),
            ({**VALUES, "values": []}, ": needs the name of a class, and values"),
            *(
                ({**VALUES, "class": name}, ": needs the name of a class, and values")
                for name in ("", "mood", "A Mood", "2Mood", "None", "_Mood", "心情")
            ),
            *(
                (changed(VALUES, "values", 1, key, to=REMOVED), f".values[1]: has no {key}")
                for key in ("value", "name", "en", "zh")
            ),
            (
                changed(VALUES, "values", 0, "de", to="x"),
                ".values[0]: unknown key de; known: value, name, en, zh",
            ),
            (changed(VALUES, "values", 0, "value", to="0"), ".values[0].value: must be a whole number"),
            (changed(VALUES, "values", 0, "value", to=False), ".values[0].value: must be a whole number"),
            *(
                (
                    changed(VALUES, "values", 1, "name", to=name),
                    ".values[1].name: must be an identifier in capitals",
                )
                for name in ("", "wild", "WILD-2", "2", "_WILD_", "__WILD__", "狂野")
            ),
            (changed(VALUES, "values", 1, "value", to=0), ": has a value twice"),
            (changed(VALUES, "values", 1, "name", to="CALM"), ": has a name twice"),
        ],
    )
    def test_what_does_not_pass(self, stated: Any, says: str) -> None:
        check_keywords(schema(type="integer", **{"x-values": VALUES}))
        line = refusal(schema(type="integer", **{"x-values": stated}))
        assert line == f"contract.components.schemas.S.x-values{says}"

    @pytest.mark.parametrize("kind", ["string", "number", ["integer", "null"], None])
    def test_they_stand_at_an_integer(self, kind: Any) -> None:
        line = refusal(schema(**({} if kind is None else {"type": kind}), **{"x-values": VALUES}))
        assert line == "contract.components.schemas.S.x-values: stands at an integer"


class TestPart:
    @pytest.mark.parametrize(
        ("holder", "part", "says"),
        [
            (
                {"type": "string"},
                {"$ref": "#"},
                "stands at a string with the format binary: the file of a form",
            ),
            (
                {"format": "binary"},
                {"$ref": "#"},
                "stands at a string with the format binary: the file of a form",
            ),
            (
                {"type": "string", "format": "binary"},
                "x",
                "must be a $ref to the object that describes the file",
            ),
            (
                {"type": "string", "format": "binary"},
                {},
                "must be a $ref to the object that describes the file",
            ),
            (
                {"type": "string", "format": "binary"},
                {"$ref": "#", "type": "object"},
                "must be a $ref to the object that describes the file",
            ),
        ],
    )
    def test_what_does_not_pass(self, holder: dict[str, Any], part: Any, says: str) -> None:
        assert (
            refusal(schema(**holder, **{"x-part": part})) == f"contract.components.schemas.S.x-part: {says}"
        )


UPLOAD = "/cgi-bin/media/upload"


@pytest.fixture
def upload(contract: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of the contract, to be changed at will."""
    return deepcopy(dict(contract))


def left(document: Mapping[str, Any]) -> str:
    with pytest.raises(PipelineError) as caught:
        check_leftovers(document)
    (line,) = str(caught.value).splitlines()
    return line


class TestLeftovers:
    """What an upload's conditions say of its query and of its file."""

    def test_conditions_may_speak_of_the_query_beside_the_body(self, upload: dict[str, Any]) -> None:
        request = upload["components"]["schemas"]["MediaUploadRequest"]
        assert any("type" in node.get("properties", {}) for node in walk(request["allOf"]))
        assert "type" not in request["properties"]
        check_leftovers(upload)

    def test_a_query_parameter_that_is_gone(self, upload: dict[str, Any]) -> None:
        upload["paths"][UPLOAD]["post"]["parameters"] = []
        assert left(upload) == "components.schemas.MediaUploadRequest: allOf names type, which is no field"

    def test_a_query_parameter_that_was_renamed(self, upload: dict[str, Any]) -> None:
        upload["paths"][UPLOAD]["post"]["parameters"][0]["name"] = "kind"
        assert left(upload) == "components.schemas.MediaUploadRequest: allOf names type, which is no field"

    def test_a_parameter_of_one_operation_is_none_of_another(self, upload: dict[str, Any]) -> None:
        image = upload["components"]["schemas"]["MediaUploadimgRequest"]
        image["allOf"].append({"properties": {"type": {"const": "image"}}})
        assert left(upload) == "components.schemas.MediaUploadimgRequest: allOf names type, which is no field"

    @pytest.mark.parametrize(
        ("field", "request_name"),
        [("filelength", "MediaUploadRequest"), ("filename", "MediaUploadRequest")],
    )
    def test_a_field_of_the_file_that_is_gone(
        self, upload: dict[str, Any], field: str, request_name: str
    ) -> None:
        part = upload["components"]["schemas"]["UploadedMedia"]
        del part["properties"][field]
        part["required"] = []
        assert left(upload) == f"components.schemas.{request_name}: allOf names {field}, which is no field"

    def test_a_required_field_of_the_file_that_is_gone(self, upload: dict[str, Any]) -> None:
        upload["components"]["schemas"]["UploadedMedia"]["required"].append("checksum")
        assert left(upload) == "components.schemas.UploadedMedia: required names checksum, which is no field"

    def test_the_file_itself_that_is_gone(self, upload: dict[str, Any]) -> None:
        request = upload["components"]["schemas"]["MediaUploadRequest"]
        request["properties"] = {}
        assert (
            left(upload) == "components.schemas.MediaUploadRequest: required names media, which is no field"
        )

    def test_an_example_of_a_form_is_judged_by_what_describes_its_file(self, upload: dict[str, Any]) -> None:
        media = upload["paths"][UPLOAD]["post"]["requestBody"]["content"]["multipart/form-data"]
        value = {"media": {"filename": "a.png", "filelength": 9}}
        media["examples"] = {"one": {"summary": "One", "value": value}}
        check_leftovers(upload)
        value["media"]["size"] = 9
        assert left(upload) == f"POST {UPLOAD}: example one has media.size, which is no field"

"""Lists that come page by page, numbers with names, times, and raw answers: what the templates make of them."""

from __future__ import annotations

import asyncio
import copy
import inspect
import pickle
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

TIME = {"type": "integer", "format": "unix-time"}
MOOD = {
    "class": "VisitMood",
    "values": [
        {"value": 0, "name": "CALM", "en": "Calm.", "zh": "平静"},
        {"value": 3, "name": "WILD", "en": "Wild.", "zh": "狂野"},
    ],
}


PATHS: dict[str, Any] = {
    "/visits": {
        "post": {
            "operationId": "get_visits",
            "tags": ["visits"],
            "summary": "List visits",
            "x-effect": "read",
            "externalDocs": {"url": "https://zoo.example/visits"},
            "x-pagination": {
                "cursor": "cursor",
                "limit": "limit",
                "next": "next_cursor",
                "rows": "visits",
                "window": {"from": "start", "to": "end", "seconds": 60, "key": "visitor"},
            },
            "requestBody": {
                "required": True,
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/VisitsRequest"}}},
            },
            "responses": {
                "200": {
                    "description": "ok",
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Visits"}}},
                }
            },
        }
    }
}
SCHEMAS: dict[str, Any] = {
    "VisitsRequest": {
        "type": "object",
        "additionalProperties": False,
        "required": ["start", "end"],
        "properties": {
            "start": TIME,
            "end": TIME,
            "keeper": {"type": "string"},
            "limit": {"type": "integer", "default": 50},
            "cursor": {"type": "string"},
        },
    },
    "Visits": {
        "type": "object",
        "required": ["ret"],
        "properties": {
            "ret": {"type": "integer"},
            "next_cursor": {"type": "string"},
            "visits": {"type": "array", "items": {"$ref": "#/components/schemas/Visit"}},
        },
        "if": {"required": ["ret"], "properties": {"ret": {"const": 1}}},
        "then": {"required": ["visits"]},
    },
    "Visit": {
        "type": "object",
        "required": ["visitor", "mood"],
        "properties": {
            "visitor": {"type": "string"},
            "mood": {"type": "integer", "x-values": MOOD},
            "before": {"type": "integer", "x-values": MOOD},
            "came": TIME,
            "left": {"type": ["integer", "string"], "format": "unix-time"},
        },
    },
}


class Caught(Exception):
    def __init__(self, *parts: Any) -> None:
        super().__init__(*parts)
        self.parts = parts


@pytest.fixture(scope="module")
def visits(zoo: Any, package_root: Path, generate_ours: Any, zoo_with: Any) -> Any:
    """The client of the zoo with a list of visits."""
    generate_ours(zoo_with(PATHS, SCHEMAS), package_root / "zoo_visits")
    return type(zoo)(package_root / "zoo_visits")


def rows_of(visits: Any, kind: str) -> Any:
    """An object whose ``iter_`` methods raise what reached ``_rows``."""

    class Target(getattr(visits("operations"), kind)):  # type: ignore[misc]
        def _rows(self, *parts: Any) -> Any:
            raise Caught(*parts)

    return Target()


KINDS = pytest.mark.parametrize("kind", ["SyncOperations", "AsyncOperations"])


@KINDS
def test_the_fields_of_a_list_reach_the_walk(visits: Any, kind: str) -> None:
    china = timezone(timedelta(hours=8))
    with pytest.raises(Caught) as caught:
        rows_of(visits, kind).iter_visits(
            start=datetime(1970, 1, 1, 8, 1, tzinfo=china), end=120, limit=5, timeout=2.5
        )
    operation, fields, options = caught.value.parts
    assert operation is visits("operations").GET_VISITS
    assert fields == {"start": 60, "end": 120, "limit": 5}
    assert options.timeout == 2.5


@KINDS
def test_a_field_left_out_is_left_to_the_server(visits: Any, kind: str) -> None:
    with pytest.raises(Caught) as caught:
        rows_of(visits, kind).iter_visits(start=0, end=1)
    assert caught.value.parts[1] == {"start": 0, "end": 1}
    assert caught.value.parts[2].timeout is visits("types").UNSET


@KINDS
def test_a_list_takes_no_cursor_and_no_body(visits: Any, kind: str) -> None:
    method = rows_of(visits, kind).iter_visits
    assert list(inspect.signature(method).parameters) == ["start", "end", "keeper", "limit", "timeout"]
    with pytest.raises(TypeError, match="unexpected keyword argument 'cursor'"):
        method(start=0, end=1, cursor="x")
    with pytest.raises(TypeError, match="positional argument"):
        method({"start": 0, "end": 1})
    with pytest.raises(TypeError, match="missing 1 required keyword-only argument: 'end'"):
        method(start=0)


@KINDS
def test_a_time_without_a_zone_is_refused(visits: Any, kind: str) -> None:
    with pytest.raises(ValueError, match="start: a datetime with a time zone is needed"):
        rows_of(visits, kind).iter_visits(start=datetime(2025, 1, 1), end=1)


@KINDS
def test_it_says_what_it_does(visits: Any, kind: str) -> None:
    doc = getattr(visits("operations"), kind).iter_visits.__doc__
    assert doc.startswith("List visits: all pages, row by row.")
    assert "is asked for in parts" in doc
    assert "https://zoo.example/visits" in doc


@KINDS
def test_the_walk_is_not_here(visits: Any, kind: str) -> None:
    with pytest.raises(NotImplementedError):
        getattr(visits("operations"), kind)().iter_visits(start=0, end=1)


def test_only_the_list_has_pages(visits: Any) -> None:
    operations, wire = visits("operations"), visits("wire")
    paging = {name: each.pagination for name, each in operations.OPERATIONS.items() if each.pagination}
    assert paging == {
        "get_visits": wire.Pagination(
            cursor="cursor",
            limit="limit",
            next="next_cursor",
            rows="visits",
            window=wire.Window(start="start", end="end", seconds=60, key="visitor"),
        )
    }
    assert [name for name in dir(operations.SyncOperations) if name.startswith("iter_")] == ["iter_visits"]


def raw(visits: Any, *, is_async: bool) -> Any:
    module = visits("raw_operations")
    if not is_async:

        class Sync(module.SyncRawOperations):  # type: ignore[misc,name-defined]
            def _call(self, *parts: Any) -> Any:
                raise Caught(*parts)

        return Sync()

    class Async(module.AsyncRawOperations):  # type: ignore[misc,name-defined]
        async def _call(self, *parts: Any) -> Any:
            raise Caught(*parts)

    return Async()


@pytest.mark.parametrize("is_async", [False, True], ids=["sync", "async"])
def test_a_raw_call_takes_parameters_of_its_own(visits: Any, is_async: bool) -> None:
    def run(method: str, *args: Any, **kwargs: Any) -> Caught:
        with pytest.raises(Caught) as caught:
            result = getattr(raw(visits, is_async=is_async), method)(*args, **kwargs)
            if is_async:
                asyncio.run(result)
        return caught.value

    operation, body, confirmed, options = run(
        "add_animals", keeper="ann", all_cages=True, timeout=None, extra_query={"debug": "1"}
    ).parts
    assert operation is visits("operations").ADD_ANIMALS
    assert (body, confirmed) == ({"keeper": "ann"}, frozenset({"all_cages"}))
    assert (options.timeout, options.extra_query) == (None, {"debug": "1"})
    plain = run("login", user="ann", secret="x").parts
    assert (plain[1], plain[3].extra_query) == ({"user": "ann", "secret": "x"}, visits("types").UNSET)


def test_every_operation_has_its_raw_methods_with_one_argument_more(visits: Any) -> None:
    operations, module = visits("operations"), visits("raw_operations")
    for name in operations.OPERATIONS:
        plain = list(inspect.signature(getattr(operations.SyncOperations, name)).parameters)
        blocking = inspect.signature(getattr(module.SyncRawOperations, name))
        awaited = getattr(module.AsyncRawOperations, name)
        assert list(blocking.parameters) == [*plain, "extra_query"]
        assert inspect.signature(awaited) == blocking
        assert inspect.iscoroutinefunction(awaited)
        answer = operations.OPERATIONS[name].response_model.__name__
        assert blocking.return_annotation == f"Response[{answer}]"
    with pytest.raises(NotImplementedError):
        module.SyncRawOperations().login(user="a", secret="b")
    with pytest.raises(NotImplementedError):
        asyncio.run(module.AsyncRawOperations().login(user="a", secret="b"))


ROW: dict[str, Any] = {"visitor": "bob", "mood": 3, "came": 60}


def test_a_number_has_its_name_and_stays_a_number_on_the_wire(visits: Any) -> None:
    mood = visits("values").VisitMood
    row = visits("models").Visit.from_dict(ROW)
    assert row.mood is mood.WILD
    assert (row.mood, row.mood.is_known, row.before) == (3, True, visits("types").UNSET)
    assert type(row.to_dict()["mood"]) is int
    assert row.to_dict() == ROW
    assert {one.name: one.value for one in mood} == {"CALM": 0, "WILD": 3}


@pytest.mark.parametrize("number", [1, -1, 2**40])
def test_a_number_of_tomorrow_survives(visits: Any, number: int) -> None:
    row = visits("models").Visit.from_dict({**ROW, "before": number})
    assert (row.before, row.before.name, row.before.is_known) == (number, f"UNKNOWN_{number}", False)
    assert row.to_dict()["before"] == number
    for again in (copy.copy(row), copy.deepcopy(row), pickle.loads(pickle.dumps(row))):
        assert again == row
        assert type(again.before) is type(row.before)
    assert list(visits("values").VisitMood) == [0, 3], "what came once is no member"


@pytest.mark.parametrize("nonsense", ["3", True, 3.0, None, [3]])
def test_what_is_no_number_is_an_error(visits: Any, nonsense: Any) -> None:
    with pytest.raises(visits("errors").InvalidData, match=r"^Visit\.mood: an integer was expected, not"):
        visits("models").Visit.from_dict({**ROW, "mood": nonsense})


def test_a_required_number_that_is_missing_is_named(visits: Any) -> None:
    with pytest.raises(visits("errors").InvalidData, match=r"^Visit: 'mood' is missing$"):
        visits("models").Visit.from_dict({"visitor": "bob"})


def test_a_time_is_a_number_and_a_datetime(visits: Any) -> None:
    row = visits("models").Visit.from_dict({**ROW, "left": "120"})
    assert (row.came, row.left) == (60, "120")
    assert row.came_utc == datetime(1970, 1, 1, 0, 1, tzinfo=UTC)
    assert row.left_utc == datetime(1970, 1, 1, 0, 2, tzinfo=UTC)
    assert row.to_dict() == {**ROW, "left": "120"}, "a datetime is no field"
    assert visits("models").Visit.from_dict({"visitor": "bob", "mood": 0}).came_utc is None


@pytest.mark.parametrize("nonsense", ["xxxx", 10**30, None, [1]])
def test_a_time_that_is_none_is_an_error_when_it_is_asked_for(visits: Any, nonsense: Any) -> None:
    row = visits("models").Visit.from_dict({**ROW, "left": nonsense})
    with pytest.raises(visits("errors").InvalidData, match=r"^Visit\.left: not a time in seconds"):
        row.left_utc  # noqa: B018

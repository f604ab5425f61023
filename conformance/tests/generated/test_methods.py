"""The methods that the overrides inherit: what they make of their arguments, and what they refuse."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pytest


class Caught(Exception):
    """What reached ``_call``."""

    def __init__(self, *parts: Any) -> None:
        self.operation, self.body, self.confirmed, self.options = parts


class Caller:
    """The methods of the zoo, blocking or async, with a ``_call`` that gives back what it got."""

    def __init__(self, operations: Any, *, is_async: bool) -> None:
        self.is_async = is_async

        class Sync(operations.SyncOperations):  # type: ignore[misc]
            def _call(self, *parts: Any) -> Any:
                raise Caught(*parts)

        class Async(operations.AsyncOperations):  # type: ignore[misc]
            async def _call(self, *parts: Any) -> Any:
                raise Caught(*parts)

        self.target = Async() if is_async else Sync()

    def __call__(self, method: str, *args: Any, **kwargs: Any) -> Caught:
        with pytest.raises(Caught) as caught:
            self._run(method, *args, **kwargs)
        return caught.value

    def refuses(self, message: str, method: str, *args: Any, **kwargs: Any) -> None:
        with pytest.raises(TypeError, match=message):
            self._run(method, *args, **kwargs)

    def _run(self, method: str, *args: Any, **kwargs: Any) -> None:
        result = getattr(self.target, method)(*args, **kwargs)
        if self.is_async:
            asyncio.run(result)


@pytest.fixture(params=[False, True], ids=["sync", "async"])
def caller(zoo: Any, request: pytest.FixtureRequest) -> Caller:
    return Caller(zoo("operations"), is_async=request.param)


def test_fields_make_a_body(zoo: Any, caller: Caller) -> None:
    models = zoo("models")
    caught = caller(
        "add_animals",
        keeper="ann",
        mood="awake",
        note="hello",
        cage=models.Cage(size=1),
        tags=("a", "b"),
        cages=[models.Cage(size=2), {"size": 3}],
        animals=[models.Cat(lives=9), models.DogAnimal(dog=models.Dog(name="rex")), {"kind": "fox"}],
        star=models.EelAnimal(eel=models.Eel(volts=600)),
    )
    assert caught.operation is zoo("operations").ADD_ANIMALS
    assert caught.body == {
        "keeper": "ann",
        "mood": "awake",
        "note": {"text": "hello"},
        "cage": {"size": 1},
        "tags": ["a", "b"],
        "cages": [{"size": 2}, {"size": 3}],
        "animals": [
            {"kind": "cat", "cat": {"lives": 9}},
            {"kind": "dog", "dog": {"name": "rex"}},
            {"kind": "fox"},
        ],
        "star": {"kind": "eel", "eel": {"volts": 600}},
    }
    assert caught.confirmed == frozenset()
    assert caught.options.timeout is zoo("types").UNSET


def test_a_field_left_out_is_not_in_the_body(caller: Caller) -> None:
    assert caller("add_animals").body == {}
    assert caller("add_animals", keeper="ann").body == {"keeper": "ann"}


@pytest.mark.parametrize("wrap", [dict, MappingProxyType], ids=["dict", "mapping"])
def test_a_mapping_is_passed_on_unchanged(caller: Caller, wrap: Any) -> None:
    body: Mapping[str, Any] = wrap({"keper": 1, "note": "left alone", "animals": ["x"]})
    assert caller("add_animals", body).body is body


def test_a_model_becomes_plain_data(zoo: Any, caller: Caller) -> None:
    models = zoo("models")
    body = models.Animals(keeper="ann", note=models.Note(text="hello"))
    body["extra"] = 1
    assert caller("add_animals", body).body == {"keeper": "ann", "note": {"text": "hello"}, "extra": 1}


def test_values_of_a_wrong_type_are_left_for_validation(caller: Caller) -> None:
    odd = {"keeper": 1, "mood": "angry", "note": 2, "cage": "x", "tags": "abc", "cages": 3, "animals": "x"}
    odd["star"] = None
    assert caller("add_animals", **odd).body == odd
    assert caller("add_animals", tags={"a": 1}, animals=[1, None, "cat"]).body == {
        "tags": {"a": 1},
        "animals": [1, None, "cat"],
    }


@pytest.mark.parametrize("given", [{"b", "a"}, (each for each in "ab"), dict.fromkeys("ab").keys()])
def test_any_collection_is_a_list(zoo: Any, given: Any) -> None:
    body = Caller(zoo("operations"), is_async=False)("add_animals", tags=given).body
    assert isinstance(body["tags"], list)
    assert sorted(body["tags"]) == ["a", "b"]


def test_the_confirm_flag_is_told_apart_from_the_body(caller: Caller) -> None:
    caught = caller("add_animals", {"keeper": "ann"}, all_cages=True)
    assert (caught.body, caught.confirmed) == ({"keeper": "ann"}, frozenset({"all_cages"}))
    assert caller("add_animals", keeper="ann", all_cages=False).confirmed == frozenset()


@pytest.mark.parametrize("timeout", [1.5, None])
def test_the_timeout_is_told_apart_from_the_body(caller: Caller, timeout: float | None) -> None:
    caught = caller("add_animals", keeper="ann", timeout=timeout)
    assert (caught.body, caught.options.timeout) == ({"keeper": "ann"}, timeout)


def test_a_body_and_fields_at_once_are_refused(zoo: Any, caller: Caller) -> None:
    message = r"^add_animals\(\) takes a body or fields, not both; beside the body: keeper, tags$"
    caller.refuses(message, "add_animals", {"keeper": "ann"}, keeper="ann", tags=[])
    caller.refuses(message, "add_animals", zoo("models").Animals(keeper="ann"), keeper="ann", tags=[])


@pytest.mark.parametrize("body", ["text", ["keeper"], 1, None])
def test_a_body_of_another_kind_is_refused(caller: Caller, body: object) -> None:
    kind = type(body).__name__
    caller.refuses(
        rf"^add_animals\(\) takes a Animals or a mapping as its body, not {kind}$", "add_animals", body
    )


def test_the_model_of_another_operation_is_refused(zoo: Any, caller: Caller) -> None:
    caller.refuses("takes a Animals or a mapping as its body, not Cage", "add_animals", zoo("models").Cage())


def test_a_model_with_a_plain_value_inside_is_refused(zoo: Any, caller: Caller) -> None:
    body = zoo("models").Animals(keeper="ann", note="hello")
    caller.refuses("Animals holds a plain value where a model belongs", "add_animals", body)
    caller.refuses(
        "Animals holds", "add_animals", zoo("models").Animals(keeper="ann", animals=[{"kind": "cat"}])
    )


def test_an_unknown_keyword_is_refused(caller: Caller) -> None:
    caller.refuses("unexpected keyword argument 'allCages'", "add_animals", keeper="ann", allCages=True)


def test_fields_can_not_be_given_by_position(caller: Caller) -> None:
    caller.refuses("positional argument", "add_animals", {"keeper": "ann"}, "awake")
    caller.refuses("positional argument", "login", "ann", "SECRET")


def test_query_parameters_are_keywords(zoo: Any, caller: Caller) -> None:
    caught = caller("login", user="ann", secret="x")
    assert caught.operation is zoo("operations").LOGIN
    assert caught.body == {"user": "ann", "secret": "x"}
    assert caller("login", user="ann", secret="x", page=2).body["page"] == 2
    caller.refuses("missing 1 required keyword-only argument: 'secret'", "login", user="ann")


def test_the_table_describes_every_operation(zoo: Any) -> None:
    operations, models = zoo("operations"), zoo("models")
    assert list(operations.OPERATIONS) == ["add_animals", "login"]
    add = operations.OPERATIONS["add_animals"]
    assert (add.id, add.method, add.path, add.effect) == ("add_animals", "POST", "/animals", "write")
    assert add.auth == "ticket"
    assert (add.has_body, add.query, add.confirms) == (True, (), ("all_cages",))
    assert (add.page, add.summary) == ("https://zoo.example/animals", "Add animals")
    assert (add.request_model, add.response_model) == (models.Animals, models.Added)
    login = operations.OPERATIONS["login"]
    assert (login.method, login.effect, login.auth, login.has_body) == ("GET", "read", None, False)
    assert (login.query, login.confirms, login.request_model) == (("user", "secret", "page"), (), None)
    assert add.parse({"ret": 1, "id": "7"}) == models.Added(ret=1, id="7")
    with pytest.raises(zoo("errors").InvalidData, match="Added: 'id' is missing"):
        add.parse({"ret": 1})
    with pytest.raises(AttributeError):
        add.path = "/elsewhere"


def test_every_operation_has_both_methods_with_the_same_arguments(zoo: Any) -> None:
    operations = zoo("operations")
    for name in operations.OPERATIONS:
        blocking = inspect.signature(getattr(operations.SyncOperations, name))
        awaited = getattr(operations.AsyncOperations, name)
        assert inspect.iscoroutinefunction(awaited)
        assert inspect.signature(awaited) == blocking
        assert "https://zoo.example/animals" in (operations.SyncOperations.add_animals.__doc__ or "")


def test_the_methods_need_a_call(zoo: Any) -> None:
    with pytest.raises(NotImplementedError):
        zoo("operations").SyncOperations().add_animals(keeper="ann")
    with pytest.raises(NotImplementedError):
        asyncio.run(zoo("operations").AsyncOperations().add_animals(keeper="ann"))


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"a": float("nan")}, "not JSON compliant"),
        ({"a": float("inf")}, "not JSON compliant"),
        ({"a": "\ud800"}, "surrogate"),
    ],
)
def test_what_utf8_json_can_not_say_is_refused(zoo: Any, body: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        zoo("wire").json_bytes(body)


def test_the_wire_is_raw_utf8_without_spaces(zoo: Any) -> None:
    body = {"a": "新品 🎉 \u2028", "b": [1, {"c": None}]}
    assert zoo("wire").json_bytes(body) == '{"a":"新品 🎉 \u2028","b":[1,{"c":null}]}'.encode()

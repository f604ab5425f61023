"""Models: tags by default, open, honest about what is missing, equal after a copy."""

from __future__ import annotations

import copy
import importlib
import json
import pickle
from pathlib import Path
from typing import Any

import pytest


def test_the_tag_has_its_value_by_default(zoo: Any, stock_zoo: Any) -> None:
    stock = stock_zoo("models")
    with pytest.raises(TypeError):
        stock.CatAnimal(cat=stock.Cat(lives=9))
    ours = zoo("models")
    assert ours.CatAnimal(cat=ours.Cat(lives=9)).to_dict() == {"kind": "cat", "cat": {"lives": 9}}


def test_stock_writes_no_python_for_an_optional_const(
    generate_stock: Any, zoo_contract: dict[str, Any], package_root: Path
) -> None:
    assert generate_stock(zoo_contract, package_root / "zoo_const") == []
    with pytest.raises(SyntaxError):
        importlib.import_module("zoo_const.models")


def test_an_optional_const_is_checked_where_it_stands(zoo: Any) -> None:
    cage = zoo("models").Cage
    assert cage.from_dict({"locked": True}).locked is True
    assert cage.from_dict({}).to_dict() == {}
    with pytest.raises(zoo("errors").InvalidData, match="locked must be True, not False"):
        cage.from_dict({"locked": False})


def test_a_model_sends_no_value_that_the_caller_left_out(zoo: Any, stock_zoo: Any) -> None:
    assert stock_zoo("models").Animals(keeper="ann").to_dict() == {"keeper": "ann", "mood": "sleepy"}
    assert zoo("models").Animals(keeper="ann").to_dict() == {"keeper": "ann"}


def test_an_unknown_field_of_a_closed_request_survives(zoo: Any, stock_zoo: Any) -> None:
    body = {"keeper": "ann", "allCages": ["x"], "animals": [{"kind": "cat", "cat": {"lives": 1}, "lifes": 2}]}
    assert "allCages" not in stock_zoo("models").Animals.from_dict(body).to_dict()
    assert zoo("models").Animals.from_dict(body).to_dict() == body


def test_a_missing_field_is_named_with_its_model(zoo: Any, stock_zoo: Any) -> None:
    with pytest.raises(KeyError):
        stock_zoo("models").Animals.from_dict({})
    with pytest.raises(zoo("errors").InvalidData, match=r"^Animals: 'keeper' is missing$"):
        zoo("models").Animals.from_dict({})


@pytest.mark.parametrize("value", [[], [["keeper", "x"]], "keeper", None, 3])
def test_only_an_object_makes_a_model(zoo: Any, value: Any) -> None:
    with pytest.raises(zoo("errors").InvalidData, match=r"^Animals: an object was expected, not"):
        zoo("models").Animals.from_dict(value)


@pytest.mark.parametrize("field", ["tags", "cages", "animals"])
@pytest.mark.parametrize("value", ["abc", {"0": "a"}, None, 1])
def test_only_an_array_makes_a_list(zoo: Any, field: str, value: Any) -> None:
    with pytest.raises(zoo("errors").InvalidData, match=rf"^{field}: an array was expected, not"):
        zoo("models").Animals.from_dict({"keeper": "ann", field: value})


def test_stock_takes_a_string_apart_where_a_list_belongs(stock_zoo: Any) -> None:
    parsed = stock_zoo("models").Added.from_dict({"ret": 1, "refused": "abc"})
    assert list(parsed.refused) == ["a", "b", "c"]


@pytest.mark.parametrize("given", [{"refused": None}, {}, {"refused": []}])
def test_a_nullable_list_of_an_answer_is_always_a_list(zoo: Any, given: dict[str, Any]) -> None:
    assert zoo("models").Added.from_dict({"ret": 1, "id": "1", **given}).refused == []


def test_a_nullable_list_keeps_what_is_in_it_and_refuses_what_is_none(zoo: Any) -> None:
    assert zoo("models").Added.from_dict({"ret": 1, "id": "1", "refused": ["a"]}).refused == ["a"]
    with pytest.raises(zoo("errors").InvalidData, match="refused: an array was expected, not str"):
        zoo("models").Added.from_dict({"ret": 1, "id": "1", "refused": "abc"})


def test_two_answers_share_no_list(zoo: Any) -> None:
    first, second = (zoo("models").Added(ret=1, id="1") for _ in range(2))
    first.refused.append("a")
    assert second.refused == []


def test_an_unknown_value_of_an_enum_survives(zoo: Any, stock_zoo: Any) -> None:
    page = {"ret": 1, "id": "1", "refused": [], "mood": "hungry"}
    with pytest.raises(ValueError, match="'hungry' is not a valid"):
        stock_zoo("models").Added.from_dict(page)
    parsed = zoo("models").Added.from_dict(page)
    assert parsed.mood == "hungry"
    assert parsed.to_dict() == page


def test_stock_with_literal_enums_dies_of_an_unknown_value_too(
    generate_stock: Any, zoo_contract: dict[str, Any], package_root: Path
) -> None:
    del zoo_contract["components"]["schemas"]["Cage"]["properties"]["locked"]
    assert generate_stock(zoo_contract, package_root / "zoo_literal", literal_enums=True) == []
    added = importlib.import_module("zoo_literal.models").Added
    with pytest.raises(TypeError, match="Unexpected value 'hungry'"):
        added.from_dict({"ret": 1, "mood": "hungry"})


COPIES = [copy.copy, copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))]


def test_stock_unset_is_another_object_after_a_copy(stock_zoo: Any) -> None:
    model = stock_zoo("models").Note()
    copied = copy.deepcopy(model)
    assert model != copied
    with pytest.raises(TypeError, match="not JSON serializable"):
        json.dumps(copied.to_dict())


@pytest.mark.parametrize("copied", COPIES, ids=["copy", "deepcopy", "pickle"])
def test_unset_is_the_same_object_after_a_copy(zoo: Any, copied: Any) -> None:
    types, models = zoo("types"), zoo("models")
    assert copied(types.UNSET) is types.UNSET
    assert not types.UNSET
    assert repr(types.UNSET) == "UNSET"
    assert isinstance(types.UNSET, types.Unset)
    model = models.Animals(keeper="ann", animals=[models.CatAnimal(cat=models.Cat(lives=9))])
    assert copied(model) == model
    assert json.dumps(copied(model).to_dict()) == json.dumps(model.to_dict())


def test_a_secret_stands_in_no_repr(zoo: Any, stock_zoo: Any) -> None:
    answer = {"ret": 1, "ticket": "SECRET-TICKET"}
    assert "SECRET-TICKET" in repr(stock_zoo("models").Session.from_dict(answer))
    parsed = zoo("models").Session.from_dict(answer)
    assert parsed.ticket == "SECRET-TICKET"
    assert "SECRET-TICKET" not in repr(parsed)
    assert parsed.to_dict() == answer
    assert zoo("models").Session(ret=1).to_dict() == {"ret": 1}

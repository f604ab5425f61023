"""A tagged union is dispatched on its tag."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest

CAT = {"kind": "cat", "cat": {"lives": 9}}
EEL = {"kind": "eel", "eel": {"volts": 600}}
FOX = {"kind": "fox", "fox": {"says": ["?", {"deep": None}]}, "extra": 1}
KEEPER = {"keeper": "ann"}


def test_each_member_becomes_its_own_model(zoo: Any) -> None:
    models = zoo("models")
    parsed = models.Animals.from_dict({**KEEPER, "animals": [EEL, CAT]})
    assert [type(animal) for animal in parsed.animals] == [models.EelAnimal, models.CatAnimal]
    assert parsed.to_dict() == {**KEEPER, "animals": [EEL, CAT]}


def test_stock_blames_the_last_member_and_ours_the_right_one(zoo: Any, stock_zoo: Any) -> None:
    body = {**KEEPER, "animals": [{"kind": "cat"}]}
    with pytest.raises(ValueError, match="must match const 'eel'"):
        stock_zoo("models").Animals.from_dict(body)
    with pytest.raises(zoo("errors").InvalidData, match=r"^CatAnimal: 'cat' is missing$"):
        zoo("models").Animals.from_dict(body)


def test_stock_blames_another_member_for_a_fault_inside_and_ours_the_model(zoo: Any, stock_zoo: Any) -> None:
    body = {**KEEPER, "animals": [{"kind": "cat", "cat": {}}]}
    with pytest.raises(ValueError, match="must match const 'eel'"):
        stock_zoo("models").Animals.from_dict(body)
    with pytest.raises(zoo("errors").InvalidData, match=r"^Cat: 'lives' is missing$"):
        zoo("models").Animals.from_dict(body)


def test_stock_loses_the_page_over_an_unknown_tag_and_ours_keeps_it(zoo: Any, stock_zoo: Any) -> None:
    page = {"ret": 1, "id": "1", "refused": [], "animals": [CAT, FOX, EEL]}
    with pytest.raises((ValueError, KeyError)):
        stock_zoo("models").Added.from_dict(page)
    parsed = zoo("models").Added.from_dict(page)
    kept = parsed.animals[1]
    assert type(kept) is zoo("models").UnknownVariant
    assert kept.additional_properties == FOX
    assert kept["kind"] == "fox"
    assert parsed.to_dict() == page


@pytest.mark.parametrize("odd", [{}, {"cat": {"lives": 1}}, {"kind": None}, {"kind": ["cat"]}, {"kind": 7}])
def test_a_member_without_a_usable_tag_is_kept_as_it_came(zoo: Any, odd: dict[str, Any]) -> None:
    parsed = zoo("models").Animals.from_dict({**KEEPER, "animals": [odd], "star": odd})
    assert parsed.to_dict() == {**KEEPER, "animals": [odd], "star": odd}


@pytest.mark.parametrize("odd", ["cat", 1, None, ["kind", "cat"], True])
def test_a_member_that_is_no_object_is_refused(zoo: Any, odd: object) -> None:
    with pytest.raises(zoo("errors").InvalidData, match="an object was expected"):
        zoo("models").Animals.from_dict({**KEEPER, "animals": [odd]})


def test_a_union_that_is_no_list_is_dispatched_too(zoo: Any) -> None:
    models = zoo("models")
    assert models.Animals.from_dict({**KEEPER, "star": CAT}).star == models.CatAnimal(cat=models.Cat(lives=9))
    assert models.Animals.from_dict(KEEPER).star is zoo("types").UNSET
    assert models.Animals.from_dict({**KEEPER, "star": CAT}).to_dict() == {**KEEPER, "star": CAT}


def test_a_union_without_tags_goes_the_stock_way(zoo: Any) -> None:
    models = zoo("models")
    parsed = models.Animals.from_dict({**KEEPER, "pet": {"name": "rex"}, "code": "x"})
    assert parsed.pet == models.Dog(name="rex")
    for code in (1, "x", None):
        body = {**KEEPER, "pet": {"lives": 9}, "code": code}
        assert models.Animals.from_dict(body).to_dict() == body
    assert zoo("wire").plain(parsed)["pet"] == {"name": "rex"}


def test_parsing_imports_nothing(zoo: Any, stock_zoo: Any) -> None:
    """The stock model imports every member at each parse, which takes longer than the parse itself."""

    def imports_in_functions(folder: Path) -> list[str]:
        tree = ast.parse((folder / "models" / "animals.py").read_text(encoding="utf-8"))
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        return [
            ast.unparse(node)
            for each in functions
            for node in ast.walk(each)
            if isinstance(node, ast.ImportFrom)
        ]

    assert len(imports_in_functions(stock_zoo.folder)) >= 3
    assert imports_in_functions(zoo.folder) == []


def test_models_in_a_circle_import_and_parse(zoo: Any) -> None:
    cage = {
        "size": 1,
        "inner": {"size": 2},
        "warden": {"cages": [{"locked": True}, {}]},
        "bars": {"a": {"text": "b"}},
    }
    parsed = zoo("models").Cage.from_dict(cage)
    assert type(parsed.warden.cages[0]) is zoo("models").Cage
    assert type(parsed.bars["a"]) is zoo("models").Note
    assert parsed.to_dict() == cage

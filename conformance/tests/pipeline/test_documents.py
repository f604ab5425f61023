"""Documents are read strictly and written in one way."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline import documents, strict
from pipeline.contract import FLOW, HEADER, canonical
from pipeline.documents import read_yaml, to_yaml
from pipeline.errors import PipelineError


def error(path: Path) -> str:
    with pytest.raises(PipelineError) as caught:
        read_yaml(path)
    (line,) = str(caught.value).splitlines()
    assert line.startswith(str(path))
    return line.removeprefix(str(path))


def written(folder: Path, text: str | bytes, name: str = "document.yaml") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("a: 1\nb: [x, 2.5, true, null, ~]\n", {"a": 1, "b": ["x", 2.5, True, None, None]}),
        ("a:\nb: ''\n", {"a": None, "b": ""}),
        (
            "day: 2025-11-17\ntime: 2025-11-17 10:00:00\n",
            {"day": "2025-11-17", "time": "2025-11-17 10:00:00"},
        ),
        ("a: '010'\nb: 'no'\nc: '1:30'\n", {"a": "010", "b": "no", "c": "1:30"}),
        ("a: -1\nb: -2147483648\nc: 1e3\n", {"a": -1, "b": -(2**31), "c": "1e3"}),
        ('{"a": {"b": ["字", "😀"]}}', {"a": {"b": ["字", "😀"]}}),
        ("\ufeffa: 1\n", {"a": 1}),
        ("'200': {description: OK}\n", {"200": {"description": "OK"}}),
        ("a: &x {k: [1]}\nb: *x\n", {"a": {"k": [1]}, "b": {"k": [1]}}),
    ],
)
def test_what_is_read(tmp_path: Path, text: str, value: Any) -> None:
    read = read_yaml(written(tmp_path, text))
    assert read == value
    assert json.dumps(read, sort_keys=True) == json.dumps(value, sort_keys=True)  # 1 is not True


def test_no_two_places_share_a_value(tmp_path: Path) -> None:
    read = read_yaml(written(tmp_path, "a: &x {k: [1]}\nb: *x\nc: [*x]\n"))
    read["a"]["k"].append(2)
    assert read == {"a": {"k": [1, 2]}, "b": {"k": [1]}, "c": [{"k": [1]}]}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: 1\nb: 2\na: 3\n", ":3: key 'a' stands twice"),
        ("a: {b: 1, b: 1}\n", ":1: key 'b' stands twice"),
        ("a:\n  200: x\n", ":2: a key must be text; put it in quotes"),
        ("a:\n  true: x\n", ":2: a key must be text; put it in quotes"),
        ("? [1]\n: 2\n", ":1: a key must be text; put it in quotes"),
        ("? {a: b}\n: 2\n", ":1: a key must be text; put it in quotes"),
        ("a: 1\nb: no\n", ":2: 'no' can be misread; write true or false, or put it in quotes"),
        ("a: On\n", ":1: 'On' can be misread; write true or false, or put it in quotes"),
        ("a: True\n", ":1: 'True' can be misread; write true or false, or put it in quotes"),
        ("a: NULL\n", ":1: 'NULL' can be misread; write null, or put it in quotes"),
        ("a: 010\n", ":1: '010' can be misread; write a decimal number, or put it in quotes"),
        ("a: 0x1F\n", ":1: '0x1F' can be misread; write a decimal number, or put it in quotes"),
        ("a: 1_000\n", ":1: '1_000' can be misread; write a decimal number, or put it in quotes"),
        ("a: 1:30\n", ":1: '1:30' can be misread; write a decimal number, or put it in quotes"),
        (
            f"a: {'9' * 5000}\n",
            f":1: '{'9' * 40}' can be misread; write a decimal number, or put it in quotes",
        ),
        ("a: .inf\n", ":1: '.inf' can be misread; write a decimal number, or put it in quotes"),
        ("a: .NaN\n", ":1: '.NaN' can be misread; write a decimal number, or put it in quotes"),
        ("a: !!bool maybe\n", ":1: 'maybe' can be misread; write true or false, or put it in quotes"),
        ("a: &x {b: 1}\nc:\n  <<: *x\n", ":3: has the tag tag:yaml.org,2002:merge"),
        ("a: !!binary aGk=\n", ":1: has the tag tag:yaml.org,2002:binary"),
        ("a: !!set {b}\n", ":1: has the tag tag:yaml.org,2002:set"),
        (
            "a: !!python/object/apply:os.getcwd []\n",
            ":1: has the tag tag:yaml.org,2002:python/object/apply:os.getcwd",
        ),
        ("a: *b\n", ":1: not YAML: found undefined alias"),
        ("a: [1\nb: 2\n", ":2: not YAML: "),
        ("a: 1\n\tb: 2\n", ":2: not YAML: "),
        ("a: 1\nb: \x00\n", ":2: not YAML: control characters are not allowed"),
        ("<<<<<<< ours\na: 1\n=======\na: 2\n>>>>>>> theirs\n", ":2: not YAML: "),
        ("a: 1\n---\nb: 2\n", ":2: not YAML: but found another document"),
    ],
)
def test_yaml_that_is_refused(tmp_path: Path, text: str, says: str) -> None:
    assert error(written(tmp_path, text)).startswith(says)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"a": 1, "a": 1}', ": key 'a' stands twice"),
        ('{"a": [{"b": {}, "b": 1}]}', ": key 'b' stands twice"),
        ('{"a": 1, "b": 1, "c": 1, "b": 1}', ": key 'b' stands twice"),
        ('{\n"a": 1\n"b": 2}', ":3: not JSON: Expecting ',' delimiter"),
        ("", ":1: not JSON: Expecting value"),
        ("{} x", ":1: not JSON: Extra data"),
        ("[NaN]", ": NaN is no JSON"),
        ("[-Infinity]", ": -Infinity is no JSON"),
        ("[1e999]", ": holds a number that is too large"),
        (f"[{'9' * 5000}]", ": holds a number that is too long"),
        ('["\\ud800"]', ": holds half of a surrogate pair"),
        ('{"\\udfff": 1}', ": holds half of a surrogate pair"),
    ],
)
def test_json_that_is_refused(tmp_path: Path, text: str, says: str) -> None:
    assert error(written(tmp_path, text, "document.json")).startswith(says)


def test_json_is_read_as_json(tmp_path: Path) -> None:
    text = '{"a":\t"\\ud83d\\ude00", "b": "\\/", "no": true}'
    assert read_yaml(written(tmp_path, text, "document.json")) == {"a": "😀", "b": "/", "no": True}


@pytest.mark.parametrize(
    ("name", "opening", "closing"),
    [("d.yaml", "[", "]"), ("d.yaml", "{a: ", "}"), ("d.json", "[", "]"), ("d.json", '{"a":', "}")],
)
class TestDepth:
    def test_as_deep_as_allowed(self, tmp_path: Path, name: str, opening: str, closing: str) -> None:
        depth = strict.MAX_DEPTH
        read = read_yaml(written(tmp_path, opening * depth + "1" + closing * depth, name))
        for _ in range(depth):
            (read,) = read if isinstance(read, list) else read.values()
        assert read == 1

    @pytest.mark.parametrize("depth", [strict.MAX_DEPTH + 1, 5_000, 500_000])
    def test_deeper(self, tmp_path: Path, name: str, opening: str, closing: str, depth: int) -> None:
        line = error(written(tmp_path, opening * depth + "1" + closing * depth, name))
        assert line.endswith("is nested more than 64 levels deep")


class TestAliases:
    def test_a_few_lines_that_stand_for_millions_of_values(self, tmp_path: Path) -> None:
        lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
        lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
        line = error(written(tmp_path, "\n".join(lines)))
        assert line.endswith("holds more than 1000000 values when its aliases are written out")

    def test_aliases_count_towards_the_depth(self, tmp_path: Path) -> None:
        """The document is one level, and each list one more, though no line of the text goes deeper than two."""
        lines = ["a0: &a0 [1]", *(f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, strict.MAX_DEPTH))]
        assert len(read_yaml(written(tmp_path, "\n".join(lines[:-1])))) == strict.MAX_DEPTH - 1
        assert "levels deep when its aliases are written out" in error(written(tmp_path, "\n".join(lines)))

    @pytest.mark.parametrize("text", ["a: &a [*a]\n", "a: &a {b: *a}\n", "&a [[[*a]]]\n"])
    def test_a_value_inside_of_itself(self, tmp_path: Path, text: str) -> None:
        assert "levels deep when its aliases are written out" in error(written(tmp_path, text))


class TestFiles:
    def test_missing(self, tmp_path: Path) -> None:
        assert error(tmp_path / "none.yaml") == ": No such file or directory"

    def test_a_folder(self, tmp_path: Path) -> None:
        assert error(tmp_path) == ": Is a directory"

    def test_not_utf_8(self, tmp_path: Path) -> None:
        assert error(written(tmp_path, "a: 消息".encode("gbk"))) == ": not UTF-8 at byte 3"

    def test_too_large(self, tmp_path: Path) -> None:
        filler = b"#" * (documents.MAX_BYTES - 5)
        assert read_yaml(written(tmp_path, b"a: 1\n" + filler)) == {"a": 1}
        assert (
            error(written(tmp_path, b"a: 1\n" + filler + b"#"))
            == f": is larger than {documents.MAX_BYTES} bytes"
        )

    def test_numbers_as_keys_where_they_are_asked_for(self, tmp_path: Path) -> None:
        path = written(tmp_path, "-1: busy\n0: ok\n")
        assert read_yaml(path, number_keys=True) == {-1: "busy", 0: "ok"}
        with pytest.raises(PipelineError, match="a key must be text"):
            read_yaml(written(tmp_path, "true: x\n"), number_keys=True)


AWKWARD: dict[str, Any] = {
    "texts": [
        "no",
        "010",
        "1:30",
        "2025-11-17",
        "null",
        "",
        " ",
        "a: b",
        "#x",
        "*x",
        "é",
        "字",
        "😀",
        "=",
        "<<",
    ],
    "lines": "one\ntwo\n",
    "numbers": [0, -1, 2**31, 1.5, True, False, None],
    "empty": [{}, [], {"a": {}}],
    "long": "word " * 100,
    "200": "text for a key",
}


class TestWriting:
    def test_what_is_written_reads_the_same(self, tmp_path: Path) -> None:
        text = to_yaml(AWKWARD, "One line.\nAnother.")
        assert text.startswith("# One line.\n# Another.\ntexts:\n")
        read = read_yaml(written(tmp_path, text))
        assert json.dumps(read) == json.dumps(AWKWARD)

    def test_chinese_stays_readable(self) -> None:
        assert to_yaml({"说明": "群发，企业微信"}, "h") == "# h\n说明: 群发，企业微信\n"

    def test_what_is_the_same_twice_is_written_twice(self) -> None:
        same = {"k": 1}
        assert to_yaml({"a": same, "b": same}, "h") == "# h\na:\n  k: 1\nb:\n  k: 1\n"

    def test_mappings_of_some_keys_stand_on_one_line(self, tmp_path: Path) -> None:
        document = {"x-rules": {"type": {"id": "a", "errcode": 1}, "required": {"f": {"id": "b"}}}}
        text = to_yaml(document, "h", FLOW)
        assert text == "# h\nx-rules:\n  type: {id: a, errcode: 1}\n  required:\n    f: {id: b}\n"
        assert read_yaml(written(tmp_path, text)) == document


class TestOrder:
    def test_keywords_have_one_order_and_names_keep_theirs(self) -> None:
        one = {"properties": {"b": {"type": "string", "minLength": 1}, "a": {}}, "type": "object"}
        other = {"type": "object", "properties": {"b": {"minLength": 1, "type": "string"}, "a": {}}}
        assert json.dumps(canonical(one)) == json.dumps(canonical(other))
        assert list(canonical(one)["properties"]) == ["b", "a"]

    def test_the_order_of_names_is_a_difference(self) -> None:
        one, other = {"properties": {"a": {}, "b": {}}}, {"properties": {"b": {}, "a": {}}}
        assert json.dumps(canonical(one)) != json.dumps(canonical(other))

    @pytest.mark.parametrize("name", ["value", "default", "properties", "mapping", "example"])
    def test_a_field_may_have_the_name_of_a_keyword(self, name: str) -> None:
        one = {"properties": {name: {"type": "string", "minLength": 1}}}
        other = {"properties": {name: {"minLength": 1, "type": "string"}}}
        assert json.dumps(canonical(one)) == json.dumps(canonical(other))

    def test_data_keeps_its_order(self) -> None:
        data = {"value": {"type": 1, "a": 2}, "default": {"type": 1, "a": 2}}
        assert json.dumps(canonical(data)["value"]) == '{"type": 1, "a": 2}'
        assert json.dumps(canonical(data)["default"]) == '{"type": 1, "a": 2}'

    def test_nothing_is_lost(self, contract: Any) -> None:
        assert canonical(contract) == contract
        assert to_yaml(canonical(contract), HEADER, FLOW) == to_yaml(contract, HEADER, FLOW)


def test_the_loader_of_the_tests_is_another(contract: Any, api: Any) -> None:
    """The committed contract says the same to the strict reader and to PyYAML's own."""
    assert read_yaml(api.contract) == contract

"""Plain JSON data from the values that a state holds, and back: by their type hints, so no field can be forgotten."""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Hashable, Mapping, MutableMapping, Sequence
from functools import cache
from typing import Any, Literal, NamedTuple, Union, get_args, get_origin, get_type_hints

from attrs import fields, has


class Codec(NamedTuple):
    """How values of one type become JSON data (``encode``) and are made from it again (``decode``)."""

    encode: Callable[[Any], Any]
    decode: Callable[[Any], Any]

    def dumps(self, value: object) -> str:
        """Text in ASCII: half a surrogate pair in a text of the test's own survives too."""
        return json.dumps(self.encode(value), separators=(",", ":"))

    def loads(self, text: str) -> Any:
        """The value again."""
        return self.decode(json.loads(text))


def _same(value: Any) -> Any:
    return value


_AS_IT_IS = Codec(_same, _same)
_PLAIN = (str, int, float, bool, type(None), Any, object)
_MAPPINGS = (dict, Mapping, MutableMapping)


@cache
def codec_for(hint: Hashable) -> Codec:
    """The codec of a type.

    Args:
        hint: a JSON scalar, ``Any`` (JSON data), a literal, a union with None, a list, tuple, frozenset or mapping
            of such, or an attrs class of such fields.

    Raises:
        TypeError: any other type.
    """
    origin, arguments = get_origin(hint), get_args(hint)
    if hint in _PLAIN or origin is Literal:
        return _AS_IT_IS
    if isinstance(hint, type) and has(hint):
        return _class(hint)
    if origin in (Union, types.UnionType) and all(one in _PLAIN for one in arguments):
        return _AS_IT_IS
    if origin in (Union, types.UnionType) and type(None) in arguments and len(arguments) == 2:
        return _optional(codec_for(next(one for one in arguments if one is not type(None))))
    if origin in (list, Sequence):
        return _list(list, codec_for(arguments[0]))
    if origin is tuple and arguments[1:] == (...,):
        return _list(tuple, codec_for(arguments[0]))
    if origin is tuple:
        return _fixed(tuple(codec_for(one) for one in arguments))
    if origin is frozenset and arguments[0] is str:
        return Codec(sorted, frozenset)
    if origin in _MAPPINGS:
        return _mapping(arguments[0], codec_for(arguments[0]), codec_for(arguments[1]))
    raise TypeError(f"no way to keep a value of type {hint}")


def _optional(inner: Codec) -> Codec:
    if inner is _AS_IT_IS:
        return inner
    return Codec(
        lambda value: None if value is None else inner.encode(value),
        lambda data: None if data is None else inner.decode(data),
    )


def _list(kind: type, inner: Codec) -> Codec:
    if inner is _AS_IT_IS:
        return Codec(list, kind)
    return Codec(
        lambda value: [inner.encode(one) for one in value],
        lambda data: kind([inner.decode(one) for one in data]),
    )


def _fixed(inner: Sequence[Codec]) -> Codec:
    return Codec(
        lambda value: [codec.encode(one) for codec, one in zip(inner, value, strict=True)],
        lambda data: tuple(codec.decode(one) for codec, one in zip(inner, data, strict=True)),
    )


def _mapping(kind: object, key: Codec, inner: Codec) -> Codec:
    if kind is str:
        return Codec(
            lambda value: {name: inner.encode(one) for name, one in value.items()},
            lambda data: {name: inner.decode(one) for name, one in data.items()},
        )
    # JSON has no other keys than texts.
    return Codec(
        lambda value: [[key.encode(name), inner.encode(one)] for name, one in value.items()],
        lambda data: {key.decode(name): inner.decode(one) for name, one in data},
    )


def _class(kind: type) -> Codec:
    hints = get_type_hints(kind)
    known = {field.name: (field.alias, codec_for(hints[field.name])) for field in fields(kind)}
    later = frozenset(field.name for field in fields(kind) if not field.init)

    def encode(value: Any) -> dict[str, Any]:
        return {name: codec.encode(getattr(value, name)) for name, (_, codec) in known.items()}

    def decode(data: dict[str, Any]) -> Any:
        made = {name: known[name][1].decode(one) for name, one in data.items()}
        value = kind(**{known[name][0] or name: one for name, one in made.items() if name not in later})
        for name in later & made.keys():
            setattr(value, name, made[name])
        return value

    return Codec(encode, decode)

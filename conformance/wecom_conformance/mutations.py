"""Bodies that differ from given ones in a few places, at and around every limit of the contract.

The limits are read from the contract, so a limit that changes there is tried here on both of its new sides.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from attrs import frozen
from hypothesis import strategies as st

from .byte_limits import strings_of
from .engine import Contract

Draw = Callable[[st.SearchStrategy[Any]], Any]
Holder = dict[str, Any] | list[Any]

_LARGE = 200
"""Lists are not made longer than this here: thousands of items take long, and the table of vectors has them."""
_OTHER_TYPES: Sequence[Any] = (
    None, True, False, 0, 1, -1, 1.5, 1e300, 10**15, "", " ", "0", "null", "标", [], [None], [""], ["a"], [[]], {},
    {"": 1}, {"x": None},
)  # fmt: skip


@frozen
class Vocabulary:
    """What mutations are made of.

    Attributes:
        names: every field of every request, and some misspellings.
        sizes: byte sizes on both sides of each byte limit.
        counts: numbers of items on both sides of each limit of items.
        numbers: numbers on both sides of each limit of a number.
        words: every value of an enum or const.
    """

    names: Sequence[str]
    sizes: Sequence[int]
    counts: Sequence[int]
    numbers: Sequence[int]
    words: Sequence[str]

    @classmethod
    def of(cls, contract: Contract) -> Vocabulary:
        """The vocabulary of a contract."""
        nodes = [node for node in _nodes(contract.document) if isinstance(node, dict)]
        names = {
            name for node in nodes if "additionalProperties" in node for name in node.get("properties", ())
        }
        words = {
            word
            for node in nodes
            for word in [*_list(node.get("enum")), node.get("const")]
            if isinstance(word, str)
        }
        limits: Mapping[str, set[int]] = {
            keyword: {node[keyword] for node in nodes if isinstance(node.get(keyword), int)}
            for keyword in ("x-max-bytes", "maxItems", "minItems", "minimum", "maximum")
        }
        counts = {limit for limit in limits["maxItems"] | limits["minItems"] if limit < _LARGE}
        return cls(
            names=sorted(
                names | {_camel(name) for name in names} | {f"{name} " for name in names} | {"", "foo"}
            ),
            sizes=_around(limits["x-max-bytes"]),
            counts=_around(counts),
            numbers=_around(limits["minimum"] | limits["maximum"]),
            words=sorted(words | {word.title() for word in words}),
        )


@st.composite
def mutated(draw: Draw, bodies: st.SearchStrategy[Any], vocabulary: Vocabulary) -> Any:
    """A body with one to three places changed.

    Args:
        draw: given by hypothesis.
        bodies: what to start from, good or bad.
        vocabulary: what to put there.
    """
    # The body is held by a list, so that it can be changed itself, which it seldom is.
    root = [copy.deepcopy(draw(bodies))]
    for _ in range(draw(st.sampled_from([1, 1, 1, 1, 2, 3]))):
        inside = list(_holders(root[0]))
        holder = draw(st.sampled_from(inside)) if inside and draw(st.integers(0, 19)) else root
        draw(st.sampled_from(_DEEDS))(draw, holder, vocabulary)
        if not root:
            root.append({})
    return root[0]


def _drop(draw: Draw, holder: Holder, _: Vocabulary) -> None:
    if holder:
        del holder[draw(_places(holder))]


def _replace(draw: Draw, holder: Holder, _: Vocabulary) -> None:
    if holder:
        holder[draw(_places(holder))] = copy.deepcopy(draw(st.sampled_from(_OTHER_TYPES)))


def _rename(draw: Draw, holder: Holder, vocabulary: Vocabulary) -> None:
    if isinstance(holder, dict) and holder:
        value = holder.pop(draw(_places(holder)))
        holder[draw(st.sampled_from(vocabulary.names))] = value


def _add(draw: Draw, holder: Holder, vocabulary: Vocabulary) -> None:
    value = copy.deepcopy(draw(st.sampled_from([*_OTHER_TYPES, *vocabulary.words])))
    if isinstance(holder, dict):
        holder[draw(st.sampled_from(vocabulary.names))] = value
    else:
        holder.append(value)


def _resize(draw: Draw, holder: Holder, vocabulary: Vocabulary) -> None:
    """Bring a string to so many bytes, or a list to so many items."""
    if not holder:
        return
    place = draw(_places(holder))
    value = holder[place]
    if isinstance(value, list) and value:
        wanted = draw(st.sampled_from(vocabulary.counts))
        holder[place] = [copy.deepcopy(value[index % len(value)]) for index in range(wanted)]
    else:
        size = draw(st.sampled_from(vocabulary.sizes))
        start = "https:" if str(value).startswith("http") else ""
        holder[place] = draw(strings_of(max(size, len(start)), start))


def _number(draw: Draw, holder: Holder, vocabulary: Vocabulary) -> None:
    if holder:
        number = draw(st.sampled_from(vocabulary.numbers))
        holder[draw(_places(holder))] = draw(
            st.sampled_from([number, float(number), number + 0.5, str(number)])
        )


def _word(draw: Draw, holder: Holder, vocabulary: Vocabulary) -> None:
    if holder:
        holder[draw(_places(holder))] = draw(st.sampled_from(vocabulary.words))


def _nest(draw: Draw, holder: Holder, vocabulary: Vocabulary) -> None:
    if holder:
        place = draw(_places(holder))
        value = holder[place]
        holder[place] = [value] if draw(st.booleans()) else {draw(st.sampled_from(vocabulary.names)): value}


def _unnest(draw: Draw, holder: Holder, _: Vocabulary) -> None:
    if holder:
        place = draw(_places(holder))
        value = holder[place]
        children = list(value.values()) if isinstance(value, dict) else value
        if isinstance(children, list) and children:
            holder[place] = children[0]


_DEEDS = (_drop, _replace, _rename, _add, _resize, _resize, _number, _word, _nest, _unnest)


def _places(holder: Holder) -> st.SearchStrategy[Any]:
    return st.sampled_from(list(holder) if isinstance(holder, dict) else range(len(holder)))


def _holders(value: Any) -> Iterator[Holder]:
    if isinstance(value, (dict, list)):
        yield value
        for child in value.values() if isinstance(value, dict) else value:
            yield from _holders(child)


def _nodes(value: Any) -> Iterator[Any]:
    yield value
    for child in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _nodes(child)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _around(limits: set[int]) -> list[int]:
    return sorted({number for limit in limits for number in (limit - 1, limit, limit + 1) if number >= 0})


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.title() for part in rest)

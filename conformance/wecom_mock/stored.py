"""Dicts and lists that live in a SQLite file, and are read from it when they are asked."""

from __future__ import annotations

import itertools
from collections.abc import (
    ItemsView,
    Iterable,
    Iterator,
    MutableMapping,
    MutableSequence,
    Sequence,
    ValuesView,
)
from typing import Any, Generic, TypeVar, overload

from .codec import Codec
from .refusal import StorageError
from .tasks import Task, TaskStore
from .unit_of_work import UnitOfWork

_K = TypeVar("_K")
_V = TypeVar("_V")
#: Rows that are read at once; a task may have thousands of recipients.
_CHUNK = 32


def read(codec: Codec, text: str) -> Any:
    """A value from the file.

    Raises:
        StorageError: what stands there is none.
    """
    try:
        return codec.loads(text)
    except (ValueError, TypeError, KeyError, AttributeError):
        raise StorageError("the file holds something that this mock didn't write") from None


class StoredDict(MutableMapping[_K, _V], Generic[_K, _V]):
    """A dict in a table, in the order in which its keys came.

    Args:
        unit: the lock and transaction of the state.
        name: of the table.
        keys: texts or tuples of them.
        values: a value may be changed in place as long as the lock is held; after that it is a copy.
    """

    columns: tuple[str, ...] = ()
    """Names of columns beside key and value, which :meth:`facts` fills."""

    def __init__(self, unit: UnitOfWork, name: str, keys: Codec, values: Codec) -> None:
        self._unit, self._name, self._keys, self._values = unit, name, keys, values
        self._given: dict[str, tuple[_V, str]] = {}
        unit.tracked.append(self)
        more = "".join(f", {column}" for column in self.columns)
        unit.write(
            f'CREATE TABLE IF NOT EXISTS "{name}"'
            f" (number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE{more}, value TEXT NOT NULL)"
        )
        names = ", ".join(("key", *self.columns, "value"))
        marks = ", ".join("?" * (2 + len(self.columns)))
        changes = ", ".join(f"{column} = excluded.{column}" for column in (*self.columns, "value"))
        self._upsert = (
            f'INSERT INTO "{name}" ({names}) VALUES ({marks}) ON CONFLICT (key) DO UPDATE SET {changes}'  # noqa: S608
        )

    def facts(self, value: _V) -> tuple[object, ...]:
        """What the columns of a value hold."""
        return ()

    def __getitem__(self, key: _K) -> _V:
        with self._unit:
            text = self._keys.dumps(key)
            if text in self._given:
                return self._given[text][0]
            rows = self._unit.read(f'SELECT value FROM "{self._name}" WHERE key = ?', (text,))  # noqa: S608
            if not rows:
                raise KeyError(key)
            return self._hand_out(text, rows[0][0])

    def __setitem__(self, key: _K, value: _V) -> None:
        with self._unit:
            self._write(self._keys.dumps(key), value, self._values.dumps(value))

    def __delitem__(self, key: _K) -> None:
        with self._unit:
            text = self._keys.dumps(key)
            if not self._unit.write(f'DELETE FROM "{self._name}" WHERE key = ?', (text,)):  # noqa: S608
                raise KeyError(key)
            self._given.pop(text, None)

    def clear(self) -> None:
        """Delete every row at once."""
        with self._unit:
            self._unit.write(f'DELETE FROM "{self._name}"')  # noqa: S608
            self._given.clear()

    def __len__(self) -> int:
        with self._unit:
            return int(self._unit.read(f'SELECT COUNT(*) FROM "{self._name}"')[0][0])  # noqa: S608

    def last(self) -> int:
        """The number of the newest row; without deletions, how many there are."""
        with self._unit:
            return int(self._unit.read(f'SELECT MAX(number) FROM "{self._name}"')[0][0] or 0)  # noqa: S608

    def __reversed__(self) -> Iterator[_K]:
        return (key for key, _ in self.pairs(backwards=True))

    def __iter__(self) -> Iterator[_K]:
        for rows in self._chunks("number, key"):
            yield from (read(self._keys, key) for _, key in rows)

    def items(self) -> ItemsView[_K, _V]:
        """A view that reads rows a few at a time."""
        return _Items(self)

    def values(self) -> ValuesView[_V]:
        """A view that reads rows a few at a time."""
        return _Values(self)

    def pairs(self, *, backwards: bool = False) -> Iterator[tuple[_K, _V]]:
        """Keys and values, a few at a time."""
        for rows in self._chunks("number, key, value", backwards=backwards):
            with self._unit:
                found = [(read(self._keys, key), self._hand_out(key, value)) for _, key, value in rows]
            yield from found

    def _chunks(self, names: str, *, backwards: bool = False) -> Iterator[list[Any]]:
        last, wanted = (
            (2**62, "number < ? ORDER BY number DESC") if backwards else (0, "number > ? ORDER BY number")
        )
        while True:
            with self._unit:
                rows = self._unit.read(
                    f'SELECT {names} FROM "{self._name}" WHERE {wanted} LIMIT {_CHUNK}',  # noqa: S608
                    (last,),
                )
            if not rows:
                return
            last = rows[-1][0]
            yield rows

    def _hand_out(self, key: str, text: str) -> _V:
        """The value of a row; the same object as long as the lock is held."""
        if key not in self._given:
            self._given[key] = read(self._values, text), text
        return self._given[key][0]

    def _write(self, key: str, value: _V, text: str) -> None:
        self._unit.write(self._upsert, (key, *self.facts(value), text))
        self._given[key] = value, text

    def flush(self) -> None:
        """Write the values that were changed since they were handed out."""
        for key, (value, was) in list(self._given.items()):
            text = self._values.dumps(value)
            if text != was:
                self._write(key, value, text)

    def saved(self) -> None:
        """Let go of the values: the next call reads them again."""
        self._given.clear()

    forget = saved


class _Items(ItemsView[_K, _V]):
    def __init__(self, of: StoredDict[_K, _V]) -> None:
        super().__init__(of)
        self._of = of

    def __iter__(self) -> Iterator[tuple[_K, _V]]:
        return self._of.pairs()

    def __reversed__(self) -> Iterator[tuple[_K, _V]]:
        return self._of.pairs(backwards=True)


class _Values(ValuesView[_V]):
    def __init__(self, of: StoredDict[Any, _V]) -> None:
        super().__init__(of)
        self._of = of

    def __iter__(self) -> Iterator[_V]:
        return (value for _, value in self._of.pairs())

    def __reversed__(self) -> Iterator[_V]:
        return (value for _, value in self._of.pairs(backwards=True))


class StoredTasks(StoredDict[str, Task], TaskStore):
    """The tasks, found by their time without reading them all."""

    columns = ("chat_type", "created", "creator", "create_type")

    def __init__(self, unit: UnitOfWork, name: str, keys: Codec, values: Codec) -> None:
        super().__init__(unit, name, keys, values)
        # All that a list asks for stands in the index, so skipping to a page reads no task.
        unit.write(
            f'CREATE INDEX IF NOT EXISTS "{name} by time"'
            f' ON "{name}" (chat_type, created, number, creator, create_type)'
        )

    def facts(self, value: Task) -> tuple[object, ...]:
        """What a list chooses tasks by."""
        return value.chat_type, int(value.created), value.creator, value.create_type

    def between(
        self,
        start: int,
        end: int,
        *,
        chat_type: str,
        creator: str | None = None,
        create_type: int | None = None,
    ) -> Sequence[Task]:
        """See :meth:`TaskStore.between`."""
        return _Found(self, (chat_type, start, end, creator, creator, create_type, create_type))

    def newest(self, count: int) -> list[Task]:
        """See :meth:`TaskStore.newest`."""
        with self._unit:
            return list(itertools.islice((task for _, task in self.pairs(backwards=True)), count))

    def found(self, wanted: tuple[object, ...], first: int, count: int) -> list[Task]:
        """So many of the tasks of a period."""
        with self._unit:
            rows = self._unit.read(
                f'SELECT key, value FROM "{self._name}" WHERE number IN'  # noqa: S608
                f' (SELECT number FROM "{self._name}" WHERE {_WANTED} ORDER BY created, number LIMIT ? OFFSET ?)'
                " ORDER BY created, number",
                (*wanted, count, first),
            )
            return [self._hand_out(key, value) for key, value in rows]

    def how_many(self, wanted: tuple[object, ...]) -> int:
        """How many tasks a period has."""
        with self._unit:
            return int(self._unit.read(f'SELECT COUNT(*) FROM "{self._name}" WHERE {_WANTED}', wanted)[0][0])  # noqa: S608


_WANTED = "chat_type = ? AND created BETWEEN ? AND ? AND (? IS NULL OR creator = ?) AND (? IS NULL OR create_type = ?)"


class _Found(Sequence[Task]):
    """Tasks that were asked for, read when one of them is looked at."""

    def __init__(self, tasks: StoredTasks, wanted: tuple[object, ...]) -> None:
        self._tasks, self._wanted = tasks, wanted
        self._length = tasks.how_many(wanted)
        self._first, self._read = 0, list[Task]()

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, index: int) -> Task: ...

    @overload
    def __getitem__(self, index: slice) -> list[Task]: ...

    def __getitem__(self, index: int | slice) -> Task | list[Task]:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(self._length))]
        number = index + self._length if index < 0 else index
        if not 0 <= number < self._length:
            raise IndexError(index)
        if not self._first <= number < self._first + len(self._read):
            self._first, self._read = number, self._tasks.found(self._wanted, number, _CHUNK)
        return self._read[number - self._first]


class StoredList(MutableSequence[_V], Generic[_V]):
    """A list in a table, whose entries are added at the end and not changed.

    Args:
        unit: the lock and transaction of the state.
        name: of the table.
        values: of the entries.
    """

    def __init__(self, unit: UnitOfWork, name: str, values: Codec) -> None:
        self._rows: StoredDict[int, _V] = StoredDict(unit, name, Codec(int, int), values)

    def __len__(self) -> int:
        return self._rows.last()

    @overload
    def __getitem__(self, index: int) -> _V: ...

    @overload
    def __getitem__(self, index: slice) -> list[_V]: ...

    def __getitem__(self, index: int | slice) -> _V | list[_V]:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        number = index + len(self) if index < 0 else index
        if number not in self._rows:
            raise IndexError(index)
        return self._rows[number]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def insert(self, index: int, value: _V) -> None:
        """Add an entry, at the end only."""
        if index != len(self):
            raise TypeError("entries are added at the end")
        self._rows[index] = value

    def __iter__(self) -> Iterator[_V]:
        return iter(self._rows.values())

    def __setitem__(self, index: int | slice, value: _V | Iterable[_V]) -> None:
        raise TypeError("entries are not changed")

    def __delitem__(self, index: int | slice) -> None:
        raise TypeError("entries are not taken away one by one")

    def clear(self) -> None:
        """Forget all entries."""
        self._rows.clear()

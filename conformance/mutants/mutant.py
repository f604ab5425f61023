"""One mutant, as a value."""

from __future__ import annotations

from attrs import field, frozen


@frozen
class Mutant:
    """One change of one expression.

    Attributes:
        file: the file, from the root of the repository.
        number: its place among the mutants of the file.
        line: the first line of what is changed.
        first, last: the lines of the statement around it.
        inside: whether it is in a function, and so runs only when that is called.
        old, new: the changed lines before and after.
        text: the whole file with the change.
    """

    file: str
    number: int
    line: int
    first: int
    last: int
    inside: bool
    old: str
    new: str
    text: str = field(repr=False, eq=False)

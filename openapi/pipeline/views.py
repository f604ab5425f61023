"""What the templates are told of an operation: its method, the fields of that, and the method through all pages."""

from __future__ import annotations

from dataclasses import dataclass

from openapi_python_client.parser.properties import ModelProperty

from pipeline.facts import OperationFacts, Pagination


@dataclass(frozen=True, slots=True)
class Field:
    """One keyword of a method."""

    name: str
    wire_name: str
    annotation: str
    """The type without ``Unset``."""
    required: bool
    value: str
    """The expression that gives the plain JSON value of the keyword."""
    description: str


@dataclass(frozen=True, slots=True)
class Payload:
    """A model that may stand for the member of a tagged union that carries it beside its tag."""

    class_name: str
    tag: str
    field: str


@dataclass(frozen=True, slots=True)
class TaggedUnion:
    """A union whose members differ by a const."""

    name: str
    """Of the constant that lists the payloads."""
    tag: str
    members: tuple[ModelProperty, ...]
    payloads: tuple[Payload, ...]


@dataclass(frozen=True, slots=True)
class Rows:
    """The method that goes through all pages of an operation."""

    name: str
    row: str
    """The type of one row."""
    fields: tuple[Field, ...]
    """The operation's own without the cursor."""
    pagination: Pagination


@dataclass(frozen=True, slots=True)
class OperationView:
    """One operation, ready for the templates."""

    facts: OperationFacts
    constant: str
    name: str
    tag: str
    summary: str
    """In both languages, as it stands in the projection."""
    description: str
    request: ModelProperty | None
    """The model of a JSON body."""
    response: ModelProperty
    beside: tuple[Field, ...]
    """The query parameters."""
    fields: tuple[Field, ...]
    """What the request consists of: the fields of the body or the file, and the query parameters before them."""
    parts: tuple[str, ...]
    """Wire names of the files in a form."""
    unions: tuple[TaggedUnion, ...]
    rows: Rows | None = None

    @property
    def query(self) -> tuple[str, ...]:
        """Wire names of the query parameters."""
        return tuple(field.wire_name for field in self.beside)

    @property
    def own(self) -> tuple[Field, ...]:
        """The fields of the body."""
        return self.fields[len(self.beside) :]

"""One view per operation, from which the templates write the table of operations and the methods.

The templates could work this out themselves, but a type annotation put together in Jinja is read by nobody.
Here it is plain Python over the generator's parsed document. Every string that stems from the contract goes
into code through ``repr`` or as an identifier that the generator has cleaned.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator, Sequence
from typing import Any

from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.bodies import BodyType
from openapi_python_client.parser.openapi import Endpoint
from openapi_python_client.parser.properties import LiteralEnumProperty, ModelProperty
from openapi_python_client.parser.properties.file import FileProperty
from openapi_python_client.parser.properties.list_property import ListProperty
from openapi_python_client.parser.properties.string import StringProperty
from openapi_python_client.parser.properties.union import UnionProperty
from openapi_python_client.strings import PythonIdentifier

from pipeline.errors import PipelineError
from pipeline.facts import ClientFacts, OperationFacts
from pipeline.mangled import FIELD_PREFIX
from pipeline.parsed_models import consts, keyword_name, literal, only_string, payloads, properties
from pipeline.projection import EMPTY_IF_MISSING, TIME, UNKNOWN_VARIANT, VALUE_CLASS
from pipeline.views import Field, OperationView, Rows, TaggedUnion

METHOD_WORDS = frozenset({"self", "body", "timeout", "extra_query"})
"""Names that every method's signature has already."""

KEY_WORD = "key"
"""What the method of an operation takes beside its fields that must not be called twice."""

FILE_WORDS = ("filename", "content_type", "progress")
"""What the method of an upload takes beside the file: see ``Upload`` in the template of ``wire``."""


class Facade:
    """All operations of a parsed document, and the questions that templates ask about models."""

    unknown_variant = UNKNOWN_VARIANT

    def __init__(self, data: GeneratorData, facts: ClientFacts) -> None:
        self.facts = facts
        self.models = {str(model.class_info.name): model for model in data.models}
        self._payload_constants: dict[str, tuple[str, ...]] = {}
        self.operations = tuple(self._operations(data))
        self._refuse_two_methods_of_one_name()

    def facts_of(self, endpoint: Endpoint) -> OperationFacts:
        """The facts of one endpoint."""
        for facts in self.facts.operations.values():
            if PythonIdentifier(facts.id, FIELD_PREFIX) == endpoint.name:
                return facts
        raise PipelineError(str(endpoint.name), "is not among the operations of the contract")

    @property
    def unions(self) -> tuple[TaggedUnion, ...]:
        """The tagged unions in the signatures, each once."""
        return tuple({union.name: union for view in self.operations for union in view.unions}.values())

    @property
    def signature_models(self) -> list[tuple[str, str]]:
        """(class, module) of every model that the signatures name."""
        names = {str(view.response.class_info.name) for view in self.operations}
        for view in self.operations:
            if view.request:
                names.add(str(view.request.class_info.name))
            if view.rows and view.rows.row in self.models:
                names.add(view.rows.row)
            for field in view.fields:
                names.update(name for name in re.findall(r"\w+", field.annotation) if name in self.models)
        return sorted((name, str(self.models[name].class_info.module_name)) for name in names)

    def tagged(self, union: UnionProperty) -> TaggedUnion | None:
        """``union`` as a tagged one, or None where its members don't differ by one const."""
        members = [
            self.models.get(str(inner.get_base_type_string().as_unembedded_code()))
            for inner in union.inner_properties
        ]
        known = [member for member in members if member is not None]
        if len(known) != len(members) or not known or known[-1].class_info.name != UNKNOWN_VARIANT:
            return None
        variants = tuple(known[:-1])
        tags = [consts(variant) for variant in variants]
        shared = [name for name in tags[0] if all(name in others for others in tags)]
        if len(shared) != 1 or len({others[shared[0]] for others in tags}) != len(tags):
            return None
        return TaggedUnion(
            name=self._payload_constant(str(union.python_name).upper(), variants),
            tag=shared[0],
            members=variants,
            payloads=tuple(payloads(variants, shared[0])),
        )

    def _payload_constant(self, base: str, variants: Sequence[ModelProperty]) -> str:
        """Two fields of one name may be different unions: each of these has a constant of its own."""
        members = tuple(str(variant.class_info.name) for variant in variants)
        name, number = f"_{base}_PAYLOADS", 1
        while self._payload_constants.setdefault(name, members) != members:
            number += 1
            name = f"_{base}_{number}_PAYLOADS"
        return name

    def tag_value(self, member: ModelProperty, tag: str) -> str:
        """The const that tells ``member`` from the others."""
        return consts(member)[tag]

    def is_secret(self, model: ModelProperty, name: str) -> bool:
        """Whether a property's value may stand in no ``repr``."""
        return (str(model.class_info.name), name) in self.facts.secret_fields

    def value_class(self, model: ModelProperty, prop: Any) -> str | None:
        """The class that names the numbers of a property, or None where it is no such number."""
        stated = (model.data.properties or {}).get(prop.name)
        return (getattr(stated, "model_extra", None) or {}).get(VALUE_CLASS)

    def value_classes(self, model: ModelProperty) -> list[str]:
        """Every class that names numbers of a model's properties."""
        return sorted({name for prop in properties(model) if (name := self.value_class(model, prop))})

    def is_time(self, model: ModelProperty, prop: Any) -> bool:
        """Whether a property is a time in seconds."""
        stated = (model.data.properties or {}).get(prop.name)
        return getattr(stated, "schema_format", None) == TIME

    def times(self, model: ModelProperty) -> list[Any]:
        """The properties of a model that are times."""
        return [prop for prop in properties(model) if self.is_time(model, prop)]

    def is_empty_if_missing(self, model: ModelProperty, prop: Any) -> bool:
        """Whether a list reads as ``[]`` where the answer has null or leaves it out."""
        stated = (model.data.properties or {}).get(prop.name)
        return bool((getattr(stated, "model_extra", None) or {}).get(EMPTY_IF_MISSING))

    def imports(self, model: ModelProperty) -> tuple[list[str], list[str]]:
        """Imports of other models as (at module level, inside functions).

        Inside functions is dear, as it is paid at every parse; it is only for models that refer to each other
        in a circle.
        """
        own = str(model.class_info.name)
        early: list[str] = []
        late: list[str] = []
        for statement in sorted(model.lazy_imports or ()):
            target = statement.rsplit(" ", 1)[-1]
            (late if own in self._reached(target) else early).append(statement)
        return early, late

    def _reached(self, start: str) -> set[str]:
        found: set[str] = set()
        open_names = [start]
        while open_names:
            name = open_names.pop()
            if name not in found and name in self.models:
                found.add(name)
                open_names += [each.rsplit(" ", 1)[-1] for each in self.models[name].lazy_imports or ()]
        return found

    def _operations(self, data: GeneratorData) -> Iterator[OperationView]:
        for tag, collection in data.endpoint_collections_by_tag.items():
            for endpoint in collection.endpoints:
                if _has_method(endpoint):
                    yield self._operation(str(tag), endpoint, self.facts_of(endpoint))

    def _refuse_two_methods_of_one_name(self) -> None:
        """``get_x`` and ``x`` both become ``iter_x``, and an operation may be called so itself."""
        taken = {view.name: view.facts.id for view in self.operations}
        for view in self.operations:
            if view.rows:
                if view.rows.name in taken:
                    where = f"{view.facts.method} {view.facts.path}"
                    raise PipelineError(
                        where, f"its method {view.rows.name} has the name of one of {taken[view.rows.name]}"
                    )
                taken[view.rows.name] = view.facts.id

    def _operation(self, tag: str, endpoint: Endpoint, facts: OperationFacts) -> OperationView:
        where = f"{facts.method} {facts.path}"
        response = next(iter(endpoint.responses)).prop
        assert isinstance(response, ModelProperty)
        body = (
            self.models[str(endpoint.bodies[0].prop.get_base_type_string().as_unembedded_code())]
            if endpoint.bodies
            else None
        )
        unions: dict[str, TaggedUnion] = {}
        beside = [self._field(each, None, unions, facts.times) for each in endpoint.query_parameters]
        fields = [self._field(each, body, unions, facts.times) for each in (properties(body) if body else ())]
        order = list(body.data.properties or {}) if body else []
        fields.sort(key=lambda field: order.index(field.wire_name) if order else 0)  # type: ignore[arg-type]
        fields = [*beside, *fields]
        is_form = bool(endpoint.bodies) and endpoint.bodies[0].body_type == BodyType.FILES
        taken = METHOD_WORDS | set(FILE_WORDS if is_form else ()) | ({KEY_WORD} if facts.takes_key else set())
        for flag in facts.confirms:
            if not flag.isidentifier() or keyword.iskeyword(flag) or flag in (*METHOD_WORDS, KEY_WORD):
                raise PipelineError(where, f"the confirm flag {flag!r} can't be the name of an argument")
        for field in fields:
            if field.name in taken or field.name in facts.confirms:
                raise PipelineError(
                    where, f"field {field.wire_name} has the name of an argument of every method"
                )
        return OperationView(
            facts=facts,
            constant=str(endpoint.name).upper(),
            name=str(endpoint.name),
            tag=tag,
            summary=endpoint.summary.get_untrusted_value(),
            description=endpoint.description.get_untrusted_value(),
            request=None if is_form else body,
            response=response,
            beside=tuple(beside),
            fields=tuple(fields),
            parts=tuple(field.wire_name for field in fields[len(beside) :]) if is_form else (),
            unions=tuple(unions.values()),
            rows=self._rows(facts, fields, response, where),
        )

    def _rows(
        self, facts: OperationFacts, fields: Sequence[Field], response: ModelProperty, where: str
    ) -> Rows | None:
        stated = facts.pagination
        if stated is None:
            return None
        answer = {prop.name.get_untrusted_value(): prop for prop in properties(response)}
        rows = answer.get(stated.rows)
        if not isinstance(rows, ListProperty):
            raise PipelineError(where, f"x-pagination: {stated.rows} is no list of its answer")
        if not isinstance(answer.get(stated.next), StringProperty):
            raise PipelineError(where, f"x-pagination: {stated.next} is no text of its answer")
        window = stated.window
        names = {field.wire_name for field in fields}
        for name in (stated.cursor, stated.limit, *((window.start, window.end) if window else ())):
            if name not in names:
                raise PipelineError(where, f"x-pagination: {name} is no field of its request")
        read: dict[str, Any] = {stated.rows: rows, stated.next: answer[stated.next]}
        if window:
            inner = rows.inner_property
            of_row = (
                {
                    prop.name.get_untrusted_value(): prop
                    for prop in properties(self.models[str(inner.class_info.name)])
                }
                if isinstance(inner, ModelProperty)
                else {}
            )
            if window.key not in of_row:
                raise PipelineError(where, f"x-pagination: {window.key} is no field of a row")
            read[window.key] = of_row[window.key]
        for name, prop in read.items():
            if str(prop.python_name) != name:
                raise PipelineError(where, f"x-pagination: {name} has another name in Python")
        return Rows(
            name=f"iter_{str(PythonIdentifier(facts.id, FIELD_PREFIX)).removeprefix('get_')}",
            row=str(rows.inner_property.get_type_string(no_optional=True).as_unembedded_code()).strip("'\""),
            fields=tuple(field for field in fields if field.wire_name != stated.cursor),
            pagination=stated,
        )

    def _field(
        self,
        prop: Any,
        parent: ModelProperty | None,
        unions: dict[str, TaggedUnion],
        times: frozenset[str],
    ) -> Field:
        name = keyword_name(prop.name.get_untrusted_value())
        annotation, value = self._shape(prop, name, parent, unions)
        if prop.name.get_untrusted_value() in times:
            annotation, value = f"{annotation} | datetime", f"wire.unix_time({name}, {name!r})"
        description = prop.description.get_untrusted_value() if prop.description else ""
        if prop.name.get_untrusted_value() in times:
            description = f"{description}\nAn aware datetime will do as well."
        return Field(
            name=name,
            wire_name=prop.name.get_untrusted_value(),
            annotation=annotation,
            required=prop.required,
            value=value,
            description=description,
        )

    def _shape(
        self, prop: Any, name: str, parent: ModelProperty | None, unions: dict[str, TaggedUnion]
    ) -> tuple[str, str]:
        """The annotation of a keyword, and the expression that makes a plain JSON value of it."""
        match prop:
            case LiteralEnumProperty():
                return literal(prop, parent), name
            case FileProperty():
                return "wire.FileSource", f"wire.Upload({', '.join((name, *FILE_WORDS))})"
            case ModelProperty():
                model = self.models[str(prop.class_info.name)]
                only = only_string(model)
                if only is not None:
                    return (
                        f"{prop.class_info.name} | Mapping[str, Any] | str",
                        f"wire.one_string({name}, {only!r})",
                    )
                return f"{prop.class_info.name} | Mapping[str, Any]", f"wire.plain({name})"
            case ListProperty():
                return self._list(prop, name, unions)
            case UnionProperty():
                return str(prop.get_type_string(no_optional=True).as_unembedded_code()), f"wire.plain({name})"
            case _:
                return str(prop.get_type_string(no_optional=True).as_unembedded_code()), name

    def _list(self, prop: ListProperty, name: str, unions: dict[str, TaggedUnion]) -> tuple[str, str]:
        inner = prop.inner_property
        if isinstance(inner, UnionProperty) and (union := self.tagged(inner)):
            unions[union.name] = union
            choices = [str(member.class_info.name) for member in union.members]
            choices += [payload.class_name for payload in union.payloads]
            return (
                f"Sequence[{' | '.join([*choices, UNKNOWN_VARIANT, 'Mapping[str, Any]'])}]",
                f"wire.variants({name}, {union.tag!r}, {union.name})",
            )
        if isinstance(inner, ModelProperty):
            return f"Sequence[{inner.class_info.name} | Mapping[str, Any]]", f"wire.plain_list({name})"
        item = inner.get_type_string(no_optional=True).as_unembedded_code()
        return f"Sequence[{item}]", f"wire.listed({name})"


def _has_method(endpoint: Endpoint) -> bool:
    """Whether an operation can have a method: these know query parameters, a JSON body or a file, and one answer.

    Any other gets functions alone, and the gate of completeness refuses a client of it.
    """
    if endpoint.path_parameters or endpoint.header_parameters or endpoint.cookie_parameters:
        return False
    responses = list(endpoint.responses)
    if len(responses) != 1 or not isinstance(responses[0].prop, ModelProperty):
        return False
    if not endpoint.bodies:
        return True
    body = endpoint.bodies[0]
    if len(endpoint.bodies) != 1 or not isinstance(body.prop, ModelProperty):
        return False
    if body.body_type == BodyType.FILES:
        found = properties(body.prop)
        return len(found) == 1 and isinstance(found[0], FileProperty) and found[0].required
    return body.body_type == BodyType.JSON

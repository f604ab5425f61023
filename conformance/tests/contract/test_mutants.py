"""Every fault that one change can put into the contract's request schemas is noticed by the table."""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Callable, Iterable

import pytest

from wecom_conformance.engine import Contract, contract_of, fast_judge, load_contract, warnings
from wecom_conformance.mutate import Mutant, mutants, warning_mutants
from wecom_conformance.vectors import Vector, load_vectors

SCHEMAS = "/components/schemas"
BODY = f"{SCHEMAS}/AddMsgTemplateRequest"
TEMPLATE = f"{SCHEMAS}/GroupWelcomeTemplate"

UPLOAD = f"{SCHEMAS}/MediaUploadRequest/allOf"
UPLOADIMG = f"{SCHEMAS}/MediaUploadimgRequest/allOf"
TYPE_OF_UPLOAD = "/paths/~1cgi-bin~1media~1upload/post/parameters/0/schema/type"

KINDS = ("Image", "Link", "Miniprogram", "Video", "File")

Differ = Callable[[Iterable[Vector], Contract, str], bool]
"""Whether some of the rows tell a mutant of an operation from the contract."""


def _type_of(pointer: str, reason: str) -> dict[str, str]:
    return {f"drop {pointer}/type": reason, f"add null {pointer}/type": reason}


VALUES = "the enum or const beside it holds values of that type only"
FIELD = "the field's own schema has the type as well, so another one is refused in any case"
SCHEME = "the pattern beside it asks for a letter and a colon, so no shorter url gets through"
NO_OBJECT = "the condition against several objects refuses whatever is no object itself"
VARIANT = "the variant that msgtype names has the rule as well, so such an item is refused in any case"
ABSENT = "without attachments another branch holds, or there is nothing to count"
SENDER = "it would judge group sends too, and those have a sender in any case, which is one of the targets"

MOMENT = f"{SCHEMAS}/AddMomentTaskRequest/allOf"
MOMENT_KINDS = ("image", "video", "link")


def _of_moments() -> dict[str, str]:
    found = {
        **_type_of(f"{MOMENT}/0/anyOf/0/properties/text", FIELD),
        **_type_of(f"{MOMENT}/0/anyOf/1/properties/attachments", FIELD),
    }
    for index, kind in enumerate(MOMENT_KINDS):
        branch, items = f"{MOMENT}/1/anyOf/{index}", "properties/attachments/items"
        first = "Video" if kind == "image" else "Image"
        found |= _type_of(f"{SCHEMAS}/Moment{kind.title()}Attachment/properties/msgtype", VALUES)
        found |= dict.fromkeys(
            (
                f"add {branch}/{items}/properties/msgtype/not/enum/",
                f"add {branch}/{items}/properties/msgtype/not/enum/{first}",
                f"add {branch}/{items}/required/msgtype",
            ),
            VARIANT,
        )
        found[f"add {branch}/required/attachments"] = ABSENT
    for index in (0, 1):
        branch = f"{MOMENT}/2/if/anyOf/{index}"
        found[f"add {branch}/required/attachments"] = ABSENT
        found[f"drop {branch}/properties/attachments/items/required/msgtype"] = VARIANT
        found |= _type_of(f"{branch}/properties/attachments/items", VARIANT)
    return found


FILTER = f"{SCHEMAS}/GetMomentListRequest/properties/filter_type"

THERE = "the body, or the object that describes a file, requires it already"
EMPTY = "the pattern of a media type refuses an empty one already"
LARGEST = "a file may be larger than any other kind, so their limits stand before this one"


def _of_a_file(place: str, *fields: str) -> dict[str, str]:
    required = {f"add {place}/properties/media/required/{field}": THERE for field in fields}
    return {f"add {place}/required/media": THERE, **required}


EQUIVALENT: dict[str, str] = {
    **_type_of(f"{BODY}/properties/chat_type", VALUES),
    **_type_of(f"{SCHEMAS}/GetGroupmsgListV2Request/properties/chat_type", VALUES),
    **_type_of(f"{SCHEMAS}/GetGroupmsgListV2Request/properties/filter_type", VALUES),
    **_type_of(f"{SCHEMAS}/GroupchatListRequest/properties/status_filter", VALUES),
    **{
        name: reason
        for kind in KINDS
        for name, reason in _type_of(f"{SCHEMAS}/{kind}Attachment/properties/msgtype", VALUES).items()
    },
    **dict.fromkeys(
        (f"{operator} {SCHEMAS}/Link/properties/url/minLength" for operator in ("drop", "+1", "-1")), SCHEME
    ),
    **_type_of(f"{BODY}/allOf/0/anyOf/0/properties/text", FIELD),
    **_type_of(f"{BODY}/allOf/0/anyOf/1/properties/attachments", FIELD),
    f"change {BODY}/allOf/2/if/properties/chat_type/const": SENDER,
    **_type_of(f"{BODY}/allOf/2/else/anyOf/1/properties/external_userid", FIELD),
    **_type_of(f"{BODY}/allOf/2/else/anyOf/2/properties/tag_filter", FIELD),
    **_type_of(f"{BODY}/allOf/2/else/anyOf/2/properties/tag_filter/properties/group_list", FIELD),
    **_type_of(f"{SCHEMAS}/SendWelcomeMsgRequest/allOf/0/anyOf/0/properties/text", FIELD),
    **_type_of(f"{SCHEMAS}/SendWelcomeMsgRequest/allOf/0/anyOf/1/properties/attachments", FIELD),
    **_type_of(f"{TEMPLATE}AddRequest/allOf/0/anyOf/0/properties/text", FIELD),
    **_type_of(f"{TEMPLATE}EditRequest/allOf/0/anyOf/0/properties/text", FIELD),
    **_type_of(f"{TEMPLATE}AddRequest", NO_OBJECT),
    **_type_of(f"{TEMPLATE}EditRequest", NO_OBJECT),
    **_type_of(f"{TEMPLATE}AddRequest/properties/notify", VALUES),
    **_of_moments(),
    **_type_of(FILTER, VALUES),
    **_type_of(TYPE_OF_UPLOAD.removesuffix("/type"), VALUES),
    **_of_a_file(f"{UPLOAD}/0", "filelength"),
    **{
        name: reason
        for kind in (1, 2, 3)
        for name, reason in _of_a_file(f"{UPLOAD}/{kind}/then", "filelength", "filename").items()
    },
    **_of_a_file(f"{UPLOAD}/4/then", "filelength"),
    **_of_a_file(f"{UPLOADIMG}/0", "filelength"),
    **_of_a_file(f"{UPLOADIMG}/1", "filename"),
    **{
        f"add {place}/properties/media/properties/content_type/enum/": EMPTY
        for place in (*(f"{UPLOAD}/{kind}/then" for kind in (1, 2, 3)), f"{UPLOADIMG}/1")
    },
    **{f"drop {UPLOAD}/{kind}/if/required/type": THERE for kind in (1, 2, 3, 4)},
    f"drop {UPLOAD}/4/if/properties/type": LARGEST,
    f"drop {UPLOAD}/4/if/properties/type/const": LARGEST,
    f"rename {UPLOAD}/4/if/properties/type": LARGEST,
}
"""Mutants that accept exactly what the contract accepts, and why."""

EQUIVALENT_WARNINGS: dict[str, str] = {}
"""Mutants that warn of exactly what the contract warns of, and why."""


@pytest.fixture(scope="module")
def contract() -> Contract:
    return load_contract()


@pytest.fixture(scope="module")
def rows() -> dict[str, list[Vector]]:
    """The rows of each operation, short bodies first: most faults show in one of them."""
    table: dict[str, list[Vector]] = {}
    for vector in sorted(load_vectors(), key=lambda vector: len(str(vector.body))):
        table.setdefault(vector.operation, []).append(vector)
    return table


def test_the_table_kills_every_mutant_that_is_not_equivalent(
    contract: Contract, rows: dict[str, list[Vector]]
) -> None:
    assert _survivors(mutants(contract.document), rows, _verdicts_differ) == sorted(EQUIVALENT)


def test_the_table_kills_every_mutant_of_the_warnings(
    contract: Contract, rows: dict[str, list[Vector]]
) -> None:
    assert _survivors(warning_mutants(contract.document), rows, _warnings_differ) == sorted(
        EQUIVALENT_WARNINGS
    )


def test_the_contract_itself_survives(contract: Contract, rows: dict[str, list[Vector]]) -> None:
    for operation in contract.requests:
        right = [Mutant("none", operation, (operation,), contract.document)]
        assert _survivors(right, rows, _verdicts_differ) == [f"none {operation}"]
        assert _survivors(right, rows, _warnings_differ) == [f"none {operation}"]


def test_every_operator_is_used(contract: Contract) -> None:
    used = Counter(mutant.operator for mutant in mutants(contract.document))
    assert set(used) == {
        "drop",
        "rename",
        "add",
        "add null",
        "change",
        "+1",
        "-1",
        "unanchor",
        "invert",
        "swap",
    }


def test_an_enum_is_widened_by_values_of_its_own_type(contract: Contract) -> None:
    names = [mutant.name for mutant in mutants(contract.document) if mutant.name.startswith("add ")]
    assert [name for name in names if "/notify/enum/" in name] == [
        f"add {TEMPLATE}AddRequest/properties/notify/enum/{value}" for value in (-1, 2)
    ]
    assert f"add {BODY}/properties/chat_type/enum/Single" in names


def test_every_reason_is_given() -> None:
    assert all({**EQUIVALENT, **EQUIVALENT_WARNINGS}.values())


def test_mutants_leave_the_document_alone_and_have_names_of_their_own(contract: Contract) -> None:
    before = copy.deepcopy(contract.document)
    made = [*mutants(contract.document), *warning_mutants(contract.document)]

    assert contract.document == before
    assert all(mutant.document != before for mutant in made)
    assert len({mutant.name for mutant in made}) == len(made)


def _survivors(made: Iterable[Mutant], rows: dict[str, list[Vector]], differ: Differ) -> list[str]:
    survivors = []
    for mutant in made:
        contract = contract_of(mutant.document)
        if not any(differ(rows[operation], contract, operation) for operation in mutant.operations):
            survivors.append(mutant.name)
    return sorted(survivors)


def _verdicts_differ(rows: Iterable[Vector], contract: Contract, operation: str) -> bool:
    judge = fast_judge(contract, operation)
    return any(judge(vector.body) is not vector.accepted for vector in rows)


def _warnings_differ(rows: Iterable[Vector], contract: Contract, operation: str) -> bool:
    return any(
        vector.warnings is not None and warnings(contract, operation, vector.body) != vector.warnings
        for vector in rows
    )

"""The pages for people: everything of the contract is on them, and no text can break a table."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

import pytest

from pipeline.config import Api
from pipeline.reference import reference_pages
from wecom_contract import OPERATIONS, check, check_response
from wecom_contract.data import load

Contract = Mapping[str, Any]


@pytest.fixture(scope="module")
def pages(api: Api, contract: Contract) -> Mapping[str, str]:
    return reference_pages(contract, api)


def tables(page: str) -> list[list[list[str]]]:
    """Every table of a page: its rows, each a list of cells."""
    blocks = [block.splitlines() for block in page.split("\n\n") if block.startswith("| ")]
    return [[re.split(r"(?<!\\)\|", row)[1:-1] for row in block] for block in blocks]


def table(page: str, heading: str) -> list[list[str]]:
    (section,) = [part for part in page.split("\n## ") if part.startswith(heading)]
    (rows,) = tables(section)
    return [[cell.strip() for cell in row] for row in rows[2:]]


def test_they_are_the_committed_ones(api: Api, pages: Mapping[str, str]) -> None:
    committed = {path.name: path.read_text(encoding="utf-8") for path in api.reference.iterdir()}
    assert committed == pages


def test_one_for_each_operation_an_index_and_the_codes(pages: Mapping[str, str]) -> None:
    assert set(pages) == {
        "README.md",
        "errcodes.md",
        "faults.md",
        *(f"{name}.md" for name in OPERATIONS),
    }
    for page in pages.values():
        assert page.startswith("<!-- Built by `make regenerate` from the contract. Don't edit it. -->\n\n# ")
        assert page.endswith("\n")


def test_every_table_has_as_many_cells_in_each_row(pages: Mapping[str, str]) -> None:
    for name, page in pages.items():
        for rows in tables(page):
            assert len({len(row) for row in rows}) == 1, (name, rows[0])
            assert set("".join(rows[1])) <= {"-", " "}, name


def test_every_link_leads_somewhere(pages: Mapping[str, str]) -> None:
    text = re.sub(r"`[^`\n]*`", "", "\n".join(pages.values()))  # a pattern may look like a link
    targets = re.findall(r"\]\(([^)]+)\)", text)
    assert {target for target in targets if not target.startswith("https://")} == {
        "errcodes.md",
        "faults.md",
        *(f"{name}.md" for name in OPERATIONS),
    }


def test_the_index_has_every_operation_and_source(pages: Mapping[str, str], contract: Contract) -> None:
    index = pages["README.md"]
    operations, sources = tables(index)
    assert len(operations) == len(OPERATIONS) + 2
    assert [row[0].strip(" `") for row in sources[2:]] == list(contract["x-sources"])
    rules = load("rules").values()
    warnings = sum(rule["keyword"] == "x-warnings" for rule in rules)
    assert f"{len(OPERATIONS)} operations, {len(rules) - warnings} rules, {warnings} warnings." in index


def test_every_rule_is_on_the_page_of_its_operation(pages: Mapping[str, str]) -> None:
    on_pages: dict[str, list[str]] = {}
    for name in OPERATIONS:
        for rule, limit, errcode, evidence in table(pages[f"{name}.md"], "Rules"):
            on_pages.setdefault(rule.strip("`"), []).append(name)
            known = load("rules")[rule.strip("`")]
            assert errcode == str(known["errcode"]), rule
            assert evidence, rule
            if known["limit"] is not None:
                assert limit.replace("\\|", "|") == f"`{json.dumps(known['limit'], ensure_ascii=False)}`", (
                    rule
                )
    assert set(on_pages) == {name for name, rule in load("rules").items() if rule["keyword"] != "x-warnings"}
    # What an object must keep stands on every page that has it; both uploads ask the same of a file.
    shared = {rule for rule, names in on_pages.items() if len(names) > 1}
    assert {rule.partition(".")[0] for rule in shared} == {
        *("text", "attachments", "image", "link", "miniprogram", "video", "file"),
        *("group_welcome_template", "media"),
    }


def test_every_warning_is_in_both_languages(pages: Mapping[str, str]) -> None:
    warned = [page for name, page in pages.items() if name[:-3] in OPERATIONS and "## Warnings" in page]
    rows = [row for page in warned for row in table(page, "Warnings")]
    expected = {name: rule for name, rule in load("rules").items() if rule["keyword"] == "x-warnings"}
    assert {row[0].strip("`"): (row[1], row[2]) for row in rows} == {
        name: (rule["en"], rule["zh"]) for name, rule in expected.items()
    }
    assert {row[0].strip("`") for row in rows if row[3] == "`to_all=True`"} == {
        "audience.everyone-single",
        "audience.everyone-group",
        "add_moment_task.audience.everyone",
    }


@pytest.mark.parametrize(
    ("row", "kind"),
    [
        ("`chat_type`", "`single` or `group`"),
        ("`external_userid`", "array"),
        ("`tag_filter.group_list[].tag_list` *", "array"),
        ("`text.content`", "string"),
        ("`attachments[].msgtype` *", "`image`"),
        ("`attachments[].link.url` *", "string"),
        ("`attachments[].miniprogram.pic_media_id` *", "string"),
        ("`attachments[].file.media_id` *", "string"),
    ],
)
def test_every_field_of_the_request_is_there(pages: Mapping[str, str], row: str, kind: str) -> None:
    rows = {cells[0]: cells for cells in reversed(table(pages["add_msg_template.md"], "Request"))}
    assert rows[row][1] == kind
    assert rows[row][2]
    assert rows[row][3]


def test_no_field_is_missing(pages: Mapping[str, str]) -> None:
    fields = [cells[0] for cells in table(pages["add_msg_template.md"], "Request")]
    assert len(fields) == 11 + 5 * 2 + 2 + 4 + 4 + 1 + 1
    answer = [cells[0] for cells in table(pages["get_groupmsg_task.md"], "Answer")]
    assert answer == [
        "`errcode` *",
        "`errmsg`",
        "`next_cursor`",
        "`task_list` *",
        "`task_list[].userid` *",
        "`task_list[].status` *",
        "`task_list[].send_time`",
    ]
    query = [cells[0] for cells in table(pages["gettoken.md"], "Request")]
    assert query == ["`corpid` *", "`corpsecret` *"]
    upload = {cells[0]: cells[1] for cells in table(pages["media_upload.md"], "Request")}
    assert upload == {
        "`type` *": "`image` or `voice` or `video` or `file`",
        "`media` *": "file",
        "`media.filename` *": "string",
        "`media.filelength` *": "integer",
        "`media.content_type`": "string",
    }


def test_what_beside_a_list_is_told_of_moments_and_lists(pages: Mapping[str, str]) -> None:
    answer = [cells[0] for cells in table(pages["get_moment_task.md"], "Answer")]
    assert answer[-3:] == ["`task_list` *", "`task_list[].userid` *", "`task_list[].publish_status` *"]
    request = {cells[0]: cells[1] for cells in table(pages["get_groupmsg_list_v2.md"], "Request")}
    assert request == {
        "`chat_type`": "`single` or `group`",
        "`start_time` *": "integer",
        "`end_time` *": "integer",
        "`creator`": "string",
        "`filter_type`": "`0` or `1` or `2`",
        "`limit`": "integer",
        "`cursor`": "string",
    }


def test_the_examples_on_them_keep_the_contract(pages: Mapping[str, str]) -> None:
    seen = 0
    for name, operation in OPERATIONS.items():
        request, answer = pages[f"{name}.md"].split("## Answer")
        bodies = [json.loads(text) for text in re.findall(r"```json\n(.*?)\n```", request, re.DOTALL)]
        assert bool(bodies) == operation.has_body
        for body in bodies:
            assert [v for v in check(name, body) if v.severity == "error"] == []
        for text in re.findall(r"```json\n(.*?)\n```", answer, re.DOTALL):
            assert check_response(name, json.loads(text)) == []
            seen += 1
    assert seen == 59


def test_every_code_of_the_family_is_told(pages: Mapping[str, str], api: Api) -> None:
    codes = {code: entry for code, entry in load("errcodes").items() if "en" in entry}
    (rows,) = tables(pages["errcodes.md"])
    assert [row[0].strip() for row in rows[2:]] == list(codes)


@pytest.mark.parametrize("text", ["a | b", "a\nb", "a <script>alert(1)</script>", "a || b\n\n| c |"])
def test_no_text_breaks_its_table(api: Api, contract: Contract, text: str) -> None:
    changed = deepcopy(dict(contract))
    content = changed["components"]["schemas"]["Text"]["properties"]["content"]
    content["description"] = content["x-description-zh"] = text
    changed["x-sources"]["project"]["title"] = text
    changed["components"]["schemas"]["Image"]["x-warnings"][0]["en"] = text
    pages = reference_pages(changed, api)
    test_every_table_has_as_many_cells_in_each_row(pages)
    assert "<script>" not in "".join(pages.values())
    (row,) = [row for row in table(pages["add_msg_template.md"], "Request") if row[0] == "`text.content`"]
    assert row[2] == " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")

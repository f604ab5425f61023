"""Company files: what is read, and the one line that a broken one gets."""

from __future__ import annotations

from pathlib import Path

import pytest

from wecom_mock import State, demo_company
from wecom_mock.caller import Caller
from wecom_mock.company import OTHER_TAGS
from wecom_mock.company_file import CompanyFileError, load_company, parse_company
from wecom_mock.yaml_file import MAX_BYTES

GOOD = """\
corpid: wwacme
apps:
- {name: crm, secret: s3cret}
- name: sales
  secret: '007'
  visible: [李四]
  customer_contact: false
members: [zhangsan, 李四]
customers:
- external_userid: wm1
  followed_by: [zhangsan, 李四]
  last_chat: 李四
  tags: [et1]
- external_userid: wm2
  followed_by: [zhangsan]
  name: 客户二
  added: 1600000000
groups:
- {chat_id: wr1, owner: 李四}
- {chat_id: wr2, owner: 李四, status: 3}
tags: [et2]
tag_groups:
- id: g1
  name: 等级
  tags: [{id: et3, name: 重要}, {id: et4, name: 旧, deleted: true}]
departments:
- {id: 2, members: [李四, zhangsan]}
- {id: 30, members: []}
media: [M1]
unlicensed: [李四]
suites:
- suite_id: wwsuite
  secret: suite-s3cret
  ticket: t1
  corps:
  - {corpid: wwacme, permanent_code: code, visible: [李四]}
  - {corpid: wwother, permanent_code: code2, customer_contact: false}
- {suite_id: wwnobody, secret: s}
"""


def test_a_whole_company_is_read(tmp_path: Path) -> None:
    file = tmp_path / "company.yaml"
    file.write_text(GOOD, encoding="utf-8")
    company = load_company(file)
    assert company == parse_company(GOOD)
    assert company.corpid == "wwacme"
    assert [(app.name, app.secret, app.visible, app.customer_contact) for app in company.apps] == [
        ("crm", "s3cret", None, True),
        ("sales", "007", frozenset({"李四"}), False),
    ]
    assert company.members == ("zhangsan", "李四")
    assert [(one.followed_by, one.last_chat) for one in company.customers.values()] == [
        (("zhangsan", "李四"), "李四"),
        (("zhangsan",), "zhangsan"),
    ]
    assert company.owns("李四", "wr1")
    assert not company.owns("zhangsan", "wr1")
    assert not company.owns("李四", "wr9")
    assert [group.status for group in company.groups.values()] == [0, 3]
    assert [(one.name, one.added) for one in company.customers.values()][1] == ("客户二", 1600000000)
    assert company.customers["wm1"].name == ""
    assert company.tags == {"et1", "et2", "et3"}
    assert [
        (group.group_id, group.name, [(tag.tag_id, tag.name, tag.deleted) for tag in group.tags])
        for group in company.tag_groups
    ] == [
        ("g1", "等级", [("et3", "重要", False), ("et4", "旧", True)]),
        (OTHER_TAGS, "未分组", [("et2", "et2", False), ("et1", "et1", False)]),
    ]
    assert company.departments == {2: ("李四", "zhangsan"), 30: ()}
    assert company.media == {"M1"}
    assert company.unlicensed == {"李四"}
    suite, nobody = company.suites.values()
    assert (suite.suite_id, suite.secret, suite.ticket) == ("wwsuite", "suite-s3cret", "t1")
    assert [
        (name, one.corpid, one.permanent_code, one.visible, one.customer_contact)
        for name, one in suite.corps.items()
    ] == [
        ("wwacme", "wwacme", "code", frozenset({"李四"}), True),
        ("wwother", "wwother", "code2", None, False),
    ]
    assert (nobody.suite_id, nobody.ticket, nobody.corps) == ("wwnobody", None, {})


def test_the_mock_serves_it() -> None:
    caller = Caller(State(parse_company(GOOD)))
    answer = caller.call("add_msg_template", {"external_userid": ["wm1", "wm9"], "text": {"content": "x"}})
    assert (answer.errcode, answer.body["fail_list"]) == (0, ["wm9"])
    (task,) = caller.state.tasks.values()
    assert list(task.assignments) == ["李四"]
    assert (
        Caller(State(demo_company())).call("gettoken", {"corpid": "wwacme", "corpsecret": "s3cret"}).errcode
        == 40013
    )


def test_corpid_and_one_app_are_enough_and_json_is_yaml_too() -> None:
    company = parse_company('{"corpid": "ww1", "apps": [{"name": "a", "secret": "s"}]}')
    assert (company.members, company.customers, company.groups, company.suites) == ((), {}, {}, {})


MINIMAL = "corpid: ww1\napps: [{name: a, secret: s}]\n"

KNOWN = "apps, corpid, customers, departments, groups, media, members, suites, tag_groups, tags, unlicensed"

BROKEN = [
    ("", "f.yaml:1: the file is empty"),
    ("# nothing\n", "f.yaml:1: the file is empty"),
    ("- a\n", "f.yaml:1: the file: must be a mapping"),
    ("corpid: ww1\n", "f.yaml:1: the file: lacks the field apps"),
    ("apps: []\ncorpid: ww1\n", "f.yaml:1: apps: must name at least one app"),
    ("corpid: 1\napps: []\n", "f.yaml:2: apps: must name at least one app"),
    (
        "corpid: 1\napps: [{name: a, secret: s}]\n",
        "f.yaml:1: corpid: must be text (put a number or a word like yes in quotes)",
    ),
    ("corpid: ''\napps: [{name: a, secret: s}]\n", "f.yaml:1: corpid: must not be empty"),
    (
        "corpid: [a]\napps: [{name: a, secret: s}]\n",
        "f.yaml:1: corpid: must be text (put a number or a word like yes in quotes)",
    ),
    ("corpid: ww1\napps: crm\n", "f.yaml:2: apps: must be a list"),
    ("corpid: ww1\napps: [crm]\n", "f.yaml:2: apps[0]: must be a mapping"),
    ("corpid: ww1\napps:\n- name: a\n", "f.yaml:3: apps[0]: lacks the field secret"),
    (
        "corpid: ww1\napps:\n- {name: a, secret: s, customer_contact: maybe}\n",
        "f.yaml:3: apps[0].customer_contact: must be true or false",
    ),
    (
        "corpid: ww1\napps:\n- {name: a, secret: s}\n- {name: b, secret: s}\n",
        "f.yaml:4: apps[1]: is there twice",
    ),
    (
        "corpid: ww1\napps:\n- {name: a, secret: s, visible: [x]}\n",
        "f.yaml:3: apps[0].visible[0]: no member 'x' in this company",
    ),
    (
        MINIMAL + "member: []\n",
        f"f.yaml:3: member: unknown field; known here: {KNOWN}",
    ),
    (
        MINIMAL + "departments: [{id: '2', members: []}]\n",
        "f.yaml:3: departments[0].id: must be a number from 0 to 999999999",
    ),
    (
        MINIMAL + "departments: [{id: 0x2, members: []}]\n",
        "f.yaml:3: departments[0].id: must be a number from 0 to 999999999",
    ),
    (
        MINIMAL + f"departments: [{{id: {'9' * 10}, members: []}}]\n",
        "f.yaml:3: departments[0].id: must be a number from 0 to 999999999",
    ),
    (
        MINIMAL + "departments: [{id: 2, members: [zhangsan]}]\n",
        "f.yaml:3: departments[0].members[0]: no member 'zhangsan' in this company",
    ),
    (
        MINIMAL + "departments:\n- {id: 2, members: []}\n- {id: 2, members: []}\n",
        "f.yaml:5: departments[1]: is there twice",
    ),
    (
        MINIMAL + "members: [a]\ndepartments:\n- {id: 2, members: [a, a]}\n",
        "f.yaml:5: departments[0].members[1]: is there twice",
    ),
    (MINIMAL + "corpid: ww2\n", "f.yaml:3: corpid: given twice"),
    (
        MINIMAL + "1: x\n",
        f"f.yaml:3: 1: unknown field; known here: {KNOWN}",
    ),
    (
        MINIMAL + "? [a]\n: x\n",
        f"f.yaml:3: ?: unknown field; known here: {KNOWN}",
    ),
    (MINIMAL + "members: [a, b, a]\n", "f.yaml:3: members[2]: is there twice"),
    (
        MINIMAL + "members:\n- a\n- yes\n",
        "f.yaml:5: members[1]: must be text (put a number or a word like yes in quotes)",
    ),
    (
        MINIMAL + "groups:\n- {chat_id: wr1, owner: x}\n",
        "f.yaml:4: groups[0].owner: no member 'x' in this company",
    ),
    (MINIMAL + "groups: {}\n", "f.yaml:3: groups: must be a list"),
    *(
        (
            MINIMAL + f"members: [m]\ngroups:\n- {{chat_id: wr1, owner: m, status: {status}}}\n",
            "f.yaml:5: groups[0].status: must be a number from 0 to 3",
        )
        for status in ("4", "-1", "'0'", "true", "0x1", "1.0", "[0]")
    ),
    (
        MINIMAL + "members: [m]\ncustomers:\n- {external_userid: w, followed_by: [m], added: 4294967296}\n",
        "f.yaml:5: customers[0].added: must be a number from 0 to 4294967295",
    ),
    (
        MINIMAL + "members: [m]\ncustomers:\n- {external_userid: w, followed_by: [m], name: ''}\n",
        "f.yaml:5: customers[0].name: must not be empty",
    ),
    (MINIMAL + "unlicensed: [m]\n", "f.yaml:3: unlicensed[0]: no member 'm' in this company"),
    (
        MINIMAL + "tag_groups:\n- {id: g, name: n, tags: []}\n",
        "f.yaml:4: tag_groups[0].tags: must name at least one tag",
    ),
    (
        MINIMAL + "tag_groups:\n- {id: g, name: n, tags: [{id: t, name: n}, {id: t, name: n}]}\n",
        "f.yaml:4: tag_groups[0].tags[1]: is there twice",
    ),
    (
        MINIMAL + "tag_groups:\n- &g {id: g, name: n, tags: [{id: t, name: n}]}\n"
        "- {id: h, name: n, tags: [{id: t, name: n}]}\n",
        "f.yaml:5: tag_groups[1].tags: the tag 't' is in another group too",
    ),
    (
        MINIMAL + "tag_groups:\n- {id: g, name: n, tags: [{id: t}]}\n",
        "f.yaml:4: tag_groups[0].tags[0]: lacks the field name",
    ),
    (
        MINIMAL + "tag_groups:\n- {id: g, name: n, tags: [{id: t, name: n, deleted: 1}]}\n",
        "f.yaml:4: tag_groups[0].tags[0].deleted: must be true or false",
    ),
    (
        MINIMAL + "members: [m]\ncustomers:\n- external_userid: wm1\n  followed_by: []\n",
        "f.yaml:6: customers[0].followed_by: must name at least one member",
    ),
    (
        MINIMAL + "members: [m]\ncustomers:\n- external_userid: wm1\n  followed_by: [m, x]\n",
        "f.yaml:6: customers[0].followed_by[1]: no member 'x' in this company",
    ),
    (
        MINIMAL + "members: [m, n]\ncustomers:\n- external_userid: wm1\n  followed_by: [m]\n  last_chat: n\n",
        "f.yaml:7: customers[0].last_chat: 'n' is not one of followed_by",
    ),
    (
        MINIMAL + "suites: [{suite_id: s}]\n",
        "f.yaml:3: suites[0]: lacks the field secret",
    ),
    (
        MINIMAL + "suites:\n- {suite_id: s, secret: a}\n- {suite_id: s, secret: b}\n",
        "f.yaml:5: suites[1]: is there twice",
    ),
    (
        MINIMAL + "suites:\n- suite_id: s\n  secret: a\n  corps:\n  - {corpid: ww1}\n",
        "f.yaml:7: suites[0].corps[0]: lacks the field permanent_code",
    ),
    (
        MINIMAL
        + "suites:\n- {suite_id: s, secret: a, corps: [{corpid: c, permanent_code: p, visible: [x]}]}\n",
        "f.yaml:4: suites[0].corps[0].visible[0]: no member 'x' in this company",
    ),
    (
        MINIMAL + "suites:\n- {suite_id: s, secret: a, ticket: 7}\n",
        "f.yaml:4: suites[0].ticket: must be text (put a number or a word like yes in quotes)",
    ),
    ("corpid: 'ww1\n", None),
    ("corpid: *nowhere\n", None),
    ("corpid: a\n---\ncorpid: b\n", None),
    ("corpid: \x01\n", None),
    ("!!python/object/apply:os.system [echo]\n", "f.yaml:1: the file: must be a mapping"),
    ("[" * 5000, None),
]


@pytest.mark.parametrize(("text", "message"), BROKEN)
def test_a_fault_is_one_line_with_file_line_and_field(text: str, message: str | None) -> None:
    with pytest.raises(CompanyFileError) as caught:
        parse_company(text, "f.yaml")
    line = str(caught.value)
    assert "\n" not in line
    assert line.startswith("f.yaml:")
    if message is None:
        assert line.split(":")[1].isdigit()
    else:
        assert line == message


def test_files_that_can_not_be_read(tmp_path: Path) -> None:
    with pytest.raises(CompanyFileError, match=r"missing\.yaml: No such file"):
        load_company(tmp_path / "missing.yaml")
    with pytest.raises(CompanyFileError, match="Is a directory"):
        load_company(tmp_path)
    gbk = tmp_path / "gbk.yaml"
    gbk.write_bytes(b"corpid: ww1\n" + "# 中文".encode("gbk"))
    with pytest.raises(CompanyFileError, match=r"gbk\.yaml:2: not UTF-8"):
        load_company(gbk)


def test_a_file_may_have_so_many_bytes_and_not_one_more(tmp_path: Path) -> None:
    file = tmp_path / "big.yaml"
    file.write_text(MINIMAL + "#" * (MAX_BYTES - len(MINIMAL)))
    assert load_company(file).corpid == "ww1"
    file.write_text(MINIMAL + "#" * (MAX_BYTES - len(MINIMAL) + 1))
    with pytest.raises(CompanyFileError, match=f"larger than {MAX_BYTES} bytes"):
        load_company(file)

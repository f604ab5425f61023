"""What a fresh capture of a page says that the contract does not: on both pages that are held, and on edited copies.

``pages`` has the two in our own words: their fields, their marks and their numbers are those of the vendor.
"""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.config import Api, load_api
from pipeline.errors import PipelineError
from pipeline.page_tables import LONGEST, ROWS
from pipeline.page_words import load_words
from pipeline.watch import watch

PAGES = Path(__file__).parent / "pages"
OLD, NEW = "2022-08-30.txt", "2025-11-17.html"
HEADING = "table 1: request of add_msg_template"
Watch = Callable[..., list[str]]


@pytest.fixture
def edited(api: Api, tmp_path: Path) -> Watch:
    """What is said of a page after replacements, each of a text that stands in it once."""

    def run(page: str, *replacements: tuple[str, str]) -> list[str]:
        text = (PAGES / page).read_text(encoding="utf-8")
        for old, new in replacements:
            assert text.count(old) == 1, old
            text = text.replace(old, new)
        capture = tmp_path / page
        capture.write_text(text, encoding="utf-8")
        return watch(api, capture)

    return run


@pytest.fixture
def said(api: Api, tmp_path: Path) -> Callable[[bytes | str], list[str]]:
    def run(content: bytes | str) -> list[str]:
        capture = tmp_path / "page"
        capture.write_bytes(content if isinstance(content, bytes) else content.encode())
        return watch(api, capture)

    return run


def test_the_page_of_2025_says_nothing_that_the_contract_does_not(api: Api) -> None:
    assert watch(api, PAGES / NEW) == []


def test_the_page_of_2022(api: Api) -> None:
    assert watch(api, PAGES / OLD) == [
        "table 2: request of add_msg_template",
        "  attachments.file: the page says required, the contract optional",
        "table 3: answer of add_msg_template",
        "  msgid: the page says optional, the contract required",
        "request of add_msg_template: in the contract, and in no table of the page",
        "  chat_id_list",
        "  tag_filter",
        "  allow_select",
        "  attachments.image",
        "  attachments.link",
        "  attachments.miniprogram",
        "  attachments.video",
        "  attachments.file.media_id",
        "outside of the tables",
        "  at most 4 items, which no limit of the contract is: 每个自然月内仅可针对一个客户或客户群发送4条消息。",
    ]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            "<tr><td>sender</td>",
            "<tr><td>priority</td><td>否</td><td>优先级</td></tr><tr><td>sender</td>",
            "priority: the contract has no such field",
        ),
        ("sender</td><td>否", "sender</td><td>是", "sender: the page says required, the contract optional"),
        (
            "link.url</td><td>是",
            "link.url</td><td>否",
            "attachments.link.url: the page says optional, the contract required",
        ),
        (
            "最多4000个字节",
            "最多4,001个字节",
            "text.content: the page says at most 4001 bytes, the contract at most 4000 bytes",
        ),
        (
            "最多4000个字节",
            "最多4000个字符",
            "text.content: the page says at most 4000 characters, the contract no such limit",
        ),
        (
            "1万个客户",
            "2万个客户",
            "external_userid: the page says at most 20000 items, the contract at most 10000 items",
        ),
        (
            "最多支持添加9个附件",
            "最多支持添加10个附件",
            "attachments: the page says at most 10 items, the contract at most 9 items",
        ),
        (
            "建议尺寸520*416",
            "建议尺寸520*416，不超过64字节",
            "attachments.miniprogram.pic_media_id: the page says at most 64 bytes, the contract no such limit",
        ),
        (
            "miniprogram或者video",
            "miniprogram、video或者poll",
            "attachments.msgtype: the page has the values poll, the contract file, image, link, miniprogram, video",
        ),
        (
            "group表示发送给客户群",
            "group表示发送给客户群，moment表示发到朋友圈",
            "chat_type: the page has the values moment, the contract group, single",
        ),
        ("默认为false", "默认为true", "allow_select: the page says default true, the contract default false"),
    ],
)
def test_one_thing_that_is_new(old: str, new: str, line: str, edited: Watch) -> None:
    assert edited(NEW, (old, new)) == [HEADING, f"  {line}"]


def test_a_field_that_went(edited: Watch) -> None:
    row = "<tr><td>allow_select</td><td>否</td><td>成员是否可以重新选择客户，默认为false</td></tr>\n"
    heading = "request of add_msg_template: in the contract, and in no table of the page"
    assert edited(NEW, (row, "")) == [heading, "  allow_select"]


def test_a_new_field_of_the_answer(edited: Watch) -> None:
    row = "<tr><td>msgid</td>"
    new = f"<tr><td>task_count</td><td>任务数</td></tr>{row}"
    assert edited(NEW, (row, new)) == [
        "table 2: answer of add_msg_template",
        "  task_count: the contract has no such field",
    ]


def test_a_call_that_the_contract_lacks(edited: Watch) -> None:
    table = "<h3>/cgi-bin/externalcontact/pause_groupmsg</h3><table><tr><th>参数</th><th>必须</th></tr>"
    assert edited(NEW, ("</body>", f"{table}<tr><td>msgid</td><td>是</td></tr></table></body>")) == [
        "table 3: /cgi-bin/externalcontact/pause_groupmsg: the contract has no such call"
    ]


def test_a_number_in_the_text_around(edited: Watch) -> None:
    assert edited(NEW, ("一次最多可添加9个附件", "一次最多可添加12个附件"))[:1] == ["outside of the tables"]


def test_the_page_of_2022_mended(edited: Watch) -> None:
    lines = edited(OLD, ("file\nobject\n必需", "file\nobject\n可选"), ("发送4条消息", "发送消息"))
    assert "  attachments.file: the page says required, the contract optional" not in lines
    assert "outside of the tables" not in lines


def test_another_type(edited: Watch) -> None:
    lines = edited(OLD, ("sender\nstring", "sender\narray[string]"))
    assert "  sender: the page says array, the contract string" in lines


def test_another_type_than_the_two_of_the_contract(said: Callable[[str], list[str]]) -> None:
    answer = "返回结果\n参数\t类型\n"
    of_list = f"POST /cgi-bin/externalcontact/get_groupmsg_list_v2\n{answer}group_msg_list.create_time\t"
    assert said(f"{of_list}boolean")[:2] == [
        "table 1: answer of get_groupmsg_list_v2",
        "  group_msg_list.create_time: the page says boolean, the contract integer or string",
    ]
    for one in ("int", "string"):
        assert said(of_list + one)[0].startswith("answer of get_groupmsg_list_v2: in the contract, and in no")


def test_another_maximum_and_default(said: Callable[[str], list[str]]) -> None:
    of_tasks = "POST /cgi-bin/externalcontact/get_groupmsg_task\n参数\t说明\nmsgid\ta\ncursor\ta\nlimit\t"
    assert said(of_tasks + "最大值为1000，默认为500") == []
    assert said(of_tasks + "最大值为1001，默认为501") == [
        "table 1: request of get_groupmsg_task",
        "  limit: the page says at most 1001, the contract at most 1000",
        "  limit: the page says default 501, the contract default 500",
    ]


CALL = "POST https://qyapi.weixin.qq.com/cgi-bin/externalcontact/remind_groupmsg_send\n"


@pytest.mark.parametrize(
    "table",
    [
        "参数\t必须\t说明\nmsgid\t是\t任务\nforce\t否\t强制\n",
        "| 参数 | 必须 | 说明 |\n|---|---|---|\n| msgid | 是 | 任务 |\n| force | 否 | 强制 |\n",
        "| 说明 | 参数 | 必须 |\n| 任务 的 id | msgid | 是 |\n| 强制 | force | 否 |\n",
        "<table><tr><td>参数<td>必须<td>说明<tr><td>msgid<td>是<td>任务<tr><td>└ force<td>否<td>强制",
        "<div><table><tr><th>说明</th><th>参数</th></tr><tr><td>任务</td><td><b>msgid</b></td></tr>"
        "<tr><td>强制</td><td>force</td></tr></table></div>",
        "msgid\nstring\n必需\nforce\nboolean\n可选\n",
    ],
    ids=[
        "tabs",
        "bars",
        "bars with spaces between",
        "html without ends",
        "columns in another order",
        "line beneath line",
    ],
)
def test_ways_to_write_a_table(table: str, said: Callable[[str], list[str]]) -> None:
    line = "  force: the contract has no such field"
    assert said(CALL + table) == ["table 1: request of remind_groupmsg_send", line]


def test_what_is_not_seen_on_a_page_is_not_read(said: Callable[[str], list[str]]) -> None:
    hidden = "<script>x</script><template><table><tr><th>参数<th>必须<tr><td>evil<td>是</table></template>"
    assert said(f"<p>{CALL}</p>{hidden}<table><tr><th>参数<th>必须<tr><td>msgid<td>是</table>") == []


def test_text_of_a_page_can_not_break_a_line_or_a_terminal(said: Callable[[str], list[str]]) -> None:
    lines = said(f"{CALL}最多{chr(27)}[2J{'长' * 500}5个附件\n最多5个附件{chr(27)}[2J{'长' * 500}\n")
    assert len(lines) == 2
    assert all(line.isprintable() and len(line) < 200 for line in lines)
    assert "\\x1b" in lines[1]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "names no call of the contract: is it the whole page?"),
        ("参数\t必须\nmsgid\t是\n".encode(), "names no call of the contract: is it the whole page?"),
        (b"/document/path/92135", "names no call of the contract: is it the whole page?"),
        (CALL.encode() + "群发".encode("gbk"), f"byte {len(CALL) + 2} is not UTF-8; save the page as UTF-8"),
        (b" " * (LONGEST + 1), "longer than the 2097152 bytes of a page"),
        (
            CALL.encode() + "参数\t必须\n".encode() + b"a\t1\n" * (ROWS + 1),
            "has more than 5000 rows of tables",
        ),
    ],
)
def test_what_is_refused(
    content: bytes, why: str, said: Callable[[bytes], list[str]], tmp_path: Path
) -> None:
    with pytest.raises(PipelineError) as caught:
        said(content)
    assert str(caught.value) == f"{tmp_path / 'page'}: {why}"


def test_a_page_of_the_greatest_length_is_read(said: Callable[[bytes], list[str]]) -> None:
    page = CALL.encode() + "msgid\nstring\n必需\n".encode()
    assert said(page + b"\n" * (LONGEST - len(page))) == []


@pytest.mark.parametrize(
    "piece", ["<div>", "<table><tr><td>", "a\nstring\n", "最多", "{", "└" * 9, "可选a、"]
)
def test_a_page_made_to_take_long_does_not(piece: str, said: Callable[[str], list[str]]) -> None:
    """Rows are bounded, and no pattern starts over: the time grows with the length and no faster."""
    with contextlib.suppress(PipelineError):  # more rows than are taken
        said(CALL + piece * 4000)


def test_no_such_file(api: Api, tmp_path: Path) -> None:
    with pytest.raises(PipelineError) as caught:
        watch(api, tmp_path / "none")
    assert str(caught.value) == f"{tmp_path / 'none'}: No such file or directory"


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        (
            "[columns]",
            "[rows]",
            "needs the tables columns, required, sections, types, numbers, patterns, values, and no other$",
        ),
        ("{n}个?字节'", "{n}(个?字节'", "can't be used: "),
        ("lists = [", "list = [", "can't be used: "),
        ("[columns]", "[columns", "not TOML: "),
    ],
)
def test_words_that_are_none(old: str, new: str, why: str, api: Api, tmp_path: Path) -> None:
    text = (api.root / "page.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "page.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(PipelineError, match=rf"page\.toml: {why}"):
        load_words(tmp_path)


def test_numbers_with_commas_and_units(api: Api) -> None:
    words = load_words(api.root)
    assert [words.number(text) for text in ("9", "10,000", "1万", "2千")] == [9, 10000, 10000, 2000]


def test_the_command_tells_and_never_edits(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[3]
    shutil.copytree(root / "openapi" / "wecom", tmp_path / "openapi" / "wecom")
    for folder in (
        "openapi/wecom_contract/data",
        "generated/wecom_client",
        "docs/reference",
        "conformance/golden",
    ):
        (tmp_path / folder).mkdir(parents=True)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}

    def run(page: str) -> subprocess.CompletedProcess[str]:
        api = str(tmp_path / "openapi/wecom/api.toml")
        command = [sys.executable, "-m", "pipeline", "watch", str(PAGES / page), "--api", api]
        return subprocess.run(
            command, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False
        )

    news, nothing = run(OLD), run(NEW)
    assert (news.returncode, nothing.returncode) == (1, 0)
    assert "attachments.file: the page says required" in news.stdout
    assert (nothing.stdout, nothing.stderr) == ("", "the contract says all of it\n")
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_the_words_are_those_of_the_profile() -> None:
    """The pipeline has none of them itself: a vendor who writes in another way brings its own file."""
    root = Path(__file__).resolve().parents[3]
    api = load_api(root / "openapi/wecom/api.toml")
    words = load_words(api.root)
    own = {
        word
        for kind in (words.columns, words.required, words.sections)
        for each in kind.values()
        for word in each
    }
    for module in ("watch.py", "page_tables.py", "page_words.py"):
        code = (root / "openapi/pipeline" / module).read_text(encoding="utf-8")
        assert [word for word in own if word in code] == []

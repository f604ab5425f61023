"""The company that a mock has when it is given none."""

from __future__ import annotations

from .company import App, Authorisation, Company, Customer, Group, Suite, Tag, TagGroup, make_company


def _customer(
    external_userid: str, name: str, *followed_by: str, last: str | None = None, tags: str = ""
) -> Customer:
    return Customer(
        external_userid=external_userid,
        name=name,
        followed_by=followed_by,
        last_chat=last or followed_by[0],
        tags=frozenset(tags.split()),
    )


def demo_company() -> Company:
    """The built-in company: corpid ``wwdemo``, secret ``demo``.

    It knows the ids of the examples on the vendor's pages of 2022-08-30 and 2025-11-17 as customers, group
    and tags of ``zhangsan``. ``lisi`` shares customers with ``zhangsan``, ``wangwu`` has a group but no
    customer, ``lisi2`` has neither. Department 2 is ``zhangsan`` and ``lisi``, department 3 ``wangwu``.
    Secret ``demo-sales`` is an app that sees only ``lisi``, ``demo-hr`` one without customer contact. The suite
    ``wwdemosuite`` (secret ``demo-suite``, ticket ``demo-ticket``) is authorised with the permanent code
    ``demo-permanent``.
    """
    shown = "ete19278asuMT123109rBAAAA"
    also_shown = "ete19MT12278109UYteaBAAAA"
    other_group = "eteIlKKHSDfuMT18Kg9rBAAAA"
    return make_company(
        corpid="wwdemo",
        apps=(
            App(name="demo", secret="demo"),  # noqa: S106 - the published secret of the built-in company
            App(name="sales", secret="demo-sales", visible=frozenset({"lisi"})),  # noqa: S106
            App(name="hr", secret="demo-hr", customer_contact=False),  # noqa: S106
        ),
        members=("zhangsan", "lisi", "wangwu", "lisi2"),
        customers=(
            _customer("woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA", "客户一", "zhangsan", tags=shown),
            _customer(
                "wmqfasd1e1927831123109rBAAAA", "客户二", "zhangsan", tags=f"{also_shown} {other_group}"
            ),
            _customer(
                "wo540F98E0E27BAF203E2AEB5468C93A", "客户三", "zhangsan", tags=f"{shown} {other_group}"
            ),
            _customer(
                "wmDemoSharedChattedWithLisiAAAAA",
                "客户四",
                "zhangsan",
                "lisi",
                last="lisi",
                tags=other_group,
            ),
            _customer("wmDemoSharedChattedWithZhangAAAA", "客户五", "zhangsan", "lisi", last="zhangsan"),
            _customer("wmCB22A6F6B4086E3513984E26BD8D4A", "客户六", "lisi", tags=also_shown),
        ),
        groups=(
            Group(chat_id="wr2GCAAAXtWyujaWJHDDGasdadAAA", owner="zhangsan"),
            Group(chat_id="wrDemoSecondGroupOfZhangsanAA", owner="zhangsan"),
            Group(chat_id="wrDemoGroupOfLisiAAAAAAAAAAAA", owner="lisi"),
            Group(chat_id="wrDemoGroupOfWangwuAAAAAAAAAA", owner="wangwu"),
        ),
        tag_groups=(
            TagGroup(
                group_id="etDemoGroupOfLevelsAAAAAAAAAA",
                name="客户等级",
                tags=(Tag(tag_id=shown, name="重要客户"), Tag(tag_id=also_shown, name="一般客户")),
            ),
            TagGroup(
                group_id="etDemoGroupOfSourcesAAAAAAAAA",
                name="客户来源",
                tags=(
                    Tag(tag_id=other_group, name="门店"),
                    Tag(tag_id="eteDemoTagOfNobodyAAAAAAA", name="展会"),
                    Tag(tag_id="eteDemoTagThatWasDeletedA", name="老官网", deleted=True),
                ),
            ),
        ),
        departments={2: ("zhangsan", "lisi"), 3: ("wangwu",)},
        media=("MEDIA_ID",),
        suites=(
            Suite(
                suite_id="wwdemosuite",
                secret="demo-suite",  # noqa: S106 - published, as those above
                corps={"wwdemo": Authorisation(corpid="wwdemo", permanent_code="demo-permanent")},
                ticket="demo-ticket",
            ),
        ),
    )

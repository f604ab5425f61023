"""One suite for the process, and the mock's company as a target knows it."""

from __future__ import annotations

import pytest

from wecom_conformance.known_ids import KnownIds, KnownSuite
from wecom_conformance.phases import Suite
from wecom_mock import demo_company


@pytest.fixture(scope="session")
def suite() -> Suite:
    return Suite()


@pytest.fixture(scope="session")
def known() -> KnownIds:
    company, member = demo_company(), "zhangsan"
    suite = company.suites["wwdemosuite"]
    customers = [one for one in company.customers if company.follows(member, one)]
    return KnownIds(
        corpid=company.corpid,
        corpsecret=company.apps[0].secret,
        member=member,
        customers=customers,
        groups=[one for one in company.groups if company.owns(member, one)],
        tag=min(company.customers[customers[0]].tags),
        tag_group=company.tag_groups[0].group_id,
        departments=list(company.departments),
        suite=KnownSuite(
            suite_id=suite.suite_id,
            suite_secret=suite.secret,
            suite_ticket=suite.ticket or "",
            permanent_code=suite.corps[company.corpid].permanent_code,
        ),
    )

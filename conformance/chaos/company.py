"""The company of these runs: members with customers enough for a broadcast."""

from __future__ import annotations

from typing import Final

from wecom_mock import App, Company, Customer, make_company

CORPID: Final = "wwchaos"
SECRET: Final = "s3cr3t-of-the-app-under-faults"
SENDERS: Final = ("zhangsan", "lisi", "wangwu", "zhaoliu")


def customers_of(sender: str, count: int) -> list[str]:
    """The ids of a sender's first customers."""
    return [f"wm{sender}{number:010}" for number in range(count)]


def company(customers: int = 60) -> Company:
    """A company of some members with so many customers each."""
    return make_company(
        corpid=CORPID,
        apps=[App(name="chaos", secret=SECRET)],
        members=SENDERS,
        customers=[
            Customer(external_userid=one, followed_by=(sender,), last_chat=sender)
            for sender in SENDERS
            for one in customers_of(sender, customers)
        ],
    )

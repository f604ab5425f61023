"""What a broadcast will do, as it stands in the journal."""

from __future__ import annotations

from attrs import frozen
from sqlalchemy import func, select

from wecom_openapi.broadcast.schema import BROADCASTS, CALLS
from wecom_openapi.journal import Journal


@frozen(kw_only=True)
class Plan:
    """What a broadcast will do.

    Attributes:
        name: of the broadcast.
        chat_type: ``single`` for customers, ``group`` for customer groups.
        recipients: how many there are, each once.
        calls: how many calls that takes.
        senders: how many members are named as the ones to send.
        given: how many recipients were given, duplicates among them.
        duplicates: how many had come before, and are left out: a message goes to a recipient once.
        duplicates_of_another_sender: how many of these had come with another sender. The first one counts.
        resumed: whether the plan was there already.
    """

    name: str
    chat_type: str
    recipients: int
    calls: int
    senders: int
    given: int
    duplicates: int
    duplicates_of_another_sender: int
    resumed: bool = False


def read_plan(journal: Journal, name: str, *, resumed: bool = True) -> Plan:
    """The plan of a broadcast as it stands in the journal."""
    with journal.reading() as connection:
        found = connection.execute(select(BROADCASTS).where(BROADCASTS.c.name == name)).one()
        calls, senders = connection.execute(
            select(func.count(), func.count(CALLS.c.sender.distinct())).where(CALLS.c.broadcast == found.id)
        ).one()
    return Plan(
        name=name,
        chat_type=found.chat_type,
        recipients=found.given - found.duplicates,
        calls=calls,
        senders=senders,
        given=found.given,
        duplicates=found.duplicates,
        duplicates_of_another_sender=found.duplicates_of_another_sender,
        resumed=resumed,
    )

"""Welcome codes that were handed out, welcome messages that were sent, and templates for groups."""

from __future__ import annotations

from collections.abc import MutableMapping, MutableSequence
from typing import Any

from attrs import define, field

from .company import App

#: How long the code in the event about a new customer is good.
CODE_SECONDS = 20


@define
class WelcomeCode:
    """What the event about a new customer carries.

    Attributes:
        value: the code.
        userid: the member who has the new customer.
        external_userid: the customer.
        expires: Unix time in seconds from which on it is too late.
        used: whether a message was sent with it.
        chatting: whether the two began to talk since it was handed out.
    """

    value: str
    userid: str
    external_userid: str
    expires: float
    used: bool = False
    chatting: bool = False


@define
class Welcome:
    """A welcome message that a customer got.

    Attributes:
        userid: the member in whose name it was sent.
        external_userid: the customer.
        body: the request body as it was accepted.
        sent: Unix time in seconds.
    """

    userid: str
    external_userid: str
    body: dict[str, Any] = field(repr=False)
    sent: float


@define
class GroupTemplate:
    """A welcome message for customer groups.

    Attributes:
        template_id: its id.
        app: the app that made it, the only one that may change it.
        content: text and objects as they came.
        notify: whether members are told of it.
        edited: Unix time of the last change in seconds.
    """

    template_id: str
    app: App | None
    content: dict[str, Any] = field(repr=False)
    notify: bool
    edited: float


@define
class WelcomeStore:
    """All of it; the codes by their value, the messages in the order they were sent, the templates by their id."""

    codes: MutableMapping[str, WelcomeCode] = field(factory=dict)
    sent: MutableSequence[Welcome] = field(factory=list)
    templates: MutableMapping[str, GroupTemplate] = field(factory=dict)

    def start_chat(self, userid: str, external_userid: str) -> int:
        """Note at every code of the two that they talk; how many codes it were."""
        both = [
            code
            for code in self.codes.values()
            if (code.userid, code.external_userid) == (userid, external_userid)
        ]
        for code in both:
            code.chatting = True
        return len(both)

    def clear(self) -> None:
        """Forget everything."""
        for store in (self.codes, self.sent, self.templates):
            store.clear()

"""The tokens of a third-party app: the suite's, and with it those of the corps that have authorised it."""

from __future__ import annotations

import httpx

from wecom_openapi.errors import NotSent
from wecom_openapi.faults import stated
from wecom_openapi.redaction import Secret, remember
from wecom_openapi.tokens.flow import Source
from wecom_openapi.tokens.steps import Asked, Consult
from wecom_openapi.tokens.suite import Suite


class SuiteSource(Source):
    """The suite_access_token of a suite.

    Args:
        suite: the suite.
        base_url: the server, without a slash at its end.
    """

    operation = "get_suite_token"
    parameter = "suite_access_token"

    def __init__(self, suite: Suite, base_url: str) -> None:
        super().__init__(base_url, self.operation, suite.suite_id, suite.secret.reveal())
        self.suite = suite

    def __repr__(self) -> str:
        return f"{self.suite!r}, base_url={self.base_url!r}"

    def ask(self, request: httpx.Request) -> Asked:
        """See `Source.ask`.

        Raises:
            NotSent: there is no ticket yet.
            TypeError: what came for a ticket is no text.
        """
        given = yield Consult(self.suite.ask_ticket, "ticket")
        if given is None or given == "":
            raise NotSent(
                "nothing was sent: there is no suite_ticket yet. WeCom pushes one to the suite's callback address "
                "about every ten minutes; after that it is safe to repeat it",
                reason="there is no suite_ticket yet",
                **stated("no-ticket"),
            )
        if not isinstance(given, str):
            raise TypeError(
                f"ticket: a string is needed, or None as long as there is none, not {type(given).__name__}"
            )
        remember(given)
        secret = self.suite.secret.reveal()
        values = {"suite_id": self.suite.suite_id, "suite_secret": secret, "suite_ticket": given}
        answer = yield self._token_request(request, values)
        return answer, (secret, given)


class CorpSource(Source):
    """The access token of a suite within one corp.

    Args:
        suite: gives the token that the corp's is asked for with.
        auth_corpid: the corp that has authorised the suite.
        permanent_code: of that authorisation.
    """

    operation = "get_corp_token"
    parameter = "access_token"

    def __init__(self, suite: SuiteSource, auth_corpid: str, permanent_code: str) -> None:
        super().__init__(
            suite.base_url,
            self.operation,
            suite.suite.suite_id,
            suite.suite.secret.reveal(),
            auth_corpid,
            permanent_code,
        )
        self._suite = suite
        self._corpid = auth_corpid
        self._code = Secret(permanent_code)
        remember(permanent_code)

    def __repr__(self) -> str:
        return f"{self._suite.suite!r}, {self._corpid!r}, {self._code!r}, base_url={self.base_url!r}"

    def ask(self, request: httpx.Request) -> Asked:
        """See `Source.ask`: the suite's token is had and renewed on the way."""
        code = self._code.reveal()
        asking = self._token_request(request, {"auth_corpid": self._corpid, "permanent_code": code})
        answer = yield from self._suite.send(asking)
        return answer, (code, *asking.url.params.values())


def sources(
    suite: Suite, auth_corpid: str, permanent_code: str, base_url: str
) -> tuple[SuiteSource, CorpSource]:
    """Both tokens that a client of a corp needs: the same objects for all clients, so that one of them asks for all."""
    of_suite = suite.shared((base_url,), lambda: SuiteSource(suite, base_url))
    of_corp = suite.shared(
        (base_url, auth_corpid, permanent_code), lambda: CorpSource(of_suite, auth_corpid, permanent_code)
    )
    return of_suite, of_corp

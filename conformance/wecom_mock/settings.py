"""Named settings: where the sources disagree or nothing was observed, a test may choose."""

from __future__ import annotations

from typing import Literal

from attrs import field, frozen, validators

QuotaPolicy = Literal["days-of-month", "per-week-7", "per-day-1", "per-month-4", "unlimited"]


@frozen(kw_only=True)
class Settings:
    r"""How the mock behaves where more than one behaviour is possible.

    Attributes:
        group_sender_absent: a group task without ``sender`` but with ``chat_id_list``: ``refuse`` (the vendor's
            page) or ``owner`` (one field report: the owner of each group sends).
        empty_optionals: an empty text in a field of the body itself: ``refuse`` (40058, reported 2026) or ``absent``
            (one SDK sends ``chat_type: ""`` with every message).
        ignored_fields: a field that the server ignores beside others, as those of the other chat type: ``accept`` it
            with a warning in a header (the vendor's sample sends them all) or ``refuse`` it with 40058 (one SDK).
        file_attachments: ``accept`` (the vendor's sample has one) or ``refuse`` with 41065 (the prose beside it
            leaves files out).
        confirmed_status: of a member who has confirmed, in get_groupmsg_task: 2 (the vendor's text, and what was seen)
            or 1 (its sample).
        list_create_time: the time of a task in get_groupmsg_list_v2 as a ``number`` (as seen) or ``text`` (the
            vendor's sample).
        upload_created_at: the time in the answer of media_upload as ``text`` (the vendor's page) or ``number`` (a
            sister call).
        image_megabytes: the largest image that media_upload takes: 10 (the vendor's page) or 5 (the table of error
            codes).
        moment_text_limit: what the text of a moment may have at most: 2000 ``characters`` (the vendor's page), 4000
            ``bytes`` (elsewhere), or ``both``.
        bad_token_code: answer to a token that is none, 40014 or 40001 (the table has that for secrets; it is seen
            for tokens too).
        quota_policy: messages per customer or group and period (time zone UTC+8): as many per month as the
            month has days (the page of 2025-11-17), 7 per week, 1 per day, 4 per month (the page of 2022-08-30)
            or no limit. Counted when a member confirms, since only then something is sent.
        quota_surfaces: a task whose every recipient is over quota: ``create`` refuses it with 41048 (recorded
            2020), ``result`` accepts it and shows status 3 after the confirmation (reported 2026). Where only
            some are over quota both show status 3.
        group_result_rows: rows of a group task in get_groupmsg_send_result: ``sent`` leaves out the groups
            whose member has not confirmed yet (the vendor's page), ``all`` lists every target (one field
            report).
        escapes_refused: ``\uXXXX`` escapes in a request body give 40033; ``False`` reads them as JSON does.
        bad_secret_code: answer of gettoken to a wrong secret, 40091 (vendor sample) or 40001 (error table).
        list_limit_over_maximum: get_groupmsg_list_v2 with a ``limit`` over its maximum: ``default`` takes the default
            (the vendor's page), ``maximum`` the maximum (a copy of the page).
        dispatch_seconds: how long after its creation a task can not be read yet.
        dispatch_code: answer during that time, 41063 (error table) or 41047 (field notes).
        check_media: refuse media ids that were not uploaded, ended after three days, or name another kind of
            file, with 40007. The ids that the company lists are good. Off by default, as the page's own example
            sends the literal ``MEDIA_ID``.
        images_per_day: permanent images that the company may upload in a natural day (UTC+8): 1000 on the
            vendor's page, 100 on older ones.
        images_per_month: the same for a natural month.
        used_welcome_code: answer to a welcome code that a message was sent with: 41050 (a code is good for one
            call) or 41051 (the page has it for a call that another app was faster than).
        moment_dispatch_seconds: how long a job of add_moment_task takes: status 1 in the first half of it, 2 in the
            second, then 3. Before, nothing but the job is there.
        moments_per_minute: how many moments the company may create in any 60 seconds (the vendor's page: 10);
            one more gets 45009. ``None`` is no limit.
        bare_success: whether get_suite_token and get_corp_token leave ``errcode`` and ``errmsg`` out of a success.
            The vendor's page says that they do, and its sample on the same page has them; samples and field notes
            since 2017 have them too.
        ticket_seconds: how long a pushed suite_ticket is good.
        calls_per_minute: how many calls of one operation the company may make a minute; one more gets 45009, and so
            does every call of it for a minute. The vendor's page has 10000. ``None``, no limit, is the default: a
            test that makes as many calls within one moment of its clock wants to see the answers.
        calls_per_hour: the same for an hour; the vendor's page has 150000.
        calls_per_minute_of_address: the same for all operations together, whoever calls; the page has 20000.
        calls_per_hour_of_address: the same for an hour; the page has 600000.
        wrong_secrets_allowed: how many wrong secrets in a row gettoken takes; one more and it answers 45009 for
            an hour, to the right secret too. How many it are is nowhere written. ``None`` takes any number.
        max_body_bytes: a larger request body gets HTTP 413 and is not read to its end.
        max_upload_bytes: the same for an operation that takes a file.
    """

    group_sender_absent: Literal["refuse", "owner"] = field(
        default="refuse", validator=validators.in_(("refuse", "owner"))
    )
    empty_optionals: Literal["refuse", "absent"] = field(
        default="refuse", validator=validators.in_(("refuse", "absent"))
    )
    ignored_fields: Literal["accept", "refuse"] = field(
        default="accept", validator=validators.in_(("accept", "refuse"))
    )
    file_attachments: Literal["accept", "refuse"] = field(
        default="accept", validator=validators.in_(("accept", "refuse"))
    )
    confirmed_status: Literal[2, 1] = field(default=2, validator=validators.in_((2, 1)))
    list_create_time: Literal["number", "text"] = field(
        default="number", validator=validators.in_(("number", "text"))
    )
    upload_created_at: Literal["text", "number"] = field(
        default="text", validator=validators.in_(("text", "number"))
    )
    image_megabytes: Literal[10, 5] = field(default=10, validator=validators.in_((10, 5)))
    moment_text_limit: Literal["characters", "bytes", "both"] = field(
        default="characters", validator=validators.in_(("characters", "bytes", "both"))
    )
    bad_token_code: Literal[40014, 40001] = field(default=40014, validator=validators.in_((40014, 40001)))
    quota_policy: QuotaPolicy = field(
        default="days-of-month",
        validator=validators.in_(("days-of-month", "per-week-7", "per-day-1", "per-month-4", "unlimited")),
    )
    quota_surfaces: Literal["create", "result"] = field(
        default="create", validator=validators.in_(("create", "result"))
    )
    group_result_rows: Literal["sent", "all"] = field(
        default="sent", validator=validators.in_(("sent", "all"))
    )
    list_limit_over_maximum: Literal["default", "maximum"] = field(
        default="default", validator=validators.in_(("default", "maximum"))
    )
    escapes_refused: bool = True
    bad_secret_code: Literal[40091, 40001] = field(default=40091, validator=validators.in_((40091, 40001)))
    dispatch_seconds: float = 0.0
    dispatch_code: Literal[41063, 41047] = field(default=41063, validator=validators.in_((41063, 41047)))
    check_media: bool = False
    used_welcome_code: Literal[41050, 41051] = field(default=41050, validator=validators.in_((41050, 41051)))
    moment_dispatch_seconds: float = 0.0
    moments_per_minute: int | None = 10
    bare_success: bool = False
    ticket_seconds: float = 1800.0
    images_per_day: int = field(default=1000, validator=validators.ge(0))
    images_per_month: int = field(default=3000, validator=validators.ge(0))
    calls_per_minute: int | None = None
    calls_per_hour: int | None = None
    calls_per_minute_of_address: int | None = None
    calls_per_hour_of_address: int | None = None
    wrong_secrets_allowed: int | None = None
    max_body_bytes: int = field(default=2 * 1024 * 1024, validator=validators.ge(1))
    max_upload_bytes: int = field(default=32 * 1024 * 1024, validator=validators.ge(1))

    @property
    def counts_calls(self) -> bool:
        """Whether calls have a limit that they are counted for."""
        return not (
            self.calls_per_minute is None
            and self.calls_per_hour is None
            and self.calls_per_minute_of_address is None
            and self.calls_per_hour_of_address is None
        )

    @classmethod
    def preset(cls, name: str) -> Settings:
        """The settings of a name, see :data:`wecom_mock.presets.PRESETS`.

        Args:
            name: ``documented``, ``observed-2026`` or ``strict``.

        Raises:
            ValueError: no such preset; the text names those there are.
        """
        from .presets import PRESETS

        if name not in PRESETS:
            raise ValueError(f"no preset {name!r}; there are {', '.join(PRESETS)}")
        return cls(**PRESETS[name])

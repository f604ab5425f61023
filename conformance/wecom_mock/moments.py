"""Moments: make one, see who publishes it and who can see it, stop it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .call import Call
from .doubts import check_moment_text
from .media import check_attachments
from .moment_store import Job, Moment
from .paging import page
from .refusal import Refusal

JOB_SECONDS = 24 * 3600
MINUTE = 60
_STARTED, _WORKING, _DONE = 1, 2, 3
_CORP, _MEMBER = 0, 1
#: The code of a job that finds nobody, from the table of error codes: none of the ids is valid. Nobody has
#: written down which one the server gives.
_NOBODY = 81013


def add_moment_task(call: Call) -> dict[str, Any]:
    """Start the job that makes the moment. Nothing is published: see ``State.publish_moment``.

    Who is asked: the members and departments of ``sender_list``; without one the members who have a customer
    with one of the tags; without tags every member. What is unknown or out of the app's sight is left out, and
    named in the result of the job.
    """
    state, settings = call.state, call.state.settings
    store = state.moments
    store.recent = tuple(moment for moment in store.recent if call.now - moment < MINUTE)
    if settings.moments_per_minute is not None and len(store.recent) >= settings.moments_per_minute:
        raise Refusal("moment.too-often")
    check_attachments(call, call.body.get("attachments") or [])
    check_moment_text(settings, (call.body.get("text") or {}).get("content", ""))
    store.recent = (*store.recent, call.now)
    jobid = "job" + state.mint("jobid", 29)
    store.jobs[jobid] = _job(call)
    return {"jobid": jobid}


def _job(call: Call) -> Job:
    state, company = call.state, call.state.company
    wanted = call.body.get("visible_range") or {}
    senders = wanted.get("sender_list") or {}
    named: list[str] = list(dict.fromkeys(senders.get("user_list") or []))
    departments: list[int] = list(dict.fromkeys(int(one) for one in senders.get("department_list") or []))
    tags: list[str] = list(dict.fromkeys((wanted.get("external_contact_list") or {}).get("tag_list") or []))
    users = [one for one in named if one in company.members and call.may_use(one)]
    inside = {
        number: [one for one in company.departments.get(number, ()) if call.may_use(one)]
        for number in departments
    }
    known_tags = frozenset(tags) & company.tags
    if named or departments:
        members: Iterable[str] = [*users, *(one for each in inside.values() for one in each)]
    elif tags:
        followers = [one.followed_by for one in company.customers.values() if one.tags & known_tags]
        members = [one for each in followers for one in each if call.may_use(one)]
    else:
        members = [one for one in company.members if call.may_use(one)]
    asked = tuple(dict.fromkeys(members))
    moment = None
    if asked and (known_tags or not tags):
        moment = state.moments.add(
            Moment(
                moment_id=state.new_moment_id(),
                body=call.body,
                created=call.now + state.settings.moment_dispatch_seconds,
                members=asked,
                tags=known_tags if tags else None,
            )
        )
    return Job(
        created=call.now,
        moment_id=None if moment is None else moment.moment_id,
        invalid_users=tuple(one for one in named if one not in users),
        invalid_departments=tuple(number for number in departments if not inside[number]),
        invalid_tags=tuple(one for one in tags if one not in company.tags),
    )


def get_moment_task_result(call: Call) -> dict[str, Any]:
    """How far the job is, and once it is done, the id of the moment and what was not taken."""
    job = call.state.moments.jobs.get(call.body["jobid"])
    if job is None or call.now - job.created >= JOB_SECONDS:
        raise Refusal("job.unknown")
    answer: dict[str, Any] = {"type": "add_moment_task"}
    left = job.created + call.state.settings.moment_dispatch_seconds - call.now
    if left > 0:
        started = left > call.state.settings.moment_dispatch_seconds / 2
        return {"status": _STARTED if started else _WORKING, **answer}
    result: dict[str, Any] = {"errcode": 0, "errmsg": "ok"}
    if job.moment_id is None:
        result = {"errcode": _NOBODY, "errmsg": "no valid sender or tag"}
    else:
        result["moment_id"] = job.moment_id
    result["invalid_sender_list"] = {
        "user_list": list(job.invalid_users),
        "department_list": list(job.invalid_departments),
    }
    result["invalid_external_contact_list"] = {"tag_list": list(job.invalid_tags)}
    return {"status": _DONE, **answer, "result": result}


def get_moment_list(call: Call) -> dict[str, Any]:
    """The moments of a period, both ends included, by creator and kind; those out of the app's sight are left out."""
    body = call.body
    kind, creator = body.get("filter_type", 2), body.get("creator")

    def row(moment: Moment) -> dict[str, Any] | None:
        own = _MEMBER if moment.creator is not None else _CORP
        if kind not in (own, 2) or (creator is not None and moment.creator != creator):
            return None
        if moment.created > call.now or not any(call.may_use(userid) for userid in moment.members):
            return None
        return _shown(moment, own)

    scope = (
        "moments",
        *(str(body.get(name, "")) for name in ("start_time", "end_time", "creator")),
        str(kind),
    )
    rows = list(call.state.moments.between(body["start_time"], body["end_time"]))
    cursor, found = page(call, scope, rows, row)
    return {"next_cursor": cursor, "moment_list": found}


def _shown(moment: Moment, own: int) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "moment_id": moment.moment_id,
        "create_time": int(moment.created),
        "create_type": own,
        "visible_type": 1 if moment.tags is None else 0,
    }
    if moment.creator is not None:
        shown["creator"] = moment.creator
    if "content" in (moment.body.get("text") or {}):
        shown["text"] = {"content": moment.body["text"]["content"]}
    for attachment in moment.body.get("attachments") or []:
        match attachment["msgtype"]:
            case "image":
                shown.setdefault("image", []).append({"media_id": attachment["image"]["media_id"]})
            case "video":
                shown["video"] = {"media_id": attachment["video"]["media_id"]}
            case "link":
                link = attachment["link"]
                shown["link"] = {name: link[name] for name in ("title", "url") if name in link}
    return shown


def _moment(call: Call) -> Moment:
    moment = call.state.moments.by_id.get(call.body["moment_id"])
    if moment is None or moment.created > call.now:
        raise Refusal("moment.unknown")
    return moment


def _of_the_company(call: Call) -> Moment:
    moment = _moment(call)
    if moment.creator is not None:
        raise Refusal("moment.not-of-corp")
    return moment


def get_moment_task(call: Call) -> dict[str, Any]:
    """Which members have published a moment of the company: publish_status 0 or 1."""
    moment = _of_the_company(call)

    def row(userid: str) -> dict[str, Any] | None:
        if not call.may_use(userid):
            return None
        return {"userid": userid, "publish_status": int(userid in moment.published)}

    cursor, rows = page(call, ("moment-task", moment.moment_id), moment.members, row)
    return {"next_cursor": cursor, "task_list": rows}


def get_moment_send_result(call: Call) -> dict[str, Any]:
    """The customers who can see what one member has published."""
    moment, userid = _moment(call), call.body["userid"]
    if userid not in moment.members or not call.may_use(userid):
        raise Refusal("moment.not-of-member")
    if userid not in moment.published:
        raise Refusal("moment.unpublished")
    customers = moment.published[userid]
    scope = ("moment-result", moment.moment_id, userid)
    cursor, rows = page(call, scope, customers, lambda one: {"external_userid": one})
    return {"next_cursor": cursor, "customer_list": rows}


def cancel_moment_task(call: Call) -> dict[str, Any]:
    """Stop the members who have not published yet; what is published stays published.

    What a second call answers was not observed; here it is a success.
    """
    _of_the_company(call).cancelled = True
    return {}

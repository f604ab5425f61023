"""What every worker runs: ``celery -A tasks worker``. The environment says where all is that they share."""

from __future__ import annotations

import os

from celery import Celery

from wecom_openapi import RedisTokenStore, WeCom
from wecom_openapi.broadcast.celery_tasks import call_task


def connect() -> WeCom:
    """A client with the journal and the tokens of all workers."""
    return WeCom(
        os.environ["WECOM_CORPID"],
        os.environ["WECOM_CORPSECRET"],
        base_url=os.environ.get("WECOM_BASE_URL"),
        journal=os.environ["JOURNAL_URL"],
        token_store=RedisTokenStore(os.environ["REDIS_URL"]),
    )


app = Celery("tasks", broker=os.environ["REDIS_URL"])
# A worker takes one call at a time, so that one that dies holds back no more than that.
app.conf.update(broker_connection_retry_on_startup=True, worker_prefetch_multiplier=1)
send_call = call_task(app, connect)

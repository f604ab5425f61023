"""What a worker of Celery runs: ``python -m celery -A worker_app worker``. The environment says where all is."""

from __future__ import annotations

import os

from celery import Celery

from wecom_openapi import RedisTokenStore, WeCom
from wecom_openapi.broadcast.celery_tasks import call_task


def connect() -> WeCom:
    return WeCom(
        os.environ["TEST_CORPID"],
        os.environ["TEST_SECRET"],
        base_url=os.environ["TEST_WECOM"],
        journal=os.environ["TEST_JOURNAL"],
        token_store=RedisTokenStore(os.environ["TEST_REDIS"], timeout=30),
        deadline=float(os.environ["TEST_DEADLINE"]),
    )


app = Celery("worker_app", broker=os.environ["TEST_REDIS"])
app.conf.update(broker_connection_retry_on_startup=True, worker_prefetch_multiplier=1)
send_call = call_task(app, connect, pause=0.2)

"""One message to an audience of any size, in as many calls as it takes, each of them once.

It needs a journal: ``pip install 'wecom-openapi[journal]'``, and ``[parquet]`` to read an audience from Parquet.
"""

from wecom_openapi.broadcast.audience import (
    Audience,
    customers_of,
    customers_of_async,
    groups_of,
    groups_of_async,
)
from wecom_openapi.broadcast.calls import Call, CallState
from wecom_openapi.broadcast.csv_file import CsvFile
from wecom_openapi.broadcast.facade import Broadcast
from wecom_openapi.broadcast.faults import BroadcastConflict, Fault, InvalidAudience, UnknownBroadcast
from wecom_openapi.broadcast.pace import Pace
from wecom_openapi.broadcast.parquet_file import ParquetFile
from wecom_openapi.broadcast.plan import Plan
from wecom_openapi.broadcast.report import Recipient, Standing, Summary

__all__ = [
    "Audience",
    "Broadcast",
    "BroadcastConflict",
    "Call",
    "CallState",
    "CsvFile",
    "Fault",
    "InvalidAudience",
    "Pace",
    "ParquetFile",
    "Plan",
    "Recipient",
    "Standing",
    "Summary",
    "UnknownBroadcast",
    "customers_of",
    "customers_of_async",
    "groups_of",
    "groups_of_async",
]

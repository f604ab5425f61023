"""The contract as a package: validators, rule ids, operations and error codes, all built from ``contract.yaml``.

Client and mock both stand on this and on nothing else of each other's.
"""

from wecom_contract.errcodes import ErrorCode, errcode
from wecom_contract.faults import Fault, faults
from wecom_contract.operations import (
    CONTRACT_VERSION,
    ENVELOPE,
    OPERATIONS,
    SERVER,
    Envelope,
    Frequency,
    Operation,
    Repeat,
    success_example,
)
from wecom_contract.rules import Evidence, Rule, rules
from wecom_contract.validation import UnknownOperation, check, check_response
from wecom_contract.violations import Violation

__all__ = [
    "CONTRACT_VERSION",
    "ENVELOPE",
    "OPERATIONS",
    "SERVER",
    "Envelope",
    "ErrorCode",
    "Evidence",
    "Fault",
    "Frequency",
    "Operation",
    "Repeat",
    "Rule",
    "UnknownOperation",
    "Violation",
    "check",
    "check_response",
    "errcode",
    "faults",
    "rules",
    "success_example",
]

"""Ids of the mock's built-in company."""

from wecom_contract import OPERATIONS

CORPID, SECRET = "wwdemo", "demo"
CUSTOMER = "woAJ2GCAAAXtWyujaWJHDDGi0mACAAAA"
OTHER = "wmqfasd1e1927831123109rBAAAA"
OF_LISI = "wmCB22A6F6B4086E3513984E26BD8D4A"
GROUP = "wr2GCAAAXtWyujaWJHDDGasdadAAA"
CREATE = OPERATIONS["add_msg_template"]
GETTOKEN = OPERATIONS["gettoken"]

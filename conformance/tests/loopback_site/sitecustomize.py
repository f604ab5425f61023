"""Puts the guard into the Python programs that tests start; the tests' conftest puts this folder on their path."""

from wecom_conformance.loopback import install

install()

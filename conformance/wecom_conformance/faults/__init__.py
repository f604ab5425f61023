"""Seeded faults: small named changes to a copy of this repository, and the tests that must see each of them."""

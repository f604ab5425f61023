"""A general mutation tester: mutmut's changes, one at a time in a copy, against the tests that touch the changed line.

Beside the seeded faults, which somebody thought of, these are made by a machine from every expression of a package.
"""

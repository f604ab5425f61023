"""The build: vendor document, corrections, contract, projection, client, gates, lock.

It knows no vendor. What belongs to one API stands beside it as data, in the folder of that API's ``api.toml``.
"""

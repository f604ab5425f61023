"""The proof that a client, a server or a document keeps the contract.

What stands here knows the contract only as a file: no part of it is shared with the validators that it checks.
"""

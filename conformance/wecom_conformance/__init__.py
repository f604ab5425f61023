"""The proof that a client, a server or a document keeps the contract.

``vectors``, ``engine``, ``mutate`` and ``corpus`` know the contract only as a file: they share nothing with
the validators that they check.
"""

# Written by `make regenerate`: change the contract or openapi/templates, not this file.
"""The operations of one tag."""

# Written by `make regenerate`: change the contract or openapi/templates, not this file.
"""One module per operation, each with ``sync``, ``sync_detailed``, ``asyncio`` and ``asyncio_detailed``."""

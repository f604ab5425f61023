"""The calls whose arguments are secrets: what they raise doesn't show them."""

from __future__ import annotations

from wecom_client.operations import AsyncOperations, SyncOperations
from wecom_openapi.frames import frameless


class SecretCalls(SyncOperations):
    """A traceback with the variables of each frame would show what these are told."""

    gettoken = frameless(SyncOperations.gettoken)
    get_suite_token = frameless(SyncOperations.get_suite_token)
    get_corp_token = frameless(SyncOperations.get_corp_token)


class AsyncSecretCalls(AsyncOperations):
    """The same for tasks."""

    gettoken = frameless(AsyncOperations.gettoken)
    get_suite_token = frameless(AsyncOperations.get_suite_token)
    get_corp_token = frameless(AsyncOperations.get_corp_token)

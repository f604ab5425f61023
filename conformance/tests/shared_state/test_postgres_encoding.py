"""A PostgreSQL that was set up without a locale has databases in SQL_ASCII: the journal works there too."""

from __future__ import annotations

from servers import PostgresServer

from wecom_openapi.broadcast import Broadcast
from wecom_openapi.journal import Journal


def test_a_database_without_an_encoding(postgres_server: PostgresServer) -> None:
    postgres_server.execute(
        "CREATE DATABASE plain ENCODING 'SQL_ASCII' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'"
    )
    with Journal(postgres_server.url("plain")) as journal:
        broadcast = Broadcast(journal, "春季")
        broadcast.plan({"sender": "zhangsan", "text": {"content": "新品上市"}}, ["wmA"])
        assert broadcast.body(1) == {
            "sender": "zhangsan",
            "text": {"content": "新品上市"},
            "external_userid": ["wmA"],
        }

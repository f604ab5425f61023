"""The servers that the other tests stand on: real, empty, not root, and gone afterwards."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest
import redis
import sqlalchemy
from servers import HOST, NotInstalled, PostgresServer, RedisServer


def owner(pid: int) -> int:
    return Path(f"/proc/{pid}").stat().st_uid


def test_redis_is_empty_and_wants_its_password(redis_url: str, redis_server: RedisServer) -> None:
    with redis.Redis.from_url(redis_url) as client:
        assert client.dbsize() == 0
        client.set("left", "behind")
    with (
        redis.Redis(port=redis_server.port, retry=None) as stranger,
        pytest.raises(redis.AuthenticationError),
    ):
        stranger.get("left")


def test_redis_is_empty_again(redis_url: str) -> None:
    with redis.Redis.from_url(redis_url) as client:
        assert client.dbsize() == 0


def test_postgres_gives_each_test_a_database(postgres_url: str, postgres_server: PostgresServer) -> None:
    for url in (postgres_url, postgres_server.new_database()):
        engine = sqlalchemy.create_engine(url)
        with engine.begin() as connection:
            connection.execute(sqlalchemy.text("CREATE TABLE left_behind (n int)"))
        engine.dispose()
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(host=HOST, port=postgres_server.port, user="wecom", password="x", dbname="postgres")


def test_neither_is_root(redis_server: RedisServer, postgres_server: PostgresServer) -> None:
    assert owner(redis_server.pid) != 0
    assert owner(postgres_server.pid) != 0


def test_a_server_can_hang_stop_and_come_back(own_redis: RedisServer) -> None:
    with redis.Redis.from_url(own_redis.url, socket_timeout=0.1, retry=None) as client:
        client.set("a", "b")
        own_redis.pause()
        with pytest.raises(redis.TimeoutError):
            client.get("a")
        own_redis.go_on()
    with redis.Redis.from_url(own_redis.url) as client:
        assert client.get("a") == b"b"
        own_redis.kill()
        with pytest.raises(redis.ConnectionError):
            client.get("a")
        own_redis.again()
        assert client.get("a") is None


def test_nothing_is_left() -> None:
    with RedisServer() as server:
        folder, pid = server.folder, server.pid
        assert folder.is_dir()
    assert not folder.exists()
    assert not Path(f"/proc/{pid}").exists()


def test_a_program_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RedisServer, "program", "no-such-server")
    with pytest.raises(NotInstalled, match="apt-get install redis-server"):
        RedisServer.find()

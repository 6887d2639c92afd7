from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from kumpel.clock import TIME_ZONE, fixed_clock
from kumpel.errors import ConfigurationError, StartError
from kumpel.settings import PROJECT_ROOT
from portal import tables
from portal.catalogue import Catalogue
from portal.database import prepare
from portal.form_store import PREFILL_LIFETIME, FormStore

NOW = datetime(2026, 11, 23, 10, 15, tzinfo=TIME_ZONE)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'deep' / 'portal.db'}"


def counts(engine: sa.engine.Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {
            table.name: connection.execute(
                sa.select(sa.func.count()).select_from(table)
            ).scalar_one()
            for table in tables.SEEDED
        }


def test_a_fresh_database_is_ready_in_two_seconds(url: str) -> None:
    start = time.process_time()  # other work on the machine does not count
    engine = prepare(url)
    assert time.process_time() - start < 2
    found = counts(engine)
    assert found["service"] == 171
    assert found["office"] == 97
    engine.dispose()


def test_migrations_make_exactly_the_tables_of_the_code(url: str) -> None:
    engine = prepare(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, tables.metadata) == []
    engine.dispose()


def test_a_second_start_changes_nothing(url: str) -> None:
    prepare(url, clock=fixed_clock(NOW)).dispose()
    engine = prepare(url, clock=fixed_clock(NOW + timedelta(days=1)))
    with engine.connect() as connection:
        seeded_at = connection.execute(
            sa.select(tables.seed_state.c.seeded_at)
        ).scalar()
    assert seeded_at.day == NOW.day
    engine.dispose()


def test_a_changed_seed_replaces_the_facts_and_keeps_receipts(
    url: str, seed_dir: Path
) -> None:
    engine = prepare(url, seed_dir)
    number = FormStore(engine, "secret").add_receipt("wohngeld", NOW)
    engine.dispose()
    path = seed_dir / "offices" / "rathaus.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("name: Rathaus Krefeld", "name: Rathaus am Platz"))
    engine = prepare(url, seed_dir)
    office = Catalogue(engine).office("rathaus")
    assert office
    assert office.document["name"] == "Rathaus am Platz"
    assert counts(engine)["office"] == 97
    with engine.connect() as connection:
        assert (
            connection.execute(sa.select(tables.form_receipt.c.number)).scalar()
            == number
        )
    engine.dispose()


def test_a_broken_seed_leaves_the_old_facts_in_place(url: str, seed_dir: Path) -> None:
    prepare(url, seed_dir).dispose()
    path = seed_dir / "offices" / "rathaus.yml"
    good = path.read_text(encoding="utf-8")
    path.write_text(good + "colour: red\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="colour"):
        prepare(url, seed_dir)
    path.write_text(good, encoding="utf-8")
    engine = prepare(url, seed_dir)
    assert counts(engine)["office"] == 97
    engine.dispose()


def test_replicas_that_start_together_do_not_collide(url: str) -> None:
    code = f"from portal.database import prepare; prepare({url!r}).dispose()"
    replicas = [
        subprocess.Popen(
            [sys.executable, "-c", code], cwd=PROJECT_ROOT, stderr=subprocess.PIPE
        )
        for _ in range(3)
    ]
    for replica in replicas:
        _, errors = replica.communicate(timeout=120)
        assert replica.returncode == 0, errors.decode()
    engine = prepare(url)
    assert counts(engine)["service"] == 171
    engine.dispose()


def test_sqlite_reads_while_somebody_writes(url: str) -> None:
    engine = prepare(url)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() >= 5000
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    writer = engine.execution_options(sqlite_begin="BEGIN IMMEDIATE")
    with writer.begin() as connection:
        connection.execute(tables.form_receipt.delete())
        assert Catalogue(engine).service("wohngeld")
    engine.dispose()


@pytest.mark.parametrize(
    "bad",
    ["sqlite://", "sqlite:///:memory:", "mysql://host/db", "nonsense", "", "a:b:c"],
)
def test_a_wrong_url_is_refused_in_one_sentence(bad: str) -> None:
    with pytest.raises(ConfigurationError, match="KUMPEL_PORTAL_DATABASE"):
        prepare(bad)


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    path = tmp_path / "portal.db"
    path.write_text("this is no database, only a text that is long enough " * 40)
    with pytest.raises(StartError, match="cannot be used"):
        prepare(f"sqlite:///{path}")


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    blocker = tmp_path / "file"
    blocker.write_text("")
    with pytest.raises(StartError, match="KUMPEL_VAR"):
        prepare(f"sqlite:///{blocker}/portal.db")


def test_a_newer_database_is_not_overwritten(url: str) -> None:
    prepare(url).dispose()
    with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StartError, match="newer version"):
        prepare(url)


def test_prefill_values_are_encrypted_and_read_once(url: str) -> None:
    engine = prepare(url)
    store = FormStore(engine, "secret")
    cache_id = store.put({"FirstName": "Erika"}, NOW)
    with engine.connect() as connection:
        stored = connection.execute(
            sa.select(tables.prefill.c.values_encrypted)
        ).scalar()
    assert b"Erika" not in bytes(stored)
    assert store.take(cache_id, NOW) == {"FirstName": "Erika"}
    assert store.take(cache_id, NOW) is None
    engine.dispose()


def test_prefill_values_expire_and_are_purged(url: str) -> None:
    engine = prepare(url)
    store = FormStore(engine, "secret")
    late = NOW + PREFILL_LIFETIME + timedelta(seconds=1)
    assert store.take(store.put({"a": "b"}, NOW), late) is None
    store.put({"a": "b"}, NOW)
    store.put({"a": "b"}, late)
    with engine.connect() as connection:
        expiries = (
            connection.execute(sa.select(tables.prefill.c.expires_at)).scalars().all()
        )
    assert len(expiries) == 1
    assert expiries[0].replace(tzinfo=timezone.utc) == late + PREFILL_LIFETIME
    engine.dispose()


def test_prefill_values_of_another_secret_are_gone_not_an_error(url: str) -> None:
    engine = prepare(url)
    cache_id = FormStore(engine, "one").put({"a": "b"}, NOW)
    assert FormStore(engine, "two").take(cache_id, NOW) is None
    engine.dispose()


@pytest.mark.postgres
@pytest.mark.skipif(
    not os.environ.get("KUMPEL_TEST_POSTGRES_URL"),
    reason="KUMPEL_TEST_POSTGRES_URL is not set",
)
def test_postgresql_serves_the_same_facts() -> None:
    url = os.environ["KUMPEL_TEST_POSTGRES_URL"]
    scratch = sa.create_engine(url)
    with scratch.begin() as connection:
        connection.execute(sa.text("DROP SCHEMA public CASCADE"))
        connection.execute(sa.text("CREATE SCHEMA public"))
    scratch.dispose()
    code = f"from portal.database import prepare; prepare({url!r}).dispose()"
    replicas = [
        subprocess.Popen([sys.executable, "-c", code], cwd=PROJECT_ROOT)
        for _ in range(3)
    ]
    assert [replica.wait(120) for replica in replicas] == [0, 0, 0]
    engine = prepare(url)
    assert counts(engine)["service"] == 171
    catalogue = Catalogue(engine)
    assert catalogue.services("muell", None, None, limit=5, offset=0).total > 0
    assert catalogue.offices("rathaus", "personalausweis", ["Stadtmitte"])
    assert catalogue.office("20102")
    assert catalogue.forms("wohngeld", "wohngeld", "demonstration")
    assert catalogue.districts_named("Huels") == ["Hüls"]
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, tables.metadata) == []
    store = FormStore(engine, "secret")
    cache_id = store.put({"FirstName": "Erika"}, NOW)
    assert store.take(cache_id, NOW) == {"FirstName": "Erika"}
    assert store.take(cache_id, NOW) is None
    assert store.add_receipt("wohngeld", NOW).startswith("KR-2026-")
    engine.dispose()

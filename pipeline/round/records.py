"""Where a round's records are kept: files by default, or the database that FANGAN_DATABASE names (SQLAlchemy)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pipeline.errors import DependencyError, OutputError, UsageError
from pipeline.round.writing import make_folder, write_atomic

if TYPE_CHECKING:
    from sqlalchemy import Engine, Table

DATABASE = "FANGAN_DATABASE"  # an address with a password is no argument: others on the machine see those


class Records(Protocol):
    """Bytes by the submission's id."""

    def prepare(self) -> None:
        """Make what is needed; raises OutputError."""

    def read(self, identity: str) -> bytes | None:
        """What was written last under the id, None where nothing was."""

    def write(self, identity: str, data: bytes) -> None:
        """Put the bytes there, whole or not at all; raises OutputError."""


class FileRecords:
    """One file a record in a folder."""

    def __init__(self, folder: Path) -> None:
        """Take the folder; nothing is made yet."""
        self._folder = folder

    def prepare(self) -> None:
        """Make the folder; raises OutputError."""
        make_folder(self._folder)

    def read(self, identity: str) -> bytes | None:
        """The file's bytes, None where there is none that can be read."""
        try:
            return (self._folder / f"{identity}.json").read_bytes()
        except OSError:
            return None

    def write(self, identity: str, data: bytes) -> None:
        """Replace the file; raises OutputError."""
        write_atomic(self._folder / f"{identity}.json", data)


class SqlRecords:
    """One row a record in a table that several rounds and machines may share."""

    def __init__(self, address: str, round_name: str) -> None:
        """Take SQLAlchemy's address of the database and what tells this round from others."""
        self._address = address
        self._round = round_name

    def prepare(self) -> None:
        """Make the table; raises OutputError, or DependencyError where the database's driver is not installed."""
        with _failures():
            engine, table = _open(self._address)
            table.metadata.create_all(engine)

    def read(self, identity: str) -> bytes | None:
        """The row's record; raises OutputError where the database does not answer."""
        from sqlalchemy import select

        with _failures():
            engine, table = _open(self._address)
            chosen = select(table.c.record).where(table.c.round == self._round, table.c.id == identity)
            with engine.connect() as connection:
                text = connection.execute(chosen).scalar()
        return None if text is None else str(text).encode("ascii")

    def write(self, identity: str, data: bytes) -> None:
        """Replace the row in one transaction; raises OutputError."""
        from sqlalchemy import delete, insert

        with _failures():
            engine, table = _open(self._address)
            with engine.begin() as connection:
                connection.execute(delete(table).where(table.c.round == self._round, table.c.id == identity))
                connection.execute(insert(table).values(round=self._round, id=identity, record=data.decode("ascii")))


def open_records(out: Path, folder: Path) -> Records:
    """The records of the round with that output folder: in the folder, or in the database of the environment."""
    address = os.environ.get(DATABASE, "")
    return SqlRecords(address, str(out.resolve())) if address else FileRecords(folder)


@lru_cache(maxsize=8)
def _open(address: str) -> tuple[Engine, Table]:
    from sqlalchemy import Column, MetaData, String, Table, Text, create_engine

    engine = create_engine(address, pool_pre_ping=True)  # the database may have been started anew meanwhile
    table = Table(
        "fangan_records",
        MetaData(),
        Column("round", String(1000), primary_key=True),
        Column("id", String(64), primary_key=True),
        Column("record", Text, nullable=False),
    )
    return engine, table


@contextmanager
def _failures() -> Iterator[None]:
    """Failures of the database as sentences that do not tell its address."""
    from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

    try:
        yield
    except (ArgumentError, NoSuchModuleError) as error:
        raise UsageError(f"{DATABASE} 不是有效的数据库地址。", "例如 postgresql+psycopg://用户@主机/库名。") from error
    except ModuleNotFoundError as error:
        raise DependencyError("缺少数据库驱动。", "请安装 fangan[postgres]。") from error
    except SQLAlchemyError as error:
        raise OutputError(f"数据库没有响应或拒绝写入（{type(error).__name__}）。", "请检查数据库后重试。") from error

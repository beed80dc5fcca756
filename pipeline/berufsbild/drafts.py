"""Output files in the making: they grow in whole segments and appear when complete.

Shape: records are gathered, written as one segment to `.NAME.part` and counted
    only then; a part cut back to what was counted is as if nothing had
    happened. Segments are text lines, members of a gzip file, or Arrow streams
    that become one Parquet file at the end.
"""

from __future__ import annotations

import gzip
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from berufsbild.errors import DataError
from berufsbild.extraction import Extraction, Failure
from berufsbild.inputs import is_remote, remote

if TYPE_CHECKING:
    import pyarrow as pa

# A line of JSON where its output is of lines, else the result itself.
Record: TypeAlias = str | Extraction | Failure

_GROUP: Final = 20_000


def is_parquet(target: str) -> bool:
    """Tell a Parquet output from one of lines; lines are the default."""
    return target.endswith(".parquet")


def hidden(target: str, suffix: str) -> Path:
    """Name a file beside an output, of a remote one in the current folder."""
    name = target.rstrip("/").rpartition("/")[2] if is_remote(target) else Path(target).name
    folder = Path() if is_remote(target) else Path(target).parent
    return folder / f".{name}.{suffix}"


class Draft:
    """One output file until it is published."""

    def __init__(self, target: str, kept: int) -> None:
        """Open the part of a new run, or of an interrupted one with its counted bytes.

        Errors: DataError where the part has lost some of them.
        """
        self.target = target
        self.part = hidden(target, "part")
        if is_parquet(target):
            _need_pyarrow(target)
        self.part.parent.mkdir(parents=True, exist_ok=True)
        if kept:
            self._take_back(kept)
        self._file = self.part.open("r+b" if kept else "wb")

    def _take_back(self, kept: int) -> None:
        """Find the part of an interrupted run; it may have got its name already."""
        whole = Path(self.target)
        if not self.part.exists() and whole.exists() and whole.stat().st_size == kept:
            whole.replace(self.part)
        got = self.part.stat().st_size if self.part.exists() else 0
        if got < kept:
            message = f"{self.part}: expected {kept} bytes of an interrupted run, got {got}"
            raise DataError([f"{message}; run without --resume"])

    def write(self, kept: int, records: Sequence[Record]) -> int:
        """Write a segment behind the counted bytes; give the new count.

        What stands there already was never counted and is written over.
        """
        self._file.truncate(kept)
        self._file.seek(kept)
        if records:
            self._file.write(_segment(self.target, records))
        self._file.flush()
        os.fsync(self._file.fileno())
        return self._file.tell()

    def close(self) -> None:
        """Close the part and leave it where it is."""
        self._file.close()

    def discard(self) -> None:
        """Remove the part, if it is still one."""
        self._file.close()
        self.part.unlink(missing_ok=True)

    def publish(self) -> None:
        """Give the complete file its name."""
        self._file.close()
        whole = self.part
        if is_parquet(self.target):
            whole = hidden(self.target, "whole")
            _join(self.part, whole)
        if is_remote(self.target):
            upload(whole, self.target)
        else:
            whole.replace(self.target)


def upload(source: Path, target: str) -> None:
    """Copy a file to where fsspec leads."""
    system, path = remote(target)
    with source.open("rb") as file, system.open(path, "wb") as copy:
        shutil.copyfileobj(file, copy, 1 << 20)
    source.unlink()


def _segment(target: str, records: Sequence[Any]) -> bytes:
    if is_parquet(target):
        return _stream(records)
    data = "".join([f"{record}\n" for record in records]).encode("utf-8")
    return gzip.compress(data, 6, mtime=0) if target.endswith(".gz") else data


def _need_pyarrow(target: str) -> None:
    try:
        import pyarrow as pa  # noqa: F401 - is it there?
    except ImportError as error:
        message = f"{target}: expected pyarrow to write Parquet, got none"
        raise DataError([f"{message}; pip install 'berufsbild[parquet]'"]) from error


def _stream(records: Sequence[Extraction | Failure]) -> bytes:
    """Write results as one Arrow stream."""
    import pyarrow as pa

    from berufsbild.arrow import SCHEMA, record_batch

    sink = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with pa.ipc.new_stream(sink, SCHEMA, options=options) as writer:
        writer.write_batch(record_batch(records))
    return bytes(sink.getvalue())


def _batches(part: Path) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa

    with pa.OSFile(str(part)) as file:
        end = file.size()
        while file.tell() < end:
            yield from pa.ipc.open_stream(file)


def _join(part: Path, whole: Path) -> None:
    """Make one Parquet file of the Arrow streams of a part."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from berufsbild.arrow import SCHEMA

    def write(group: list[pa.RecordBatch]) -> None:
        if group:
            writer.write_table(pa.Table.from_batches(group, SCHEMA), row_group_size=_GROUP)

    group: list[pa.RecordBatch] = []
    with pq.ParquetWriter(whole, SCHEMA, compression="zstd") as writer:
        for batch in _batches(part):
            group.append(batch)
            if sum(one.num_rows for one in group) >= _GROUP:
                write(group)
                group = []
        write(group)

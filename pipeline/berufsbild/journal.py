"""What an interrupted run has done, so that the next one goes on behind it.

Shape: `.NAME.journal` beside the output holds the settings of the run, how many
    texts are done, a digest of them, and how many bytes of each part are
    counted. It is replaced as a whole, after the parts are on the disk: a
    process may be killed at any moment.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from berufsbild.drafts import Draft, Record, hidden
from berufsbild.errors import DataError
from berufsbild.outputs import write_json

if TYPE_CHECKING:
    from berufsbild.inputs import Item

_EVERY: Final = 256


@dataclass(slots=True)
class Counts:
    """How many texts were read, records written, and texts failed.

    Units: `written` counts the records of the output; failures are among them
        unless they have a file of their own.
    """

    read: int = 0
    written: int = 0
    failed: int = 0


@dataclass(frozen=True, slots=True)
class _State:
    """How far the run has come, with what is gathered since.

    Shape: one object, replaced as a whole, so that an interruption between two
        steps finds either all of the old one or all of the new.
    """

    counts: Counts
    digest: hashlib.blake2b
    kept: tuple[int, ...]
    pending: list[tuple[Item, Record, int, bool]]


class Journal:
    """The outputs of one run, kept in step with how far it has come."""

    def __init__(
        self, targets: Sequence[str], settings: Mapping[str, Any], *, resume: bool
    ) -> None:
        """Open the parts, behind the work of an interrupted run if there is one to resume.

        Errors: DataError where that run had other settings.
        """
        self.path = hidden(targets[0], "journal")
        self._settings = {**settings, "targets": list(targets)}
        self._found = _load(self.path, self._settings) if resume else None
        if self._found is None:
            self.path.unlink(missing_ok=True)
        kept = self._found["bytes"] if self._found else [0] * len(targets)
        self._drafts = [Draft(target, end) for target, end in zip(targets, kept, strict=True)]
        self._state = _State(Counts(), _new_digest(), tuple(kept), [])

    @property
    def counts(self) -> Counts:
        """Say how much is done and on the disk."""
        return self._state.counts

    def skip(self, items: Iterator[Item]) -> None:
        """Pass over the texts that an interrupted run has done.

        Errors: DataError where they are others.
        """
        if self._found is None:
            return
        counts = Counts(**self._found["counts"])
        digest = _new_digest()
        for item in islice(items, counts.read):
            _feed(digest, item)
        if digest.hexdigest() != self._found["texts"]:
            message = f"{self.path}: expected the {counts.read} texts of the interrupted run"
            raise DataError([f"{message}, got others; run without --resume"])
        self._state = _State(counts, digest, self._state.kept, [])

    def add(self, item: Item, record: Record, number: int, *, failed: bool) -> None:
        """Gather a record for the output of that number."""
        self._state.pending.append((item, record, number, failed))
        if len(self._state.pending) >= _EVERY:
            self.save()

    def save(self) -> None:
        """Write what was gathered, then the journal: from here on it is done."""
        state = self._state
        digest = state.digest.copy()
        counts = Counts(state.counts.read, state.counts.written, state.counts.failed)
        lots: list[list[Record]] = [[] for _ in self._drafts]
        for item, record, number, failed in state.pending:
            _feed(digest, item)
            lots[number].append(record)
            counts.read += 1
            counts.written += number == 0
            counts.failed += failed
        kept = tuple(
            draft.write(end, lot)
            for draft, end, lot in zip(self._drafts, state.kept, lots, strict=True)
        )
        data = {"counts": asdict(counts), "texts": digest.hexdigest(), "bytes": kept}
        write_json(self.path, {"settings": self._settings, **data})
        self._state = _State(counts, digest, kept, [])

    def publish(self) -> None:
        """Give the complete outputs their names."""
        self.save()
        for draft in self._drafts:
            draft.publish()

    def finish(self) -> None:
        """Remove what only an interrupted run needs."""
        self.path.unlink(missing_ok=True)
        for draft in self._drafts:
            draft.discard()

    def leave(self) -> int:
        """Keep what is finished for a later run; say how many texts that is."""
        if self._found is None or self.counts.read:
            self.save()
        for draft in self._drafts:
            draft.close()
        if self._found is None and not self.counts.read:
            self.finish()
        return self.counts.read


def _load(path: Path, settings: Mapping[str, Any]) -> dict[str, Any] | None:
    """Read the journal of an interrupted run, null where there is none."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        found: dict[str, Any] = {key: data[key] for key in ("settings", "counts", "texts", "bytes")}
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as error:
        message = f"{path}: expected the journal of an interrupted run, got {error!r}"
        raise DataError([f"{message}; run without --resume"]) from error
    other = [name for name, value in settings.items() if found["settings"].get(name) != value]
    if other:
        names = ", ".join(other)
        message = f"{path}: expected the settings of the interrupted run, got other {names}"
        raise DataError([f"{message}; run without --resume"])
    return found


def _new_digest() -> hashlib.blake2b:
    return hashlib.blake2b(digest_size=16)


def _feed(digest: hashlib.blake2b, item: Item) -> None:
    """Take a text into the digest; surrogates too, which no encoding knows."""
    for part in (item.id, item.text):
        raw = b"\xff" if part is None else part.encode("utf-8", "surrogatepass")
        digest.update(len(raw).to_bytes(8, "little") + raw)

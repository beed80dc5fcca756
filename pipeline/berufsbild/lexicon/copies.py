"""Folders of own words as plain data, so that a saved pipeline carries them.

Shape: a copy is the text of each table by its path inside the folder.
"""

from __future__ import annotations

from pathlib import Path

from berufsbild.lexicon.reader import checked_overlays, read_text


def read_copy(source: Path) -> dict[str, str]:
    """Read a folder of own words.

    Errors: DataError where it is not there, or a file of it is no UTF-8 in NFC.
    """
    (folder,) = checked_overlays([source])
    return {
        path.relative_to(folder).as_posix(): read_text(path)
        for path in sorted(folder.rglob("*"))
        if path.suffix in {".toml", ".tsv"}
    }


def write_copy(texts: dict[str, str], folder: Path) -> Path:
    """Write a copy as a new folder and give the folder back."""
    folder.mkdir()
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder

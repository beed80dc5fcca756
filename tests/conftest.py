from __future__ import annotations

import os
from pathlib import Path

import pytest

os.environ.setdefault("DVC_NO_ANALYTICS", "1")

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def profiles(root):
    return {
        path.stem: path.read_bytes().decode()
        for path in sorted((root / "corpus/profiles").glob("*.txt"))
    }


@pytest.fixture(scope="session")
def extract():
    import berufsbild

    return berufsbild.load()

"""One Spark cluster for all tests of a module, and what a single process says."""

from __future__ import annotations

import json
from itertools import islice

import pytest
from cluster import two_executors
from many import composed


@pytest.fixture(scope="module")
def spark(tmp_path_factory):
    with two_executors(tmp_path_factory.mktemp("spark")) as session:
        yield session


@pytest.fixture(scope="session")
def texts():
    return composed(5_000)


@pytest.fixture(scope="session")
def expected(texts, extract):
    return {id_: json.loads(extract(text, id=id_).to_json()) for id_, text in texts.items()}


@pytest.fixture
def frame(spark, texts):
    """The texts in forty parts, so that there is something left when a worker dies."""
    return frame_of(spark, texts).repartition(40)


@pytest.fixture
def part(spark, texts):
    """A fifth of the texts in forty parts."""
    return frame_of(spark, dict(islice(texts.items(), 1_000))).repartition(40)


def frame_of(spark, texts):
    return spark.createDataFrame(list(texts.items()), "id string, text string")

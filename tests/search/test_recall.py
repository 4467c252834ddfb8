"""What people type finds what it must among the public examples. Today's figures are higher; these are the least."""

from pathlib import Path

from flask import Flask
from sqlalchemy import Connection

from benchmarks import recall
from benchmarks.recall import GIVEN, HELD_OUT
from marketplace.core import clock


def test_queries_find_their_examples(app: Flask, connection: Connection, tmp_path: Path):
    with app.app_context():
        view, keys = recall.examples(connection, tmp_path)
    assert len(keys) == 42
    for name in (GIVEN, HELD_OUT):
        found = list(recall.answers(view, name, keys, clock.now()))
        missed = [each for each in found if each.recall < 1 or each.reciprocal_rank < 1]
        score = recall.score(found)
        assert score.recall >= 0.95, missed
        assert score.mrr >= 0.9, missed

"""Every column of every table has a place in what is said of people; a new one without it fails, and says what to write."""

import pytest
from sqlalchemy import text

from marketplace.core.personal import Topic
from marketplace.extensions import db
from marketplace.privacy import labels
from marketplace.privacy.registry import HOLDINGS, OF_NOBODY, Column, find_undecided
from marketplace.privacy.rules import PERIODS, Keep
from marketplace.privacy.tidying import SWEEPS

# All tables of all schemas but the system's own, with where foreign keys lead.
SCHEMA = text(
    """
    SELECT c.table_name, c.column_name, c.data_type, EXISTS (
        SELECT 1 FROM pg_constraint k
        JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)
        WHERE k.contype = 'f' AND k.confrelid = 'users'::regclass AND a.attname = c.column_name
          AND k.conrelid = format('%I.%I', c.table_schema, c.table_name)::regclass
    )
    FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE t.table_type = 'BASE TABLE' AND c.table_schema NOT IN ('pg_catalog', 'information_schema')
    ORDER BY 1, c.ordinal_position
    """
)


@pytest.fixture
def columns(session):
    return [Column(*row) for row in session.execute(SCHEMA)]


def test_every_column_has_a_place(columns):
    assert "\n".join(find_undecided(columns)) == ""


def test_nothing_is_said_of_tables_or_columns_that_are_gone(columns):
    there = {(column.table, column.name) for column in columns}
    said = {(h.table.name, name) for h in HOLDINGS for name in h.decided | set(h.secrets)}
    assert said <= there
    assert {h.table.name for h in HOLDINGS} | set(OF_NOBODY) == {table for table, _name in there}
    assert not {h.table.name for h in HOLDINGS} & set(OF_NOBODY)


@pytest.mark.parametrize(
    "statement, told",
    [
        ("CREATE TABLE diaries (id bigint, page text)", "diaries.page: no slice says"),
        ("ALTER TABLE members ADD COLUMN nickname text", "members.nickname can hold words"),
        ("ALTER TABLE interests ADD COLUMN notes jsonb", "interests.notes can hold words"),
        (
            "ALTER TABLE interests ADD COLUMN helper bigint REFERENCES users",
            "interests.helper leads to users",
        ),
        (
            "ALTER TABLE regions ADD COLUMN patron bigint REFERENCES users",
            "but privacy/registry.py says OF_NOBODY",
        ),
    ],
)
def test_a_new_column_without_a_place_is_named(session, statement, told):
    session.execute(text(statement))
    faults = find_undecided([Column(*row) for row in session.execute(SCHEMA)])
    assert any(told in fault for fault in faults), faults


def test_secrets_are_decided_columns():
    for holding in HOLDINGS:
        assert set(holding.secrets) <= holding.decided, holding.table.name


def test_the_page_has_words_for_every_topic_and_the_copy_for_every_table():
    for words in (labels.TOPIC, labels.WHAT, labels.WHY, labels.WHO, labels.HOW_LONG):
        assert set(words) == set(Topic)
    assert set(labels.TABLE) == {holding.table.name for holding in HOLDINGS}


def test_every_period_has_a_sweep_and_every_sweep_a_period():
    assert set(PERIODS) == set(SWEEPS) == set(Keep)


def test_no_table_is_left_out_of_the_models(app):
    with app.app_context():
        assert {holding.table.name for holding in HOLDINGS} <= set(db.metadata.tables)

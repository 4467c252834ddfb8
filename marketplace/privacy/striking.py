"""Takes a person's name, addresses and phones out of words, in one statement a table."""

from typing import Any

from sqlalchemy import ColumnElement, Table, Text, cast, func, or_, select, update
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from marketplace.core.personal import Holding, Person
from marketplace.extensions import db
from marketplace.privacy import rules
from marketplace.privacy.registry import rows_around


def strike_out(holding: Holding, person: Person) -> None:
    """Names, addresses and phones in the rows near the person; addresses, which are theirs alone, in every row."""
    if not (holding.words or holding.offices or holding.slugs):
        return
    addresses = rules.email_pattern(person.emails)
    everything = rules.any_of(rules.name_pattern(person.names), addresses, rules.phone_pattern(person.phones))
    touched: set[int] = set()
    if everything:
        touched |= _strike(holding, everything, rows_around(holding, person))
    if addresses:
        touched |= _strike(holding, addresses, None)
    if touched and holding.struck:
        holding.struck(sorted(touched))


def _strike(holding: Holding, pattern: str, where: ColumnElement[bool] | None) -> set[int]:
    table = holding.table
    values = {name: _without(table.c[name], pattern, rules.MARK) for name in holding.words}
    values |= {name: _without(table.c[name], pattern, rules.SLUG_MARK) for name in holding.slugs}
    mentioned = [_mentions(table.c[name], pattern) for name in (*holding.words, *holding.slugs)]
    touched = _write(table, values, mentioned, where)
    for name in holding.offices:
        touched |= _write(table, {name: ""}, [_mentions(table.c[name], pattern)], where)
    return touched


def _write(
    table: Table,
    values: dict[str, Any],
    mentioned: list[ColumnElement[bool]],
    where: ColumnElement[bool] | None,
) -> set[int]:
    if not values:
        return set()
    if "revision" in table.c:
        # Who read it before decides on something else now.
        values = {**values, "revision": table.c.revision + 1}
    statement = update(table).where(or_(*mentioned)).values(values)
    if where is not None:
        statement = statement.where(where)
    (key, *_rest) = table.primary_key.columns
    rows = db.session.execute(statement.returning(key).execution_options(synchronize_session=False))
    return set(rows.scalars())


def _mentions(column: ColumnElement[Any], pattern: str) -> ColumnElement[bool]:
    return _as_text(column).regexp_match(pattern, flags="i")


def _as_text(column: ColumnElement[Any]) -> ColumnElement[str]:
    if isinstance(column.type, ARRAY):
        return func.array_to_string(column, "\n", type_=Text)
    return cast(column, Text) if isinstance(column.type, JSONB) else column


def _without(column: ColumnElement[Any], pattern: str, mark: str) -> ColumnElement[Any]:
    if isinstance(column.type, ARRAY):
        one = func.unnest(column).column_valued("one")
        return func.array(select(func.regexp_replace(one, pattern, mark, "gi")).scalar_subquery())
    return cast(func.regexp_replace(_as_text(column), pattern, mark, "gi"), column.type)

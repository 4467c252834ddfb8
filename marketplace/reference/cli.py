import click
from flask.cli import with_appcontext

from marketplace.core import clock
from marketplace.extensions import db
from marketplace.reference.loading import Outcome, load_all


@click.command("load-reference")
@click.option("--force", is_flag=True, help="Load also the parts that look up to date.")
@with_appcontext
def load_reference(force: bool) -> None:
    """Loads regions, sectors, schemes, cohorts and examples, or upgrades an older load of them."""
    with db.engine.begin() as connection:
        outcomes = load_all(connection, now=clock.now(), force=force)
    for outcome in outcomes:
        for line in _lines(outcome):
            click.echo(line)


def _lines(outcome: Outcome) -> list[str]:
    if outcome.changes is None:
        return [f"{outcome.name}: up to date"]
    return [change.line for change in outcome.changes]

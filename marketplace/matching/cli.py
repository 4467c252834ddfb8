import time

import click
from flask.cli import with_appcontext

from marketplace.matching import refreshing
from marketplace.matching.refreshing import RefreshRuns


@click.command("match-refresh")
@click.option("--all", "whole", is_flag=True, help="Make a new model and score everything anew.")
@with_appcontext
def match_refresh(whole: bool) -> None:
    """Bring the suggestions up to date; stopped, it goes on the next time. Readers have whole lists meanwhile."""
    began = time.monotonic()
    refreshing.step_back()
    try:
        made = refreshing.refresh(whole=whole, progress=_tell)
    except RefreshRuns:
        raise click.ClickException(
            "Another process is making the suggestions already; this one is not needed."
        ) from None
    what = "all scored anew" if made.whole else f"{made.looked_at} without an entry in the outbox looked at"
    click.echo(
        f"\r{made.listings} lists of listings and {made.partners} of partners, {what}, in"
        f" {time.monotonic() - began:.1f} s."
    )


def _tell(done: int, total: int) -> None:
    click.echo(f"\r{done} of {total} ", nl=False)

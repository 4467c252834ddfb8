import os
import time

import click
from flask.cli import with_appcontext

from marketplace.matching.lists import refreshing
from marketplace.matching.lists.refreshing import RefreshRuns

# As sysexits.h has it for what may be tried again.
RUNS_ALREADY = os.EX_TEMPFAIL


class RunsAlready(click.ClickException):
    exit_code = RUNS_ALREADY

    def __init__(self) -> None:
        super().__init__("Another process is making the suggestions already; this one is not needed.")


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
        raise RunsAlready from None
    what = "all scored anew" if made.whole else f"{made.looked_at} without an entry in the outbox looked at"
    click.echo(
        f"\r{made.listings} lists of listings and {made.partners} of partners, {what}, in"
        f" {time.monotonic() - began:.1f} s."
    )


def _tell(done: int, total: int) -> None:
    click.echo(f"\r{done} of {total} ", nl=False)

import click
from flask import current_app
from flask.cli import with_appcontext

from marketplace.accounts import actions
from marketplace.accounts.rules import STAFF_LINK_WITHIN
from marketplace.core import clock
from marketplace.core.actor import StaffRole
from marketplace.extensions import db


@click.command("create-staff")
@click.argument("email")
@click.option("--name", default="", help="The person's name; without it, what stands before the @.")
@click.option(
    "--role", type=click.Choice([str(role) for role in StaffRole]), default=str(StaffRole.MODERATOR)
)
@with_appcontext
def create_staff(email: str, name: str, role: str) -> None:
    """Appoint EMAIL as staff, and print (and mail) a one-time link to set the password."""
    if email.count("@") != 1 or email.startswith("@") or email.endswith("@"):
        raise click.UsageError(f"{email!r} is no e-mail address.")
    token = actions.create_staff(
        email, name=name or email.partition("@")[0], role=StaffRole(role), now=clock.now()
    )
    db.session.commit()
    hours = int(STAFF_LINK_WITHIN.total_seconds() // 3600)
    click.echo(f"{email} is {role}. Set the password here within {hours} hours; the link works once:")
    click.echo(f"{current_app.config['BASE_URL']}/kata-sandi-baru/{token}")

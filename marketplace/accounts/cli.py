import click
from email_validator import EmailNotValidError, validate_email
from flask import current_app
from flask.cli import with_appcontext

from marketplace.accounts import actions
from marketplace.accounts.queries import find_by_email
from marketplace.accounts.rules import LONGEST_NAME, STAFF_LINK_WITHIN, NameUnfit, check_name
from marketplace.core import clock
from marketplace.core.actor import StaffRole
from marketplace.core.text import clean_line
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
    person = _checked_name(name) or email.partition("@")[0]
    _check_email(email)
    token = actions.create_staff(email, name=person, role=StaffRole(role), now=clock.now())
    db.session.commit()
    hours = int(STAFF_LINK_WITHIN.total_seconds() // 3600)
    click.echo(f"{email} is {role}. Set the password here within {hours} hours; the link works once:")
    click.echo(f"{current_app.config['BASE_URL']}/kata-sandi-baru/{token}")


def _checked_name(name: str) -> str:
    clean = clean_line(name)
    try:
        check_name(clean)
    except NameUnfit:
        raise click.BadParameter("it holds an address; write the name only.", param_hint="--name") from None
    if len(clean) > LONGEST_NAME:
        raise click.BadParameter(f"write at most {LONGEST_NAME} letters.", param_hint="--name")
    return clean


def _check_email(email: str) -> None:
    try:
        validate_email(email, check_deliverability=False)
    except EmailNotValidError as error:
        raise click.BadParameter(f"{email!r} is no e-mail address: {error}", param_hint="EMAIL") from None
    user = find_by_email(email)
    if user is not None and not user.active:
        raise click.ClickException(f"The account of {email} is switched off; nobody was appointed.")

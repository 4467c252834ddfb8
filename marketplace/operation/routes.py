import click
from flask import current_app
from flask.cli import with_appcontext


@click.command("routes")
@with_appcontext
def routes() -> None:
    """List every address: methods, rule, endpoint."""
    for rule in sorted(current_app.url_map.iter_rules(), key=lambda rule: rule.rule):
        methods = ",".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
        click.echo(f"{methods:12} {rule.rule:60} {rule.endpoint}")

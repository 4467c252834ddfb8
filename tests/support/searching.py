"""A search index for tests that search: small, of what the test wrote."""

from flask import Flask
from sqlalchemy import Connection

from marketplace.opportunities.documents import all_documents
from marketplace.search.feeding import rebuild
from marketplace.search.index import home_of


def index_everything(app: Flask, connection: Connection) -> int:
    """Builds the application's index of all listings that the connection sees as public; how many."""
    return max(rebuild(home_of(app.config["INSTANCE_DIR"]), all_documents(connection), ""), default=0)

from flask import Blueprint

# A number that the database takes.
ONE = "/dasbor/minat/<int:interest_id>"

interests = Blueprint("interests", __name__)

from flask import Blueprint

# A number that the database takes.
ONE = "/dasbor/minat/<int(max=9223372036854775807):interest_id>"

interests = Blueprint("interests", __name__)

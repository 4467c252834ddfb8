"""The blueprints of a partner's suggestions."""

from flask import Blueprint

suggestions = Blueprint("suggestions", __name__)
suggestion_letters = Blueprint("suggestion_letters", __name__)
matching_guide = Blueprint("matching_guide", __name__)

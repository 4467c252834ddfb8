"""The links of letters about saved searches and about watched listings."""

from dataclasses import dataclass

from flask import Blueprint

from marketplace.saved import unsubscribing, watch_links
from marketplace.saved.search_words import called
from marketplace.web.language import get_language
from marketplace.web.stopping import end_letters_by_link

alert_mails = Blueprint("alert_mails", __name__)
watch_mails = Blueprint("watch_mails", __name__)


@dataclass(frozen=True, slots=True)
class LetteredSearch:
    """A saved search as its link's page names it."""

    id: int
    name: str
    mailing: bool


def _find_search(token: str) -> LetteredSearch | None:
    search = unsubscribing.find_by_token(token)
    return LetteredSearch(search.id, called(search, get_language()), search.mailing) if search else None


end_letters_by_link(
    alert_mails,
    "saved/unsubscribe.html",
    find=_find_search,
    stop=lambda token, now: unsubscribing.unsubscribe(token, now=now),
)
end_letters_by_link(
    watch_mails,
    "saved/unwatch.html",
    find=lambda token: watch_links.find_by_token(token, get_language()),
    stop=lambda token, _now: watch_links.unsubscribe(token),
)

"""The links of letters about saved searches and about watched listings."""

from flask import Blueprint

from marketplace.saved import unsubscribing, watch_links
from marketplace.web.language import get_language
from marketplace.web.stopping import end_letters_by_link

alert_mails = Blueprint("alert_mails", __name__)
watch_mails = Blueprint("watch_mails", __name__)

end_letters_by_link(
    alert_mails,
    "saved/unsubscribe.html",
    find=unsubscribing.find_by_token,
    stop=lambda token, now: unsubscribing.unsubscribe(token, now=now),
)
end_letters_by_link(
    watch_mails,
    "saved/unwatch.html",
    find=lambda token: watch_links.find_by_token(token, get_language()),
    stop=lambda token, _now: watch_links.unsubscribe(token),
)

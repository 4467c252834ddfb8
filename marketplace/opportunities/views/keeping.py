"""A draft saved while it is typed: the answers that static/opportunities/authoring.js reads."""

from typing import Any

from flask import Response, jsonify, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from marketplace.core import clock
from marketplace.core.refusal import Conflict
from marketplace.opportunities import drafting, editing, labels
from marketplace.opportunities.content import INPUTS, SUMS, content_of, field_of
from marketplace.opportunities.forms.drafting import stored_values
from marketplace.opportunities.merging import TYPED, digest
from marketplace.opportunities.models import OpportunityVersion
from marketplace.opportunities.rules import ListingEnded, NotEditable, check_editable
from marketplace.opportunities.steps import STEPS, WHOLE
from marketplace.opportunities.translating import Translation
from marketplace.opportunities.views.authoring import authoring
from marketplace.opportunities.views.draft_page import beside, others_words, saved_words
from marketplace.opportunities.views.writing import Sent, sort_out, writable_version
from marketplace.opportunities.wording import field_texts
from marketplace.web.access import signed_in
from marketplace.web.actors import current_actor
from marketplace.web.errors import sentence
from marketplace.web.language import get_language
from marketplace.web.transaction import keep_nothing

# Beyond this a text that is too long for its field stays in the browser.
_KEPT_AT_MOST = 20_000


@authoring.post("/<int:opportunity_id>/simpan")
@signed_in
def keep(opportunity_id: int) -> AnyResponse | tuple[Response, int]:
    """Saves the inputs that are named in `isian`; what somebody else changed meanwhile comes back beside them."""
    version = writable_version(opportunity_id)
    actor, now = current_actor(), clock.now()
    drafting.lock_draft(version)
    try:
        check_editable(version.status, version.opportunity.status)
    except (NotEditable, ListingEnded) as conflict:
        keep_nothing()
        return jsonify(stopped=sentence(conflict)), 409
    named = [name for name in dict.fromkeys(request.form.getlist("isian")) if name in TYPED]
    long = [name for name in named if sum(map(len, request.form.getlist(name))) > _KEPT_AT_MOST]
    sent = sort_out(version, [name for name in named if name not in long], now)
    clash = editing.changed(version, actor)
    drafting.write_over(version, sent.typed, confirmed=request.form.getlist("sesuai"), actor=actor, now=now)
    drafting.note_editor(version, actor=actor, now=now)
    return jsonify(
        revision=version.revision,
        saved=saved_words(version),
        others=others_words(version, now),
        echoes=_echoes(sent),
        problems=_problems(sent, named) | {name: _("Terlalu panjang untuk disimpan.") for name in long},
        unsaved=long,
        **_stored(version, sent, named, clash),
        **_fragments(version),
    )


def _problems(sent: Sent, named: list[str]) -> dict[str, str]:
    return {name: sent.typed.problems.get(name, "") for name in named}


def _echoes(sent: Sent) -> dict[str, str]:
    """How sums were read."""
    return {name: sent.form[name].echo or "" for name in SUMS}


def _stored(version: OpportunityVersion, sent: Sent, named: list[str], clash: Conflict) -> dict[str, Any]:
    """A mark of each input that stands as sent; what overlaps; and what others changed beside it."""
    texts = drafting.texts_of(version)
    values = stored_values(version)
    words = field_texts(content_of(version), get_language())
    seen = sent.form.seen_digests

    def told(name: str) -> dict[str, Any]:
        text = words[field_of(name)] if name in INPUTS else None
        shown = (text.english if name.endswith("_en") else text.text) if text else texts[name]
        return {
            "name": name, "values": values[name], "mark": digest(texts[name]), "text": shown or _("kosong"),
            "label": str(labels.FIELD[field_of(name)]) if name in INPUTS else "",
        }  # fmt: skip

    moved = [
        name for name in seen if name in TYPED and name not in named and digest(texts[name]) != seen[name]
    ]
    return {
        "marks": {name: digest(texts[name]) for name in named if name not in sent.found.overlaps},
        "overlaps": [told(name) for name in sent.found.overlaps],
        "clash": sentence(clash) if sent.found.overlaps else "",
        "fresh": [told(name) for name in moved],
    }


def _fragments(version: OpportunityVersion) -> dict[str, Any]:
    """The meter and the steps, drawn as the page draws them."""
    wanted = request.form.get("tahap", WHOLE)
    values = beside(version, wanted if wanted in STEPS else WHOLE)
    told = {
        name: {"word": str(labels.TRANSLATION[state]), "stale": state is Translation.STALE}
        for name, state in values["translations"].items()
    }
    return {
        "translations": told,
        "aside": render_template("opportunities/_beside.html", **values),
        "steps": render_template("opportunities/_steps.html", **values),
    }

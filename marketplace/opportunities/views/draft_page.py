"""What the pages of a draft show, whole or in one of its steps."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from flask import Response, make_response, render_template, url_for
from flask_babel import gettext as _

from marketplace.core import clock
from marketplace.core.dates import local_day
from marketplace.core.refusal import Conflict
from marketplace.opportunities import labels, publishing, queries
from marketplace.opportunities.checks import JUSTIFIABLE, Found, justifiable, why_input
from marketplace.opportunities.completeness import REQUIRED, Completeness
from marketplace.opportunities.content import BILINGUAL, content_of, input_of
from marketplace.opportunities.forms.listing import ListingForm
from marketplace.opportunities.listing_templates import hints_of, template_of
from marketplace.opportunities.models import OpportunityVersion
from marketplace.opportunities.own_queries import list_other_editors
from marketplace.opportunities.rules import DraftChanged
from marketplace.opportunities.steps import CHECK, STEPS, WHOLE, neighbour, step_of
from marketplace.opportunities.support.queries import by_field, list_comments, list_draft_readers
from marketplace.opportunities.translating import Translation, translations
from marketplace.opportunities.views.page import better_words, document_note, title_of
from marketplace.regions.queries import gazetteer
from marketplace.taxonomy.catalogue import Kbli
from marketplace.taxonomy.kbli_suggestion import suggester
from marketplace.taxonomy.queries import taxonomy
from marketplace.web.actors import current_actor
from marketplace.web.errors import sentence
from marketplace.web.formats import jam
from marketplace.web.headers import keep_on_back

Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Clash:
    """A draft that changed meanwhile: why, and what is stored at the fields that differ."""

    conflict: Conflict
    stored: Mapping[str, str] = field(default_factory=dict)


def draft_page(
    version: OpportunityVersion, form: ListingForm, step: str, status: int, clash: Clash | None = None
) -> Response:
    """The page of the whole draft, or of one step."""
    conflict = clash.conflict if clash else None
    page = render_template(
        "opportunities/edit.html", form=form, conflict=conflict, stored=clash.stored if clash else {},
        conflict_sentence=sentence(conflict) if conflict else "", can_merge=isinstance(conflict, DraftChanged),
        person=current_actor().user_id, others=others_words(version, clock.now()),
        choices=_businesses(form, step), **_about(version), **_place_of(step), **beside(version, step),
    )  # fmt: skip
    return keep_on_back(make_response(page, status))


def _businesses(form: ListingForm, step: str) -> list[Kbli]:
    """What is offered where the business is chosen: the one in the form, then those that its texts speak of."""
    if step not in (WHOLE, step_of("kbli_code")):
        return []
    suggested = suggester().suggest(
        form.title_id.data or form.title_en.data or "",
        f"{form.summary_id.data or ''} {form.summary_en.data or ''}",
        sector=form.sector_code.data,
    )
    known, chosen = taxonomy().kbli, form.kbli_code.business
    found = [*([chosen] if chosen else []), *(known[code] for code in suggested if code in known)]
    return list(dict.fromkeys(found))


def _about(version: OpportunityVersion) -> dict[str, Any]:
    opportunity = version.opportunity
    return {
        "version": version,
        "title": title_of(version)[0],
        "place": gazetteer().by_code[opportunity.region_code],
        "saved": saved_words(version),
        "template": template_of(opportunity.template),
        "hints": hints_of(opportunity.template),
        "marks": queries.list_marks(version.id),
        "comments": by_field(list_comments(version.id, unhandled=True)),
        "readers": list_draft_readers(opportunity),
        "zone": publishing.zone_of(opportunity),
        "documents": [(each, document_note(each)) for each in queries.list_documents(version.id)],
        "access_tag_of": labels.ACCESS_TAG,
        "required": REQUIRED,
        "bilingual": BILINGUAL,
    }


def _place_of(step: str) -> dict[str, Any]:
    """Where in the row of steps the page stands."""
    names = step_names()
    return {
        "groups": [group for group in labels.GROUPS if step in (WHOLE, group[0])],
        "number": STEPS.index(step) + 1 if step else 0,
        "many": len(STEPS),
        "first": step == STEPS[0],
        "step_name": names.get(step),
        "next_name": names[neighbour(step, 1)] if step not in (WHOLE, CHECK) else "",
    }


def beside(version: OpportunityVersion, step: str) -> dict[str, Any]:
    """What stands beside the form and follows every save: steps, meter, checks, translations."""
    found = publishing.check_complete(version, clock.now())
    states = translations(content_of(version), version.translated)
    return {
        "o": version.opportunity, "step": step, "labels": labels, "completeness": found,
        "steps": _steps(version, found, step), "missing": _missing(version, found, step),
        "better": better_words(found), "flags": _flags(version), "why_input": why_input,
        "translations": states,
        "untranslated": _translation_links(version, states, step),
    }  # fmt: skip


def address_of(version: OpportunityVersion, step: str) -> str:
    """The address of a step, or of the whole draft."""
    if step == WHOLE:
        return url_for("authoring.edit", opportunity_id=version.opportunity_id)
    return url_for("authoring.edit_step", opportunity_id=version.opportunity_id, step=step)


def step_names() -> dict[str, Any]:
    """The name of each step, in their order."""
    names: dict[str, Any] = {code: name for code, name, _fields in labels.GROUPS}
    return names | {CHECK: _("Periksa dan kirim")}


def _steps(version: OpportunityVersion, found: Completeness, step: str) -> Rows:
    """Ticked where nothing required is missing; on the whole page they lead to its parts."""
    faulty = {step_of(gap.field) for gap in found.gaps}
    rows = []
    for code, name in step_names().items():
        state = "next" if code in faulty or code == CHECK else "done"
        url = f"#{code}" if step == WHOLE else address_of(version, code)
        rows.append({"label": name, "url": url, "state": "now" if code == step else state})
    return rows


def _link(version: OpportunityVersion, target: str, name: str, step: str) -> str:
    there = step_of(target)
    page = "" if step in (WHOLE, there) else address_of(version, there)
    return f"{page}#{name}"


def _missing(version: OpportunityVersion, found: Completeness, step: str) -> Rows:
    return [
        {"label": labels.FIELD[gap.field], "url": _link(version, gap.field, input_of(gap.field), step)}
        for gap in found.gaps
    ]


def _translation_links(version: OpportunityVersion, states: Mapping[str, Translation], step: str) -> Rows:
    return [
        {"label": labels.FIELD[name], "state": labels.TRANSLATION[state], "url": _link(version, name, f"{name}_en", step)}
        for name, state in states.items()
        if state is not Translation.CURRENT
    ]  # fmt: skip


def _flags(version: OpportunityVersion) -> list[Found]:
    there = queries.has_documents(version.id)
    return [
        found
        for found in justifiable(content_of(version), has_documents=there)
        if found.finding in JUSTIFIABLE
    ]


def saved_words(version: OpportunityVersion) -> str:
    """When the draft was saved last, by its region's clock."""
    return _(
        "Draf tersimpan %(waktu)s", waktu=jam(version.edited_at, publishing.zone_of(version.opportunity))
    )


def others_words(version: OpportunityVersion, now: datetime) -> str:
    """Who else has the draft in hand; "" where nobody has."""
    names = list_other_editors(version.id, user_id=current_actor().user_id, now=now)
    if not names:
        return ""
    return _("%(nama)s juga menyunting draf ini sekarang.", nama=", ".join(names))


def today_of(version: OpportunityVersion, now: datetime) -> date:
    """The day of the listing's region."""
    return local_day(now, publishing.zone_of(version.opportunity))

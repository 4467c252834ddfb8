"""Slice -> URL prefix, in one readable list."""

from flask import Flask

from marketplace.accounts.views import accounts, security
from marketplace.collaborations.views import collaborations
from marketplace.innovations.views import innovations
from marketplace.interests.views import interests
from marketplace.matching.views import matching_guide, suggestion_letters, suggestions
from marketplace.moderation.learning_views import suggestion_reports
from marketplace.moderation.match_views import match_moderation
from marketplace.moderation.opportunity_views import opportunity_moderation
from marketplace.moderation.organisation_views import organisation_moderation
from marketplace.moderation.question_views import question_moderation
from marketplace.moderation.succession_views import successions
from marketplace.moderation.suggestion_views import suggestion_moderation
from marketplace.moderation.views import moderation
from marketplace.notifications.views import notifications
from marketplace.opportunities.finding.map_views import listing_map
from marketplace.opportunities.finding.views import finding
from marketplace.opportunities.views.amending import amendments
from marketplace.opportunities.views.answers import answers
from marketplace.opportunities.views.assisting import assistance, assisting
from marketplace.opportunities.views.documents import documents
from marketplace.opportunities.views.history import listing_history
from marketplace.opportunities.views.keeping import authoring
from marketplace.opportunities.views.public import opportunity_pages
from marketplace.opportunities.views.question_desk import question_desk
from marketplace.opportunities.views.questions import questions
from marketplace.opportunities.views.reading import document_pages
from marketplace.opportunities.views.supported import supported
from marketplace.opportunities.views.teaser import teasers
from marketplace.opportunities.views.workspace import workspace
from marketplace.organisations.views import invited, organisations
from marketplace.pages.dashboard_views import dashboard
from marketplace.pages.health import health
from marketplace.pages.machine_views import machines
from marketplace.pages.views import pages
from marketplace.partners.demand_views import demand
from marketplace.partners.offer_views import partner_offers
from marketplace.partners.record_views import partner_records
from marketplace.partners.views import partners
from marketplace.privacy.views import privacy
from marketplace.programme.views import programme
from marketplace.regions.views import regions
from marketplace.saved.feed_views import feeds
from marketplace.saved.search_views import saved_searches
from marketplace.saved.unsubscribe_views import alert_mails, watch_mails
from marketplace.saved.views.comparing import comparing
from marketplace.saved.views.keeping import keeping
from marketplace.saved.views.refining import refining
from marketplace.saved.views.watching import watching

BLUEPRINTS = (
    (health, ""),
    (pages, ""),
    (machines, ""),
    (security, ""),
    (accounts, "/dasbor/akun"),
    (privacy, "/dasbor/akun/data"),
    (organisations, "/dasbor/organisasi"),
    (invited, "/undangan"),
    (partners, ""),
    (partner_records, ""),
    (partner_offers, ""),
    (demand, "/dasbor/minat-mitra"),
    (finding, ""),
    (listing_map, ""),
    (feeds, ""),
    (saved_searches, "/dasbor/pencarian"),
    (refining, "/dasbor/pencarian"),
    (alert_mails, "/pencarian/berhenti"),
    (opportunity_pages, ""),
    (document_pages, "/peluang/dokumen"),
    (listing_history, ""),
    (teasers, ""),
    (questions, ""),
    (question_desk, ""),
    (authoring, "/dasbor/peluang"),
    (workspace, "/dasbor/peluang"),
    (amendments, "/dasbor/peluang/<int:opportunity_id>/pemberitahuan"),
    (documents, "/dasbor/peluang/<int:opportunity_id>/dokumen"),
    (assistance, "/dasbor/peluang/<int:opportunity_id>/bantuan"),
    (assisting, "/dasbor/bantuan"),
    (answers, "/dasbor/peluang/<int:opportunity_id>"),
    (supported, "/dasbor/dukungan"),
    (match_moderation, "/moderasi/penjodohan"),
    (suggestion_reports, "/moderasi/mutu-saran"),
    (opportunity_moderation, "/moderasi/peluang"),
    (question_moderation, "/moderasi/pertanyaan"),
    (organisation_moderation, "/moderasi/organisasi"),
    (suggestion_moderation, "/moderasi/saran"),
    (successions, "/moderasi/organisasi/<int:organisation_id>/penerus"),
    (regions, ""),
    (innovations, ""),
    (programme, ""),
    (interests, ""),
    (suggestions, "/dasbor/cocok"),
    (suggestion_letters, "/cocok/berhenti"),
    (matching_guide, ""),
    (collaborations, ""),
    (keeping, ""),
    (watching, ""),
    (watch_mails, "/diikuti/berhenti"),
    (comparing, ""),
    (moderation, ""),
    (notifications, ""),
    (dashboard, ""),
)


def register_blueprints(app: Flask) -> None:
    """Registers every slice's blueprint under its prefix."""
    for blueprint, prefix in BLUEPRINTS:
        app.register_blueprint(blueprint, url_prefix=prefix or None)

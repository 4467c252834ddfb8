"""Every table, for migrations and schema tests."""

from marketplace.accounts import models as accounts
from marketplace.audit import models as audit
from marketplace.changes import models as changes
from marketplace.collaborations import models as collaborations
from marketplace.core.database import Base
from marketplace.files import models as files
from marketplace.innovations import models as innovations
from marketplace.interests import invitation_models as invitations
from marketplace.interests import models as interests
from marketplace.mail import models as mail
from marketplace.matching import choice_models as matching_choices
from marketplace.matching import models as matching
from marketplace.matching.learning import models as learning
from marketplace.moderation import models as moderation
from marketplace.notifications import models as notifications
from marketplace.opportunities import models as opportunities
from marketplace.opportunities.questions import models as questions
from marketplace.opportunities.support import models as support
from marketplace.organisations import models as organisations
from marketplace.partners import demand_models as demand
from marketplace.partners import models as partners
from marketplace.partners import offer_models as offers
from marketplace.privacy import models as privacy
from marketplace.programme import models as programme
from marketplace.reference import models as reference
from marketplace.regions import models as regions
from marketplace.saved import models as saved
from marketplace.saved import search_models as saved_searches
from marketplace.taxonomy import models as taxonomy
from marketplace.web import limits

SLICES = (
    accounts, audit, changes, collaborations, demand, files, innovations, interests, invitations, learning, limits, mail,
    matching, matching_choices, moderation, notifications, offers, opportunities, organisations, partners, privacy,
    programme, questions, reference, regions, saved, saved_searches, support, taxonomy,
)  # fmt: skip
metadata = Base.metadata

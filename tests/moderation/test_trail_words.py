"""Every event that the code can record has words for those who read the trail."""

import re

from flask import Flask

from marketplace.collaborations.rules import STEPS as COLLABORATION_STEPS
from marketplace.config import ROOT
from marketplace.interests.invitation_rules import INVITATION_STEPS
from marketplace.interests.rules import STEPS as INTEREST_STEPS
from marketplace.moderation.labels import EVENT, reason_text, status_text
from marketplace.opportunities.questions.rules import QUESTION_STEPS
from marketplace.opportunities.rules import LIFE_STEPS, VERSION_STEPS
from marketplace.opportunities.support.assistance_rules import ASSISTANCE_STEPS
from marketplace.opportunities.support.rules import RECOMMENDATION_STEPS
from marketplace.organisations.guidance_rules import STEPS as GUIDANCE_STEPS
from marketplace.organisations.rules import STEPS as ORGANISATION_STEPS
from marketplace.organisations.succession_rules import STEPS as SUCCESSION_STEPS
from marketplace.partners.offer_rules import OFFER_STEPS

KIND = re.compile(
    r'"((?:account|collaboration|guidance|innovation|interest|invitation|match_report|offer|opportunity|organisation'
    r'|question|recommendation|version):[a-z_]+)"'
)


def test_every_event_has_words():
    recorded = {
        kind for path in (ROOT / "marketplace").rglob("*.py") for kind in KIND.findall(path.read_text())
    }
    assert recorded == set(EVENT)


def test_every_status_and_reason_has_words(app: Flask) -> None:
    tables = {
        "organisation": ORGANISATION_STEPS, "opportunity": LIFE_STEPS, "opportunity_version": VERSION_STEPS,
        "interest": INTEREST_STEPS, "collaboration": COLLABORATION_STEPS, "guidance": GUIDANCE_STEPS,
        "recommendation": RECOMMENDATION_STEPS, "assistance": ASSISTANCE_STEPS, "succession": SUCCESSION_STEPS,
        "question": QUESTION_STEPS, "interest_invitation": INVITATION_STEPS, "standing_offer": OFFER_STEPS,
    }  # fmt: skip
    with app.test_request_context():
        for kind, steps in tables.items():
            for (old, new), step in steps.items():
                for status in (old, new):
                    assert str(status_text(kind, str(status))) != str(status), (kind, status)
                for reason in step.reasons:
                    assert str(reason_text(step.event, reason)) != reason, (step.event, reason)

"""Every event that the code can record has words for those who read the trail."""

import re

from marketplace.config import ROOT
from marketplace.moderation.labels import EVENT

KIND = re.compile(
    r'"((?:account|collaboration|innovation|interest|opportunity|organisation|version):[a-z_]+)"'
)


def test_every_event_has_words():
    recorded = {
        kind for path in (ROOT / "marketplace").rglob("*.py") for kind in KIND.findall(path.read_text())
    }
    assert recorded == set(EVENT)

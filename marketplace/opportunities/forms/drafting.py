"""The listing's form over a stored draft: what somebody sent of it lies over what is stored."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict

from marketplace.opportunities.forms.listing import ListingForm, Typed
from marketplace.opportunities.merging import TYPED
from marketplace.opportunities.models import OpportunityVersion
from marketplace.web.formats import language

Texts = MultiDict[str, str]


def over_stored(version: OpportunityVersion, sent: Texts, inputs: Collection[str]) -> ListingForm:
    """A form filled with the draft, and with these inputs as they were sent."""
    data = stored_data(version)
    for name in sent:
        if name not in TYPED:
            data.setlist(name, sent.getlist(name))
    for name in inputs:
        data.setlist(name, sent.getlist(name))
    return ListingForm(formdata=data)


def read_over(form: ListingForm, version: OpportunityVersion, inputs: Collection[str], today: date) -> Typed:
    """What the form holds; what was kept unread in the other language, and not sent now, stays unread."""
    return form.read(today, _kept_in_other_language(version, inputs))


def _kept_in_other_language(
    version: OpportunityVersion, inputs: Collection[str]
) -> Mapping[str, Mapping[str, str]]:
    here = language()
    return {
        name: kept for name, kept in version.unread.items() if name not in inputs and kept["language"] != here
    }


def stored_data(version: OpportunityVersion) -> Texts:
    """The draft as a browser would send it, in the reader's language."""
    shown = ListingForm(formdata=None)
    shown.show(version)
    data: Texts = MultiDict()
    for name in TYPED:
        kept = version.unread.get(name)
        data.setlist(name, [kept["text"]] if kept else _sent(shown[name].data))
    return data


def _sent(value: Any) -> list[str]:
    """A value as a browser would send it."""
    if isinstance(value, list | tuple):
        return [str(each) for each in value]
    return [value.isoformat() if isinstance(value, date) else str(value or "")]


def stored_values(version: OpportunityVersion) -> dict[str, list[str]]:
    """By input what stands in the stored draft, as its controls hold it."""
    return dict(stored_data(version).lists())

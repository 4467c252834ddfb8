"""Which intakes and clusters a region belongs to."""

from typing import Any

import pytest

from marketplace.core import clock
from marketplace.data.provenance import Confidence
from marketplace.data.reading import codes, read_rows
from marketplace.programme.grouping import _Held, clusters, cohorts
from marketplace.programme.models import CohortEntry
from marketplace.programme.queries import list_records
from marketplace.reference.loading import load_all


def test_a_region_is_in_every_intake_that_a_trusted_record_names(session: Any) -> None:
    assert cohorts().of("64.02") == ("2021-ikn", "2017-tahap-i")
    # Its record of 2021 is doubtful, that of 2022 is not.
    assert cohorts().of("64.09") == ("2022",)
    assert cohorts().of("00.00") == ()
    assert set(cohorts().names.values()) == {
        record.cohort for record in list_records() if not record.doubtful
    }


def test_what_was_loaded_is_known_to_the_process_that_loaded_it(
    session: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Whatever this test leaves in the process is taken back after it.
    monkeypatch.setattr(_Held, "cohorts", cohorts())
    values = {"year": 2030, "cohort": "2030", "status": "x", "source_url": "x", "confidence": Confidence.HIGH}
    session.add(CohortEntry(region_code="71.72", **values))
    session.flush()
    assert "2030" not in cohorts().of("71.72")
    load_all(session.connection(), now=clock.now())
    assert "2030" in cohorts().of("71.72")


def test_clusters_are_of_regions_that_took_part_in_2021() -> None:
    took_part = {row["region_code"] for row in read_rows("participants.csv") if row["year"] == "2021"}
    rows = read_rows("clusters.csv")
    assert {region for row in rows for region in codes(row["region_codes"])} <= took_part
    assert len({row["code"] for row in rows}) == len(rows) == len(clusters().names)
    assert clusters().of("12.12") == ("danau-toba",)
    assert clusters().of("71.72") == ()

"""Which intakes and clusters a region belongs to."""

from typing import Any

from marketplace.data.reading import codes, read_rows
from marketplace.programme.grouping import clusters, cohorts
from marketplace.programme.queries import list_records


def test_a_region_is_in_every_intake_that_a_trusted_record_names(session: Any) -> None:
    assert cohorts().of("64.02") == ("2021-ikn", "2017-tahap-i")
    # Its record of 2021 is doubtful, that of 2022 is not.
    assert cohorts().of("64.09") == ("2022",)
    assert cohorts().of("00.00") == ()
    assert set(cohorts().names.values()) == {
        record.cohort for record in list_records() if not record.doubtful
    }


def test_clusters_are_of_regions_that_took_part_in_2021() -> None:
    took_part = {row["region_code"] for row in read_rows("participants.csv") if row["year"] == "2021"}
    rows = read_rows("clusters.csv")
    assert {region for row in rows for region in codes(row["region_codes"])} <= took_part
    assert len({row["code"] for row in rows}) == len(rows) == len(clusters().names)
    assert clusters().of("12.12") == ("danau-toba",)
    assert clusters().of("71.72") == ()

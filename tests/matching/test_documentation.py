"""What docs/matching.md says about the engine is so."""

import re
from pathlib import Path
from typing import Any

import pytest

from marketplace.matching.settings import Direction, Factor, Settings

PAGE = (Path(__file__).parents[2] / "docs" / "matching.md").read_text(encoding="utf-8")
NAMES = {
    "sector": Factor.SECTOR, "region": Factor.REGION, "value": Factor.VALUE, "scheme": Factor.SCHEME,
    "readiness": Factor.READINESS, "text": Factor.TEXT, "kind of partner": Factor.KIND,
    "must-haves": Factor.MUST_HAVES, "capability": Factor.CAPABILITY, "experience": Factor.EXPERIENCE,
    "capacity": Factor.CAPACITY, "language": Factor.LANGUAGE, "verification": Factor.LEVEL,
}  # fmt: skip


def test_the_examples_run(capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, Any] = {}
    for block in re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL):
        exec(block, names)  # our own page
    evaluated, *lists = capsys.readouterr().out.splitlines()
    assert evaluated == "{'ndcg@10': 1.0, 'mrr': 1.0, 'mutual hits@10': 1.0}"
    assert any(line.startswith("listing 1 [11, ") for line in lists)
    assert any(line.startswith("partner 10 [2, ") for line in lists)


@pytest.mark.parametrize(
    "head,direction", [("for the partner", Direction.FOR_PARTNER), ("for the Pemda", Direction.FOR_LISTING)]
)
def test_the_weights_are_those_of_the_engine(head: str, direction: Direction) -> None:
    table = PAGE.partition(f"| {head} |")[2].partition("\n\n")[0]
    rows = re.findall(r"^\| ([^|]+) \| (\d+) \|", table, re.MULTILINE)
    assert {NAMES[name]: int(weight) for name, weight in rows} == dict(Settings().weights(direction))

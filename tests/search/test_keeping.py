"""An answer that outlives a commit is the answer of the state after it."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from marketplace.search.feeding import feeding
from marketplace.search.finding import find
from marketplace.search.index import OpenIndex
from marketplace.search.keeping import holds_still
from marketplace.search.query import SearchRequest, Sort
from marketplace.search.recent import Commit, touched_between
from marketplace.search.schema import Facet
from marketplace.search.text import read
from tests.search.documents import NOW, build, corpus, home_in

CHOICES = {
    Facet.STATUS: ("open", "closed", "example"),
    Facet.READINESS: ("2", "4"),
    Facet.DEADLINE: ("30", "90", "none"),
    Facet.POSTED: ("30", "90"),
}


def questions(source, documents):
    choices = CHOICES | {
        Facet.SCHEME: sorted({code for each in documents for code in each.schemes}),
        Facet.DIMENSION: sorted({each.dimension for each in documents}),
        Facet.REGION: sorted({code[:2] for each in documents for code in each.regions}),
    }
    for _ in range(250):
        facets = source.sample(sorted(choices), source.randint(0, 3))
        chosen = {
            facet: tuple(source.sample(choices[facet], source.randint(1, min(2, len(choices[facet])))))
            for facet in facets
        }
        text = source.choice(("", "", "pasar", "air minum", "-jalan", "kereta"))
        yield SearchRequest(NOW, text, chosen, source.choice(list(Sort)))


def shown(found):
    return replace(found, generation="", corpus_total=0, wanted=None)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_outlives_a_commit_is_what_would_be_answered(tmp_path, seed):
    source, documents = random.Random(seed), corpus(120, seed)
    home = home_in(tmp_path)
    index = build(home, documents)
    asked = list(questions(source, documents))
    outlived = concerned = 0
    with feeding(home) as feeder:
        # The state that a writer finds is told by its first commit.
        feeder.commit("")
        for number in range(6):
            before = index.view()
            answers = [(request, find(before, request), read(before, request.text)) for request in asked]
            ids = source.sample(range(1, 130), source.randint(1, 3))
            fresh = [
                replace(each, id=i, published_at=NOW - timedelta(days=source.randint(0, 99)))
                for i, each in zip(ids, corpus(len(ids), 100 * seed + number), strict=True)
                if source.random() < 0.8
            ]
            feeder.replace(ids, fresh)
            feeder.commit("")
            after = index.view()
            assert after is not before
            for request, found, reading in answers:
                if holds_still(index, before.generation, after, request, reading):
                    outlived += 1
                    if request.sort is Sort.RELEVANCE and request.text:
                        now = find(after, request)
                        assert (now.total, now.counts) == (found.total, found.counts)
                        # Beyond a page, the least of differences in the order may decide who stands on it.
                        assert set(now.ids) == set(found.ids) or now.total > request.size
                    else:
                        assert shown(find(after, request)) == shown(found)
                else:
                    concerned += 1
    assert outlived > 100 < concerned


def test_what_another_writer_did_is_not_known(tmp_path):
    home = home_in(tmp_path)
    index = build(home, corpus(30, 1))
    request = SearchRequest(NOW, chosen={Facet.STATUS: ("open",), Facet.READINESS: ("6",)})
    view = index.view()
    with feeding(home) as feeder:
        feeder.replace([1], [])
        feeder.commit("")
    with feeding(home) as feeder:
        feeder.replace([2], [])
        feeder.commit("")
    later = index.view()
    assert OpenIndex(home).earlier(view.generation) is None
    assert not holds_still(index, view.generation, later, request, None)


def test_merges_are_states_between_commits():
    commits = [Commit("a", "b", (1,)), Commit("b, merged", "c", (2, 3)), Commit("c", "d", ())]
    assert touched_between(commits, "a", "b") == {1}
    assert touched_between(commits, "b", "d") == touched_between(commits, "b, merged", "c") == {2, 3}
    assert touched_between(commits, "d", "d") == frozenset()
    assert touched_between(commits, "c", "a") is touched_between(commits, "a", "e") is None

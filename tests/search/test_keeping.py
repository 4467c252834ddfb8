"""An answer that outlives a commit is the answer of the state after it."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from marketplace.search.feeding import feeding, rebuild
from marketplace.search.finding import find
from marketplace.search.index import OpenIndex
from marketplace.search.keeping import renewed
from marketplace.search.query import SearchRequest, Sort
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
    asked, current = list(questions(source, documents)), {each.id: each for each in documents}
    outlived = moved = looked_up = concerned = 0
    with feeding(home) as feeder:
        for number in range(8):
            before = index.view()
            answers = [(request, find(before, request), read(before, request.text)) for request in asked]
            if number % 2:
                # An edit: nothing is counted otherwise, though the order may be another.
                edited = source.choice([*current.values()])
                posted = edited.published_at + timedelta(minutes=source.randint(0, 9))
                fresh, ids = [replace(edited, title=f"{edited.title} baru", published_at=posted)], [edited.id]
            else:
                ids = source.sample(range(1, 130), source.randint(1, 3))
                fresh = [
                    replace(each, id=i, published_at=NOW - timedelta(days=source.randint(0, 99)))
                    for i, each in zip(ids, corpus(len(ids), 100 * seed + number), strict=True)
                    if source.random() < 0.8
                ]
            for gone in ids:
                current.pop(gone, None)
            current |= {each.id: each for each in fresh}
            feeder.replace(ids, fresh)
            feeder.commit("")
            after = index.view()
            assert after is not before
            for request, found, reading in answers:
                kept = renewed(index, after, request, reading, found)
                if kept:
                    outlived += 1
                    looked_up += kept.ids != found.ids
                    moved += kept.counts != found.counts
                    assert (kept.generation, kept.corpus_total) == (after.generation, after.searcher.num_docs)
                    if request.sort is Sort.RELEVANCE and request.text:
                        now = find(after, request)
                        assert (now.total, now.counts) == (kept.total, kept.counts)
                        # Beyond a page, the least of differences in the order may decide who stands on it.
                        assert set(now.ids) == set(kept.ids) or now.total > request.size
                    else:
                        assert shown(find(after, request)) == shown(kept)
                else:
                    concerned += 1
    assert outlived > 1000
    assert moved > 100
    assert looked_up > 10
    assert concerned < outlived / 5


def test_what_several_writers_did_is_known(tmp_path):
    home = home_in(tmp_path)
    index = build(home, corpus(30, 1))
    request = SearchRequest(NOW, chosen={Facet.ORGANISATION: ("nobody",), Facet.READINESS: ("6",)})
    view = index.view()
    for number in (1, 2):
        with feeding(home) as feeder:
            feeder.replace([number], [])
            feeder.commit("")
        index.view()
    later = index.view()
    assert later.sets.touched_since(view.sets) == {1, 2}
    assert OpenIndex(home).earlier(view.generation) is None
    assert renewed(index, later, request, None, find(view, request)) is not None


def test_another_build_has_nothing_to_do_with_what_was_found(tmp_path):
    home = home_in(tmp_path)
    index = build(home, corpus(30, 1))
    request, view = SearchRequest(NOW), index.view()
    list(rebuild(home, [corpus(30, 1)], "again"))
    assert renewed(index, index.view(), request, None, find(view, request)) is None


def test_a_commit_of_very_many_does_not_tell_which(tmp_path):
    home = home_in(tmp_path)
    index = build(home, [])
    view = index.view()
    with feeding(home) as feeder:
        feeder.replace(range(2000), corpus(1500, 1))
        feeder.commit("")
    assert index.view().sets.touched_since(view.sets) is None

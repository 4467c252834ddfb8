"""Texts as sparse matrices of counts, and the two usual ways to compare them."""

from typing import Any

import numpy as np
from scipy import sparse

from benchmarks.matching_measures import Array
from benchmarks.matching_world import Invented
from marketplace.matching.facts import Terms
from marketplace.matching.fast.arrays import Vocabulary

_K1, _B = 1.2, 0.75


def counts(world: Invented) -> tuple[Any, Any]:
    """How often each listing and each partner says each term."""
    words = Vocabulary()
    counted = [_counted(words, [each.terms for each in side]) for side in (world.listings, world.partners)]
    left, right = (sparse.csr_matrix(each, shape=(len(each[2]) - 1, len(words))) for each in counted)
    return left, right


def cosines(left: Any, right: Any) -> Array:
    """TF-IDF cosines of all rows of one matrix with all of the other."""
    weights = _idf(sparse.vstack((left, right)))
    return np.asarray((_unit(left.multiply(weights)) @ _unit(right.multiply(weights)).T).toarray())


def bm25(asked: Any, documents: Any) -> Array:
    """BM25 of each document for each row that asks: its terms are the question."""
    lengths = np.asarray(documents.sum(axis=1)).ravel()
    own = documents.tocoo()
    norm = _K1 * (1 - _B + _B * lengths[own.row] / lengths.mean())
    weighed = _idf(documents)[own.col] * own.data * (_K1 + 1) / (own.data + norm)
    impacts = sparse.csr_matrix((weighed, (own.row, own.col)), shape=documents.shape)
    return np.asarray(((asked > 0).astype(float) @ impacts.T).toarray())


def _counted(words: Vocabulary, texts: list[Terms]) -> tuple[list[float], list[int], list[int]]:
    found: list[float] = []
    numbers: list[int] = []
    pointers = [0]
    for terms in texts:
        named, _ = words.numbered({term: 1 for term, _ in terms})
        numbers += named.tolist()
        found += [count for _, count in terms]
        pointers.append(len(numbers))
    return found, numbers, pointers


def _idf(matrix: Any) -> Array:
    frequency = np.bincount(matrix.indices, minlength=matrix.shape[1])
    return np.asarray(np.log(1 + (matrix.shape[0] - frequency + 0.5) / (frequency + 0.5)))


def _unit(matrix: Any) -> Any:
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return sparse.diags(1 / np.maximum(lengths, 1e-12)) @ matrix.tocsr()

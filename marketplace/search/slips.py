"""Slips of the finger and of the ear: all words one slip away, and whether two words are two slips apart."""

from collections.abc import Iterator
from enum import IntEnum
from itertools import pairwise
from string import ascii_lowercase

SHORTEST_ANYWHERE = 5
_SHORTEST_SWAPPED = 3
_SHORTEST_CHANGED = 4
_TWICE = 2
# Neighbours on the keyboard, and letters that sound alike.
_NEIGHBOURS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SOUNDS = ("aiueo", "fvp", "ckqx", "szjc", "yij", "td", "bp", "gk", "mn")
_ALIKE = frozenset(
    pair
    for row in _NEIGHBOURS
    for first, second in pairwise(row)
    for pair in (first + second, second + first)
) | frozenset(first + second for sound in _SOUNDS for first in sound for second in sound)


class Slip(IntEnum):
    """What happened to a letter, the likelier the higher: swapped with the next; left out, doubled, or exchanged for
    one beside it or one that sounds alike; anything else."""

    RARE = 0
    COMMON = 1
    SWAPPED = 2


def slips(word: str) -> Iterator[tuple[str, Slip]]:
    """Every word one slip away, and what slip it was. Short words mean too many things for more: three letters may
    only be swapped, four keep the first, and both are only taken for words of listings."""
    if not (word.isascii() and word.isalpha()) or len(word) < _SHORTEST_SWAPPED:
        return
    for at in range(len(word) - 1):
        if word[at] != word[at + 1]:
            yield f"{word[:at]}{word[at + 1]}{word[at]}{word[at + 2 :]}", Slip.SWAPPED
    if len(word) < _SHORTEST_CHANGED:
        return
    for at in range(0 if len(word) >= SHORTEST_ANYWHERE else 1, len(word) + 1):
        head, tail = word[:at], word[at:]
        if tail:
            yield head + tail[1:], Slip.COMMON if tail[0] in (head[-1:], tail[1:2]) else Slip.RARE
        for letter in ascii_lowercase:
            if tail and letter != tail[0]:
                yield head + letter + tail[1:], Slip.COMMON if letter + tail[0] in _ALIKE else Slip.RARE
            yield head + letter + tail, Slip.COMMON


def is_twice(word: str, name: str) -> bool:
    """Whether two letters left out, put in, exchanged or swapped with their neighbour turn one into the other."""
    if abs(len(word) - len(name)) > _TWICE:
        return False
    before: list[int] = []
    row = list(range(len(name) + 1))
    for at, letter in enumerate(word, 1):
        oldest, before, row = before, row, [at]
        for place, other in enumerate(name, 1):
            least = min(before[place] + 1, row[-1] + 1, before[place - 1] + (letter != other))
            if at > 1 and place > 1 and letter == name[place - 2] and word[at - 2] == other:
                least = min(least, oldest[place - 2] + 1)
            row.append(least)
    return row[-1] <= _TWICE

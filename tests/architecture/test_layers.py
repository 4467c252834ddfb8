"""Standards of the code, with their reasons."""

import ast
import re

import pytest

from marketplace.config import ROOT

SOURCES = sorted((ROOT / "marketplace").rglob("*.py"))


def trees():
    for path in SOURCES:
        yield path, ast.parse(path.read_text())


def test_no_import_hides_in_a_function():
    hidden = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path, tree in trees()
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert not hidden, f"the circle is the message; untangle it: {hidden}"


def test_only_the_plumbing_commits():
    # A request commits once, in web.transaction; commands, jobs and followers have no request (a refresh is a command's
    # work of minutes, kept step by step).
    allowed = re.compile(
        r"marketplace/(web/transaction|[\w/]*(cli|jobs)|operation/\w+|search/\w+|demo/\w+|\w+/commands|"
        r"matching/lists/refreshing)\.py$"
    )
    committing = [
        str(path.relative_to(ROOT))
        for path, tree in trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "commit"
        and "session" in ast.unparse(node.func.value)
    ]
    assert "marketplace/web/transaction.py" in committing, "commits are no longer recognised by this test"
    assert not [path for path in committing if not allowed.search(path)], (
        "one commit a request, made by web.transaction"
    )


def test_only_lifecycle_assigns_a_status():
    assigning = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path, tree in trees()
        if "lifecycle" not in path.parts
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign | ast.AugAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Attribute)
        and target.attr == "status"
        and "response" not in ast.unparse(target)
    ]
    assert not assigning, f"a status changes by lifecycle.move only: {assigning}"


@pytest.mark.parametrize("word", ["utils", "helpers", "common", "misc"])
def test_no_dumping_grounds(word):
    assert not [path for path in SOURCES if path.stem in (word, word.rstrip("s"))]


def test_no_file_grows_past_four_hundred_lines():
    long = [str(path.relative_to(ROOT)) for path in SOURCES if len(path.read_text().splitlines()) > 400]
    assert not long

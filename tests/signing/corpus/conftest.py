"""The corpus is made and judged once a session; its figures are printed at the end."""

from __future__ import annotations

import pytest

from services.signing.adapters.verification.process import warm
from tests.signing.corpus.catalogue import Case, Workshop
from tests.signing.corpus.judging import Corpus, judge_all, load, table
from tests.signing.corpus.people import People

_judged = pytest.StashKey[Corpus]()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that asks for a ``case`` is run for each."""
    if "case" in metafunc.fixturenames:
        metafunc.parametrize("case", load(), ids=lambda case: case.name)


@pytest.fixture(scope="session")
def people() -> People:
    """Everyone of the corpus."""
    return People()


@pytest.fixture(scope="session")
def cases() -> list[Case]:
    """Every case."""
    return load()


@pytest.fixture(scope="session")
def corpus(
    people: People,
    cases: list[Case],
    tmp_path_factory: pytest.TempPathFactory,
    pytestconfig: pytest.Config,
) -> Corpus:
    """All files, made and judged."""
    corpus = Corpus(tmp_path_factory.mktemp("corpus"), people.trust())
    warm()
    pytestconfig.stash[_judged] = corpus
    judge_all(corpus, cases, Workshop(people).ready())
    return corpus


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Time and memory per class."""
    corpus = terminalreporter.config.stash.get(_judged, None)
    if corpus is not None:
        terminalreporter.section("corpus of signed files")
        for line in table(corpus.outcomes):
            terminalreporter.write_line(line)

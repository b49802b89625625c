"""The quick ways on real learners: few of them need the solver."""

from typing import Any

import pytest

from corpus.conftest import Cases, Published
from corpus.credit.accumulation.test_learners import held_of
from ecvet.credit.accumulation import verdict
from ecvet.credit.accumulation.decision import Decision


def test_most_real_learners_need_no_solver(published: Published, cases: Cases, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    best = Decision.best
    monkeypatch.setattr(Decision, "best", lambda self, *, adding: asked.append(self) or best(self, adding=adding))
    for case in cases:
        towards, _ = published(case["qualification_file"], case["suoritustapa"])
        found = verdict(towards, held_of(case))
        assert found.complete is case["expected"]["complete"], case["id"]
        assert bool(found.placements) is bool(found.complete)
        assert bool(found.why) is not bool(found.complete)
    assert len(asked) < 6

"""A few mobilities between three servers while the network and a machine fail; `make chaos` is the long one."""

from pathlib import Path

import pytest

from simulators.chaos import run


@pytest.mark.xfail(
    reason="not settled: twice one event from Turin to the third had no receipt at the end", strict=False
)
def test_nothing_is_lost_doubled_or_disputed(tmp_path: Path) -> None:
    found = run(tmp_path, mobilities=6, seed=20, kills=1, seconds=240, trouble=0.2)
    assert (found.lost, found.doubled, found.diverged) == (0, 0, 0), found.remarks
    assert found.messages
    assert found.signatures

"""`make conformance`: a table for people, and one JSON object on the last line."""

import json
import os
import sys
from collections import Counter
from pathlib import Path

from conformance.case import Ended, Verdict, end
from conformance.families import all_cases, indexed

ROOT = Path(__file__).parents[2]


def main() -> int:
    """Run every vector. Exit 0 when none failed for a reason that is not known, 1 otherwise, 2 without the corpus."""
    corpus = Path(os.environ.get("ECVET_CORPUS", ROOT.parent / "shared" / "data")) / "credentials"
    if not corpus.is_dir():
        print(f"the corpus is not at {corpus}; set ECVET_CORPUS to its folder", file=sys.stderr)
        return 2
    ended = [end(one) for one in all_cases(corpus)]
    families = indexed(corpus)
    print(f"{'family':<24}{'passed':>8}{'failed':>8}{'not run':>8}  reason")
    for family in families:
        own = [one for one in ended if one.case.family == family]
        counts = Counter(one.verdict for one in own)
        line = "".join(f"{counts[verdict]:>8}" for verdict in Verdict)
        print(f"{family:<24}{line}  {_reasons(own)}")
    print()
    for one in ended:
        if one.verdict is Verdict.FAILED:
            print(f"failed: {one.case.family}, {one.case.name}: {one.reason}")
    totals = Counter(one.verdict for one in ended)
    print(json.dumps({"families": len(families), **{verdict: totals[verdict] for verdict in Verdict}}))
    return int(any(one.verdict is Verdict.FAILED and not one.case.why for one in ended))


def _reasons(ended: list[Ended]) -> str:
    reasons = Counter(one.reason for one in ended if one.verdict is Verdict.NOT_RUN)
    return "; ".join(f"{count} × {reason}" for reason, count in reasons.items())


if __name__ == "__main__":
    sys.exit(main())

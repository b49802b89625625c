"""`make bench-figures`: each read of the page “Figures” over a hundred thousand made learners, on SQLite.

Rows are made straight into the tables of an empty database that is thrown away: one agreement, two units, two decisions
each, spread over three years, two hundred institutions and twenty qualifications. Processor time, the median of nine.
"""

import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

LEARNERS = 100_000
COUNTRIES = ("FI", "MT", "IT", "FR", "DE", "EL", "BG", "ES", "SE", "PL")
RECOGNISED, STATES = 0.7, ("awaited", "reminded", "validated", "appeal lodged", "")


def main() -> int:
    """Make the rows, measure, print a table and one line of JSON."""
    with tempfile.TemporaryDirectory(prefix="ecvet-figures-") as folder:
        os.environ |= {
            "ECVET_DATA": folder, "ECVET_SECRET": os.urandom(32).hex(),
            "ECVET_DATABASE": f"sqlite:///{folder}/ecvet.sqlite3",
            "DJANGO_SETTINGS_MODULE": "ecvet_platform.shell.settings",
        }  # fmt: skip
        from ecvet_platform.shell.command import migrate

        migrate()
        _rows()
        found = _reads()
    width = max(map(len, found))
    for name, spent in found.items():
        print(f"{name:{width}} {spent:8.1f} ms")
    print(json.dumps({"figures_slowest_ms": round(max(found.values()), 1)}))
    return 0


def _rows() -> None:
    from django.db import connection

    chance, places = random.Random(62), [f"https://i{number}.example" for number in range(200)]
    first, now = date(2023, 1, 1), datetime(2026, 1, 15, tzinfo=UTC)
    learners, agreements, cases, facts = list[object](), list[object](), list[object](), list[object]()
    for number in range(LEARNERS):
        learner, thread = f"urn:l:{number}", f"urn:a:{number}"
        home, hosting = chance.sample(places, 2)
        starts = first + timedelta(days=chance.randrange(1090))
        qualification = f"urn:q:{chance.randrange(20)}"
        learners.append((learner, home, "", "", "", starts))
        agreements.append((thread, learner, home, hosting, qualification, "", "", "x", "in force", starts, starts, ""))
        for unit in range(2):
            sent = starts + timedelta(days=60)
            decided, changed = chance.random() < RECOGNISED, now - timedelta(days=chance.randrange(200))
            state = "final" if decided else chance.choice(STATES)
            cases.append((
                UUID(int=number * 2 + unit).hex, thread, "mobility", learner, f"urn:u:{unit}", qualification, hosting,
                home, places[number % 10], "issued" if state else "open", state, changed,
            ))  # fmt: skip
            if decided:
                days = int(chance.expovariate(1 / 30))
                granted = int(chance.random() < 0.9)
                reason = (
                    "" if granted else chance.choice(("not-achieved", "not-corresponding other", "evidence-missing"))
                )
                facts.append((
                    f"sha-256:{number}-{unit}", "recognition", learner, home, thread, f"urn:u:{unit}", qualification,
                    sent + timedelta(days=days), now, days, granted, reason,
                ))  # fmt: skip
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO mobility_learner (id, home, ref, folded, name, created) VALUES (%s,%s,%s,%s,%s,%s)", learners
        )
        cursor.executemany(
            "INSERT INTO mobility_agreement (thread, learner_id, home, hosting, qualification, title, head, in_force, "
            "state, starts, changed, folded, reason) VALUES (%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,'')",
            agreements,
        )
        cursor.executemany(
            "INSERT INTO credit_case (id, basis, path, learner, unit, qualification, hosting, home, body, result, "
            "recognition, changed) VALUES (%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s)",
            cases,
        )
        cursor.executemany(
            'INSERT INTO credit_fact (address, kind, learner, institution, basis, unit, qualification, "on", at, days, '
            "granted, reasons) VALUES (%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s)",
            facts,
        )
        cursor.executemany(
            "INSERT INTO institutions_institution (id, key, name, country, value, contact, since, folded) "
            "VALUES (%s,%s,%s,%s,'{}','{}','2020-01-01','')",
            [(one, UUID(int=number).hex, one, COUNTRIES[number % 10]) for number, one in enumerate(places)],
        )
        cursor.execute("ANALYZE")


def _reads() -> dict[str, float]:
    from ecvet.population.counts import BANDS
    from ecvet.terms import Identifier
    from ecvet_platform.credit.store import figures as credit
    from ecvet_platform.figures import actions
    from ecvet_platform.mobility.store import figures as mobility
    from ecvet_platform.people.roles import Actor, Role

    year, now = (date(2025, 1, 1), date(2025, 12, 31)), datetime(2026, 1, 15, tzinfo=UTC)
    found = dict[str, float]()
    for name, place in (("all", None), ("one institution", Identifier("https://i3.example"))):
        within = credit.Within(*year, place)
        reads: dict[str, Callable[[], object]] = {
            "flows": lambda place=place: mobility.flows(*year, institution=place),
            "days": lambda within=within: credit.days(within),
            "people by band": lambda within=within: credit.people_by_band(within, BANDS),
            "people": lambda within=within: credit.people(within),
            "recognised": lambda within=within: credit.recognised(within),
            "reasons": lambda within=within: credit.reasons(within),
            "open steps": lambda within=within: credit.open_steps(
                within, results=actions._RESULTS, waiting=actions._WAITING, bands=BANDS, now=now),
        }  # fmt: skip
        found |= {f"{what}, {name}": _median(read) for what, read in reads.items()}
    office = Actor(person=Identifier("urn:p"), name="", institution=None, roles=frozenset({Role.REGISTER_OFFICE}))
    scope = actions.scope(actor=office, year="2025")
    print(f"the whole page for a register office: {_median(lambda: actions.figures(scope, actor=office)):.0f} ms")
    return found


def _median(read: Callable[[], object]) -> float:
    times = []
    for _ in range(9):
        began = time.process_time()
        read()
        times.append(time.process_time() - began)
    return statistics.median(times) * 1000


if __name__ == "__main__":
    sys.exit(main())

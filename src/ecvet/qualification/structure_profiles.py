"""What countries ask of the structure of their qualifications: dated data, not rules of the core."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from ecvet.qualification.combination import UnitPlace, walk
from ecvet.qualification.qualification import Qualification
from ecvet.terms import Country, Period


@dataclass(frozen=True, slots=True, kw_only=True)
class StructureProfile:
    """What a country asks of qualifications of one national level and total that begin within `valid`."""

    rule: str
    country: Country
    level: str
    total: Decimal
    valid: Period
    source: str
    compulsory_units: int = 0
    optional_units: int = 0

    def misses(self, qualification: Qualification) -> Iterator[str]:
        """Sentences about what the qualification lacks; none when the profile does not concern it."""
        concerned = (
            qualification.country == self.country
            and qualification.nqf is not None
            and qualification.nqf.level == self.level
            and qualification.points is not None
            and qualification.points.value == self.total
            and (qualification.valid is None or qualification.valid.start in self.valid)
        )
        if not concerned:
            return
        places = [place.node for place in walk(qualification.rules.root) if isinstance(place.node, UnitPlace)]
        compulsory = {place.unit for place in places if place.compulsory}
        optional = {place.unit for place in places if not place.compulsory}
        for kind, has, needs in (("compulsory", compulsory, self.compulsory_units),
                                 ("optional", optional, self.optional_units)):  # fmt: skip
            if len(has) < needs:
                yield f"“{qualification.title}” has {len(has)} {kind} units; {self.country} asks for {needs} at least."


PROFILES: Final = (
    StructureProfile(
        rule="R-COMP-12",
        country=Country("FI"),
        level="4",
        total=Decimal(180),
        valid=Period(date(2015, 8, 1)),
        source="Finnish upper secondary vocational qualifications of 180 competence points",
        compulsory_units=1,
        optional_units=1,
    ),
)

"""The keys that an institution is given when it is entered: one with a certificate, one that makes proofs."""

from ecvet.partnership.institution import CompetentInstitution
from ecvet_platform.credentials.actions.keys import key_of
from ecvet_platform.credentials.actions.proof_keys import proof_key_of
from ecvet_platform.journal.chain import By


class ForInstitutions:
    """What the room of institutions needs of this one (`institutions.actions.keys.rely_on`)."""

    def certify(self, institution: CompetentInstitution, *, by: By) -> None:
        """Give an institution its keys and certificate when it is entered. Raises `KeyUnusable`."""
        key_of(institution, by=by)
        proof_key_of(institution, by=by)

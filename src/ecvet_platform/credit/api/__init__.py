"""Credit for programs: every step of host, home, competent institution and learner as a sub-resource.

Values travel in their plain form, as in the records; the reply names the record by its address.
"""

from ninja import Router

from ecvet_platform.credit.api import assessing, deciding, elsewhere, learning, printing

router = Router(tags=["credit"])
for _part in (assessing, deciding, elsewhere, learning, printing):
    router.add_router("", _part.router)

import pytest
import stories_of as story
from ecvet_platform.people import actions as people
from django.test import Client

def client(everybody, name):
    c = Client()
    assert c.post(f"/sign-in/{people.new_link(everybody.accounts[name])}").status_code == 302
    return c

def test_pages(everybody):
    thread, version = story.in_force(everybody)
    k = thread.removeprefix("urn:uuid:")
    b = client(everybody, "Bruno")
    from ecvet_platform.qualifications.naming import key_of
    q, u, i = key_of(story.QUALIFICATION), key_of(story.CUTTING), key_of(story.TURIN)
    from ecvet_platform.institutions.actions import memoranda
    m = key_of(memoranda.lines(actor=everybody.actor("Bruno"))[0].thread)
    l = everybody.alba.key
    for p in ["/", "/qualifications/", f"/qualifications/{q}", f"/units/{u}", "/institutions/", f"/institutions/{i}", "/memoranda/", "/memoranda/new", f"/memoranda/{m}", f"/memoranda/{m}/change",
      f"/memoranda/new?party={story.LYON}&qualification={story.QUALIFICATION}&next=1",
      "/learners/", "/learners/new", f"/learners/{l}", "/agreements/", "/agreements/new", f"/agreements/new?learner={everybody.alba.id}&hosting={story.LYON}&next=1", f"/agreements/{k}", f"/agreements/{k}/change", f"/agreements/{k}/versions/{version}", f"/agreements/{k}/close",
      "/api/v1/qualifications", f"/api/v1/qualifications/{q}", "/api/v1/institutions", f"/api/v1/institutions/{i}", "/api/v1/memoranda", f"/api/v1/memoranda/{m}", "/api/v1/learners", f"/api/v1/learners/{l}", "/api/v1/agreements", f"/api/v1/agreements/{k}", f"/api/v1/mobilities/{k}", "/api/v1/openapi.json"]:
        r = b.get(p)
        assert r.status_code == 200, (p, r.status_code, r.content[:600])

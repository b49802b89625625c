"""Addresses of the pages of drafts."""

from django.urls import path

from ecvet_platform.drafts.pages import (
    describing,
    keeping,
    linking,
    outcomes,
    parts,
    points,
    requirements,
    rules,
    trying,
    versions,
)

app_name = "drafts"
_UNIT = "drafts/<uuid:key>/units/<uuid:unit>"
urlpatterns = [
    path("drafts/", keeping.drafts, name="list"),
    path("drafts/new", keeping.begin, name="begin"),
    path("drafts/file", keeping.from_file, name="file"),
    path("qualifications/<uuid:key>/next", versions.next_version, name="next"),
    path("drafts/<uuid:key>", keeping.one, name="one"),
    path("drafts/<uuid:key>/publish", keeping.publish, name="publish"),
    path("drafts/<uuid:key>/discard", keeping.discard, name="discard"),
    path("drafts/<uuid:key>/changes", versions.changes, name="changes"),
    path("drafts/<uuid:key>/fields", linking.fields, name="fields"),
    path(f"{_UNIT}/skills/<path:name>", linking.skills, name="skills"),
    path("drafts/<uuid:key>/about", describing.about, name="about"),
    path("drafts/<uuid:key>/system", describing.system, name="system"),
    path("drafts/<uuid:key>/languages/<str:tag>", describing.language, name="language"),
    path("drafts/<uuid:key>/languages/<str:tag>/<uuid:unit>", describing.language, name="language-unit"),
    path("drafts/<uuid:key>/units", describing.add_unit, name="add-unit"),
    path(_UNIT, describing.unit, name="unit"),
    path(f"{_UNIT}/size", parts.size, name="size"),
    path(f"{_UNIT}/parts", parts.sub_area, name="add-sub-area"),
    path(f"{_UNIT}/parts/<int:number>", parts.sub_area, name="sub-area"),
    path(f"{_UNIT}/parts/<int:number>/step", parts.sub_area_step, name="sub-area-step"),
    path("drafts/<uuid:key>/standard", parts.required, name="required"),
    path("drafts/<uuid:key>/standard/new", parts.required_outcome, name="add-required"),
    path("drafts/<uuid:key>/standard/<str:name>", parts.required_outcome, name="required-outcome"),
    path("drafts/<uuid:key>/standard/<str:name>/step", parts.required_step, name="required-step"),
    path(f"{_UNIT}/step", describing.unit_step, name="unit-step"),
    path(f"{_UNIT}/outcomes", outcomes.outcome, name="add-outcome"),
    path(f"{_UNIT}/outcome-step", outcomes.outcome_step, name="outcome-step"),
    path(f"{_UNIT}/outcomes/<path:name>", outcomes.outcome, name="outcome"),
    path("drafts/<uuid:key>/points", points.points, name="points"),
    path("drafts/<uuid:key>/points/adjust", points.adjust, name="adjust"),
    path("drafts/<uuid:key>/requirements/<str:kind>", requirements.requirement, name="add-requirement"),
    path("drafts/<uuid:key>/requirements/<str:kind>/<int:number>", requirements.requirement, name="requirement"),
    path(
        "drafts/<uuid:key>/requirements/<str:kind>/<int:number>/step",
        requirements.requirement_step,
        name="requirement-step",
    ),
    path("drafts/<uuid:key>/try", trying.try_out, name="try"),
    path("learners/<uuid:key>/try/<uuid:draft>", trying.try_with, name="try-with"),
    path("drafts/<uuid:key>/rules", rules.rules, name="rules"),
    path("drafts/<uuid:key>/rules-step", rules.step, name="step"),
    path("drafts/<uuid:key>/rules/<path:name>", rules.place, name="place"),
]

"""Addresses of the pages of credit. A key is that of an agreement or portfolio, a case, a learner, a qualification."""

from django.urls import path

from ecvet_platform.credit.pages import deciding, elsewhere, hosting, learner, looking, portfolios

app_name = "credit"
urlpatterns = [
    path("credit/", looking.listing, name="list"),
    path("credit/<uuid:key>", looking.ground, name="ground"),
    path("credit/<uuid:key>/assess/<uuid:unit>", hosting.assess_unit, name="assess"),
    path("credit/<uuid:key>/europass", looking.europass, name="europass"),
    path("credit/<uuid:key>/complement/pdf", looking.complement, name="complement"),
    path("credit/<uuid:key>/complement/docx", looking.complement_to_edit, name="complement-docx"),
    path("credit/<uuid:key>/transcript", hosting.issue, name="issue"),
    path("credit/<uuid:key>/transcript/correct", hosting.correct, name="correct"),
    path("credit/<uuid:key>/transcript/acknowledge", hosting.acknowledge, name="acknowledge"),
    path("credit/<uuid:key>/transcript/contest", hosting.contest, name="contest"),
    path("credit/<uuid:key>/document", portfolios.document, name="document"),
    path("credit/<uuid:key>/evidence", portfolios.bring, name="bring"),
    path("credit/<uuid:key>/elmo", elsewhere.bring, name="bring-elmo"),
    path("credit/cases/<uuid:key>", looking.case, name="case"),
    path("credit/cases/<uuid:key>/validate", deciding.validate, name="validate"),
    path("credit/cases/<uuid:key>/ask", deciding.ask, name="ask"),
    path("credit/cases/<uuid:key>/recognise", deciding.recognise, name="recognise"),
    path("credit/cases/<uuid:key>/appeal", deciding.appeal, name="appeal"),
    path("credit/cases/<uuid:key>/answer", deciding.answer, name="answer"),
    path("credit/evidence/<uuid:key>", portfolios.file, name="evidence"),
    path("credit/records/<str:name>", looking.record, name="record"),
    path("credit/records/<str:name>/pdf", looking.pdf, name="pdf"),
    path("credit/records/<str:name>/elmo", elsewhere.about, name="elmo"),
    path("credit/records/<str:name>/elmo/<str:version>", elsewhere.file, name="elmo-file"),
    path("credit/records/<str:name>/certificate", looking.certificate, name="certificate"),
    path("learners/credit/", learner.learners, name="learners"),
    path("learners/<uuid:key>/credit", learner.learner, name="learner"),
    path("learners/<uuid:key>/progress/<uuid:qualification>", learner.progress, name="progress"),
    path("learners/<uuid:key>/progress/<uuid:qualification>/pdf", learner.statement, name="statement"),
    path("learners/<uuid:key>/progress/<uuid:qualification>/achievement", learner.achievement, name="achievement"),
    path("portfolios/", portfolios.listing, name="portfolios"),
    path("portfolios/new", portfolios.choose, name="choose"),
    path("portfolios/new/<uuid:key>", portfolios.identify, name="identify"),
]

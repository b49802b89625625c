"""Addresses of the people's pages."""

from django.urls import path

from ecvet_platform.people.pages import confirming, passkeys, providers, signing_in, tokens, ways

app_name = "people"
urlpatterns = [
    path("sign-in", signing_in.ask_for_link, name="sign-in"),
    path("sign-in/code", signing_in.code, name="code"),
    path("sign-in/passkey", passkeys.sign_in, name="passkey"),
    path("sign-in/passkey/options", passkeys.options, name="passkey-options"),
    path("sign-in/with/<str:name>", providers.go, name="provider"),
    path("sign-in/with/<str:name>/back", providers.back, name="back"),
    path("sign-in/<str:secret>", signing_in.link, name="link"),
    path("sign-out", signing_in.sign_out, name="sign-out"),
    path("language", signing_in.language, name="language"),
    path("acting-for", signing_in.act_for, name="act-for"),
    path("confirm", confirming.confirm, name="confirm"),
    path("you/", ways.ways, name="ways"),
    path("you/passkeys/new", passkeys.new, name="new-passkey"),
    path("you/passkeys/<uuid:key>/rename", passkeys.rename, name="rename-passkey"),
    path("you/passkeys/<uuid:key>/remove", passkeys.remove, name="remove-passkey"),
    path("you/codes", ways.set_up_codes, name="set-up-codes"),
    path("you/codes/recovery", ways.new_recovery, name="new-recovery"),
    path("you/codes/remove", ways.remove_codes, name="remove-codes"),
    path("you/providers/<int:key>/remove", providers.remove, name="remove-provider"),
    path("you/links", ways.by_email, name="by-email"),
    path("you/sessions/end", ways.end, name="end-sessions"),
    path("you/sessions/<uuid:key>/end", ways.end, name="end-session"),
    path("you/tokens", tokens.tokens, name="tokens"),
    path("you/tokens/<str:name>/end", tokens.end, name="end-token"),
    path("you/sign-out-everywhere", tokens.end_everything, name="sign-out-everywhere"),
    path("you/staff/end", ways.end_staff, name="end-staff"),
]

"""What the office types: opening and prolonging a round, inviting, filtering and answering comments."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from ecvet.qualification.consultation import LEAST_MINIMUM, Group, Verdict
from ecvet.terms import Country
from ecvet_platform.consultations.actions.analysing import Wanted
from ecvet_platform.consultations.actions.stakeholders import Invitation
from ecvet_platform.consultations.words import GROUPS, OPINIONS, VERDICTS
from ecvet_platform.institutions.forms import DateInput
from ecvet_platform.people.language import countries, own_name

Choices = Iterable[tuple[str, str]]


class RoundForm(forms.Form):
    """A new round."""

    asked = forms.CharField(
        label=_("What you ask, and why"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Everybody reads this first: what the qualification is for, and what you are unsure about."),
    )  # fmt: skip
    deadline = forms.DateField(
        label=_("Answers until"), widget=DateInput(), help_text=_("This day included; you can prolong it later.")
    )
    minimum = forms.IntegerField(
        label=_("Smallest group that is shown"), initial=5, min_value=LEAST_MINIMUM, max_value=50,
        help_text=_("A group or country with fewer people is counted together with others when one of them asked to "
                    "be anonymous."),
    )  # fmt: skip


class ProlongForm(forms.Form):
    """A later deadline."""

    deadline = forms.DateField(label=_("New deadline"), widget=DateInput())


class InviteForm(forms.Form):
    """Somebody who is asked."""

    name = forms.CharField(label=_("Name"), max_length=200)
    organisation = forms.CharField(
        label=_("Organisation"), max_length=200, required=False,
        help_text=_("Shown beside comments instead of the name, unless the person asks to be anonymous."),
    )  # fmt: skip
    email = forms.EmailField(label=_("E-mail address"))
    group = forms.ChoiceField(label=_("Speaks for"), choices=list(GROUPS.items()))
    country = forms.ChoiceField(label=_("Country"))
    language = forms.ChoiceField(label=_("Language of the e-mails and the pages"))
    way = forms.ChoiceField(
        label=_("How the person comes in"), widget=forms.RadioSelect, initial="guest",
        choices=[("guest", _("By an e-mailed link, without an account")), ("member", _("With an account here"))],
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        spoken = [(code, own_name(code)) for code, _name in settings.LANGUAGES]
        for name, choices in (("country", [("", "–"), *countries()]), ("language", spoken)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    @property
    def invitation(self) -> Invitation:
        """Who shall be asked."""
        data = self.cleaned_data
        return Invitation(
            name=data["name"], email=data["email"], organisation=data["organisation"], group=Group(data["group"]),
            country=Country(data["country"]), language=data["language"], member=data["way"] == "member",
        )  # fmt: skip


class ListForm(forms.Form):
    """Many who are asked, one in a line."""

    lines = forms.CharField(label=_("Stakeholders"), max_length=100_000, widget=forms.Textarea(attrs={"rows": 6}))

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        how = _("One in a line: name; e-mail address; group (%(groups)s); country code; language code.")
        self.fields["lines"].help_text = how % {"groups": ", ".join(Group)}  # filled in here, in the reader's language


class WantedForm(forms.Form):
    """Which comments are shown."""

    place = forms.ChoiceField(label=_("Place"), required=False)
    group = forms.ChoiceField(label=_("Group"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)
    opinion = forms.ChoiceField(label=_("Opinion"), required=False)
    reply = forms.ChoiceField(
        label=_("Reply"), required=False,
        choices=[("", _("All")), ("none", _("Without a reply")), ("some", _("With a reply"))],
    )  # fmt: skip

    def __init__(self, *args: Any, places: Choices, countries: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, choices in (
            ("place", places), ("group", GROUPS.items()), ("country", countries), ("opinion", OPINIONS.items()),
        ):  # fmt: skip
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("All")), *choices]

    @property
    def wanted(self) -> Wanted:
        """The filter; none of what is not among the choices."""
        return Wanted(**self.cleaned_data) if self.is_valid() else Wanted()


class ReplyForm(forms.Form):
    """The answer to the comments that are ticked."""

    comments = forms.MultipleChoiceField(label=_("Comments that are answered"), widget=forms.CheckboxSelectMultiple)
    verdict = forms.ChoiceField(label=_("Decision"), choices=list(VERDICTS.items()), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Reason"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
    places = forms.MultipleChoiceField(
        label=_("Changed because of it"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("The places in which the draft differs from the text that was consulted on."),
    )  # fmt: skip

    def __init__(self, *args: Any, comments: Choices, places: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, choices in (("comments", comments), ("places", places)):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = list(choices)

    @property
    def verdict_given(self) -> Verdict:
        """The decision."""
        return Verdict(self.cleaned_data["verdict"])

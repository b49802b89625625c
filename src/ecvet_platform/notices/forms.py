"""What a person may choose about notices."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ecvet_platform.notices.words import RHYTHMS


class RhythmForm(forms.Form):
    """How to be told."""

    rhythm = forms.ChoiceField(label=_("How you are told"), choices=list(RHYTHMS.items()), widget=forms.RadioSelect)

"""What a person may type in another language: one field for each text of a draft."""

from collections.abc import Iterable
from typing import Any

from django import forms

from ecvet.terms import LangString


class TranslationForm(forms.Form):
    """All texts of the draft in one language, one field for each."""

    def __init__(self, data: Any, *, texts: Iterable[tuple[str, LangString]], tag: str) -> None:
        super().__init__(data)
        texts = tuple(texts)
        self.paths = {f"text-{at}": path for at, (path, _text) in enumerate(texts)}
        for (_path, text), name in zip(texts, self.paths, strict=True):
            given, own = dict(text.texts), text.authoritative
            self.fields[name] = forms.CharField(
                label=given[own], required=False, initial=given.get(tag, ""), max_length=4000,
                widget=forms.Textarea(attrs={"rows": 2}) if len(given[own]) > 80 else forms.TextInput(),
            )  # fmt: skip

    def words(self) -> dict[str, str]:
        """What was typed, by the place of the text."""
        return {path: self.cleaned_data[name] for name, path in self.paths.items()}

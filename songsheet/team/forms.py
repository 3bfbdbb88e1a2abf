"""Forms where a command does not do: passwords keep their spaces, keys have a choice of scopes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from songsheet.team.keys import SCOPES
from songsheet.team.models import Member

#: What each scope lets a program do.
SCOPE_WORDS = {
    "read": _("read everything its member may read"),
    "write": _("take leads, log activities, edit buyers, leads and deals"),
    "send": _("send events in, and nothing else"),
    "import": _("import files and undo imports"),
    "export": _("take data out"),
    "sign": _("sign agreements for its member's side"),
    "admin": _("everything else that its member may do"),
}


class JoinForm(forms.Form):
    """What the invited give: a password, their name, and a mail address where none is known."""

    name = forms.CharField(
        label=_("Your name"), max_length=200, widget=forms.TextInput({"autocomplete": "name"})
    )
    email = forms.EmailField(label=_("Mail address"), max_length=254, help_text=_("You sign in with it."))
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
        help_text=_("At least 12 characters. Several words are better than one with signs."),
    )

    def __init__(self, member: Member, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["name"].initial = "" if member.email is None else member.name
        if member.email is not None:
            del self.fields["email"]


class KeyForm(forms.Form):
    """A key for a program: what it is for, and what it may do."""

    label = forms.CharField(label=_("What it is for"), max_length=120)
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"),
        choices=[(scope, f"{scope}: {SCOPE_WORDS[scope]}") for scope in SCOPES],
        widget=forms.CheckboxSelectMultiple,
    )

"""What arrives in the words of those who look at it: codes stay with the API."""

from django.utils.translation import gettext_lazy as _

WHAT = {
    "page_view": _("Saw a page"),
    "click": _("Opened a link"),
    "known": _("Said who they are"),
    "enquiry": _("Asked"),
    "visit": _("Visit"),
    "form": _("Filled in a form"),
    "call": _("Call"),
    "mail": _("Mail"),
    "meeting": _("Meeting"),
    "webinar": _("Webinar"),
    "download": _("Download"),
    "advertisement": _("Advertisement"),
    "other": _("Something else"),
}
IS_NOW = {
    "hit": _("a hit"),
    "count": _("a count"),
    "touch": _("a touch"),
    "enquiry": _("an enquiry"),
    "known": _("who they are"),
}
WHO = {"human": _("a person"), "machine": _("a machine"), "unknown": _("nobody can say")}

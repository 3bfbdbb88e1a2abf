"""Every address of the product: the parts' pages, the API, signing in."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path, re_path

from songsheet.config.api import api, no_such_address
from songsheet.config.find import find
from songsheet.config.monitoring import health, numbers, ready
from songsheet.config.pages import not_found
from songsheet.config.wiring import LISTINGS, READERS
from songsheet.journal.views import parked
from songsheet.leads.queries import open_by_owner
from songsheet.team.roles import Right
from songsheet.team.sign_in import Forgotten
from songsheet.team.views import team

#: Pages that allauth brings and we do not want: one joins by invitation, and the team keeps the addresses.
CLOSED = (
    "signup/",
    "email/",
    "confirm-email/",
    "confirm-email/<path:key>",
    "login/code/confirm/",
    "password/set/",
)


def nothing_here(request: HttpRequest, key: str = "") -> HttpResponse:
    """A closed address is one that does not exist."""
    return not_found(request, Http404())


urlpatterns = [
    path("health", health, name="health"),
    path("ready", ready, name="ready"),
    path("metrics", numbers, name="metrics"),
    path("find", find, name="find"),
    *[path(f"accounts/{closed}", nothing_here) for closed in CLOSED],
    path("accounts/password/reset/", Forgotten.as_view()),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("api/v1/", api.urls),
    re_path(r"^api/.*$", no_such_address),
    path("parked", parked, {"right": Right.PARKED, "readers": READERS}, name="parked"),
    path("", include("songsheet.journal.urls"), {"right": Right.PARKED}),
    path("team", team, {"load_of": open_by_owner}, name="team"),
    path("", include("songsheet.team.urls")),
    path("", include("songsheet.team.list_urls"), {"listings": LISTINGS}),
    path("", include("songsheet.flows.urls")),
    path("", include("songsheet.find.urls")),
    path("", include("songsheet.agreements.urls")),
    path("", include("songsheet.buyers.urls")),
    path("", include("songsheet.buyers.wording_urls")),
    path("", include("songsheet.song.urls")),
    path("", include("songsheet.touches.urls")),
    path("", include("songsheet.leads.urls")),
    path("", include("songsheet.deals.urls")),
    path("", include("songsheet.imports.urls")),
    path("", include("songsheet.beside.urls")),
    path("", include("songsheet.intake.appointments.urls")),
    path("", include("songsheet.intake.forms.urls")),
    path("", include("songsheet.intake.links.urls")),
    path("", include("songsheet.intake.sites.urls")),
    path("", include("songsheet.intake.hooks.urls")),
    path("", include("songsheet.intake.held.urls")),
    path("", include("songsheet.intake.incoming.urls")),
    path("", include("songsheet.intake.privacy.urls")),
    path("", include("songsheet.intake.found.urls")),
    path("", include("songsheet.notices.urls")),
    path("", include("songsheet.desk.urls")),
]
handler404 = "songsheet.config.pages.not_found"
handler403 = "songsheet.config.pages.not_allowed"
handler429 = "songsheet.config.pages.too_many"
handler500 = "songsheet.config.pages.failed"

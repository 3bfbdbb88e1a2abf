"""Every address of the product: the parts' pages, the API, signing in."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path, re_path
from django.views.decorators.http import require_safe

from songsheet.config.api import api, no_such_address
from songsheet.config.find import find
from songsheet.team.queries import database_is_there


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """200 when the process and its database answer."""
    return HttpResponse("ok" if database_is_there() else "no database", content_type="text/plain")


urlpatterns = [
    path("health", health, name="health"),
    path("find", find, name="find"),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("api/v1/", api.urls),
    re_path(r"^api/.*$", no_such_address),
    path("", include("songsheet.team.urls")),
    path("", include("songsheet.buyers.urls")),
    path("", include("songsheet.leads.urls")),
    path("", include("songsheet.deals.urls")),
    path("", include("songsheet.desk.urls")),
]
handler404 = "songsheet.config.pages.not_found"
handler403 = "songsheet.config.pages.not_allowed"
handler500 = "songsheet.config.pages.failed"

from django.urls import path

from songsheet.deals import views
from songsheet.doors.pages import FORMATS

urlpatterns = [
    path("deals", views.deals, name="deals"),
    *[path(f"deals.{form}", views.deals_file, {"form": form}, name=f"deals_{form}") for form in FORMATS],
]

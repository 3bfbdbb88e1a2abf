from django.urls import path

from songsheet.buyers import views
from songsheet.doors.pages import FORMATS

urlpatterns = [
    path("buyers", views.people, name="people"),
    *[path(f"buyers.{form}", views.people_file, {"form": form}, name=f"people_{form}") for form in FORMATS],
    path("companies", views.companies, name="companies"),
    *[
        path(f"companies.{form}", views.companies_file, {"form": form}, name=f"companies_{form}")
        for form in FORMATS
    ],
]

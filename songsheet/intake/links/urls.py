from django.urls import path

from songsheet.doors.pages import FORMATS
from songsheet.intake.links import views

urlpatterns = [
    path("links", views.links, name="links"),
    *[path(f"links.{form}", views.file, {"form": form}, name=f"links_{form}") for form in FORMATS],
    path("links/new", views.new, name="link_new"),
    path("links/<str:key>", views.link, name="link"),
    path("links/<str:key>/change", views.change, name="link_change"),
    path("links/<str:key>/check", views.check, name="link_check"),
    path("links/<str:key>/withdraw", views.withdraw, name="link_withdraw"),
    path("links/<str:key>/bring-back", views.bring_back, name="link_bring_back"),
]

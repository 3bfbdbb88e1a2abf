from django.urls import path

from songsheet.doors.pages import FORMATS
from songsheet.intake.found import views

urlpatterns = [
    path("found", views.page, name="found"),
    path("found/people", views.people, name="found_people"),
    *[
        path(f"found/people.{form}", views.people_file, {"form": form}, name=f"found_people_{form}")
        for form in FORMATS
    ],
    path("found/questions", views.ask, name="found_question"),
    path("found/places", views.map_it, name="map_place"),
    path("found/places/<str:key>/off", views.take_off, name="take_place_off"),
]

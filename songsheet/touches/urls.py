from django.urls import path

from songsheet.doors.pages import FORMATS
from songsheet.touches import views

urlpatterns = [
    *[path(one.name, views.page, {"listing": one}, name=one.name) for one in views.LISTS],
    *[
        path(f"{one.name}.{form}", views.file, {"listing": one, "form": form}, name=f"{one.name}_{form}")
        for one in views.LISTS
        for form in FORMATS
    ],
]

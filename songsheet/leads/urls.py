from django.urls import path

from songsheet.doors.pages import FORMATS
from songsheet.leads import views

urlpatterns = [
    path("leads", views.leads, name="leads"),
    *[path(f"leads.{form}", views.leads_file, {"form": form}, name=f"leads_{form}") for form in FORMATS],
    path("leads/<str:key>/take", views.take, name="take_lead"),
]

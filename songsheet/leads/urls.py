from django.urls import path

from songsheet.leads import views

urlpatterns = [
    path("leads", views.leads, name="leads"),
    path("leads.csv", views.leads_csv, name="leads_csv"),
    path("leads/<str:key>/take", views.take, name="take_lead"),
]

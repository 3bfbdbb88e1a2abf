from django.urls import path

from songsheet.deals import views

urlpatterns = [
    path("deals", views.deals, name="deals"),
    path("deals.csv", views.deals_csv, name="deals_csv"),
]

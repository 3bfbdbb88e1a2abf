from django.urls import path

from songsheet.buyers import views

urlpatterns = [
    path("buyers", views.people, name="people"),
    path("buyers.csv", views.people_csv, name="people_csv"),
    path("companies", views.companies, name="companies"),
    path("companies.csv", views.companies_csv, name="companies_csv"),
]

from django.urls import path

from songsheet.desk import views
from songsheet.desk.letters import views as letters

urlpatterns = [
    path("", views.today, name="today"),
    path("letters", letters.page, name="letters"),
    path("letters/leads", letters.leads, name="letters_leads"),
    path("letters/leads.csv", letters.leads_csv, name="letters_leads_csv"),
    path("buyers/<str:key>", views.buyer, name="buyer"),
]

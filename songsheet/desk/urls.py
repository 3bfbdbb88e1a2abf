from django.urls import path

from songsheet.desk import views

urlpatterns = [
    path("", views.today, name="today"),
    path("buyers/<str:key>", views.buyer, name="buyer"),
]

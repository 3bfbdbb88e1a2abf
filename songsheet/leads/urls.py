from django.urls import path

from songsheet.leads import views

urlpatterns = [
    path("leads", views.leads, name="leads"),
    path("leads/<str:key>/take", views.take, name="take_lead"),
]

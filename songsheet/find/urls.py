from django.urls import path

from songsheet.find import views

urlpatterns = [path("search", views.page, name="search")]

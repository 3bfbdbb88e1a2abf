from django.urls import path

from songsheet.team import views

urlpatterns = [
    path("look-as", views.look_as, name="look_as"),
    path("demo/jump", views.demo_jump, name="demo_jump"),
]

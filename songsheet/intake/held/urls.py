from django.urls import path

from songsheet.intake.held import views

urlpatterns = [
    path("incoming/held", views.held_back, name="held_back"),
    path("incoming/held/again", views.all_again, name="send_all_in_again"),
    path("incoming/held/<str:key>", views.one, name="one_held_back"),
    path("incoming/held/<str:key>/again", views.again, name="send_in_again"),
    path("incoming/held/<str:key>/drop", views.drop, name="drop_held_back"),
    path("incoming/held/<str:key>/keep", views.keep, name="keep_held_back"),
]

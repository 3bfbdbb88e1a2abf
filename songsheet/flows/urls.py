from django.urls import path

from songsheet.flows import member_views

urlpatterns = [
    path("team/<str:key>/is", member_views.assign, name="assign_placeholder"),
    path("team/<str:key>/is-not", member_views.undo, name="undo_assigning"),
]

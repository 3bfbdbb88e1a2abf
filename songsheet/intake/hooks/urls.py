from django.urls import path

from songsheet.intake.hooks import door_views, views

urlpatterns = [
    path("in/hooks/<str:key>", door_views.hook, name="hook_door"),
    path("hooks", views.hooks, name="hooks"),
    path("hooks/new", views.new, name="new_hook"),
    path("hooks/<str:key>", views.hook, name="hook"),
    path("hooks/<str:key>/change", views.change, name="change_hook"),
    path("hooks/<str:key>/mapping", views.mapping, name="map_hook"),
    path("hooks/<str:key>/secrets", views.add_secret, name="add_hook_secret"),
    path("hooks/<str:key>/secrets/<str:secret>/end", views.end_secret, name="end_hook_secret"),
    path("hooks/<str:key>/end", views.end, name="end_hook"),
]

from django.urls import path

from songsheet.intake.sites import script, views

urlpatterns = [
    path("in/script.js", script.script, name="script"),
    path("sites", views.sites, name="sites"),
    path("sites/new", views.new, name="site_new"),
    path("sites/<str:key>", views.site, name="site"),
    path("sites/<str:key>/change", views.change, name="site_change"),
    path("sites/<str:key>/take-out", views.take_out, name="site_take_out"),
    path("sites/<str:key>/bring-back", views.bring_back, name="site_bring_back"),
]

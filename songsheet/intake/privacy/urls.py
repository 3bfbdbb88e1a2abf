"""The page about one's own data."""

from django.urls import path

from songsheet.intake.privacy import views as privacy

urlpatterns = [
    path("privacy", privacy.ask, name="ask_privacy"),
    path("privacy/<str:key>", privacy.privacy, name="privacy"),
    path("privacy/<str:key>/copy", privacy.copy, name="copy_privacy"),
    path("privacy/<str:key>/<str:what>", privacy.change, name="change_privacy"),
]

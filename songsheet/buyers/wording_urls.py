from django.urls import path

from songsheet.buyers import wording_views as views

urlpatterns = [
    path("consent-texts", views.texts, name="consent_texts"),
]

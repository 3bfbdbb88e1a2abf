"""The addresses that all lists share: saved views and cells. They are given the `listings` of the house."""

from django.urls import path

from songsheet.team import cell_views, own_views, saved_views

urlpatterns = [
    path("lists/<str:name>/views", saved_views.counts, name="list_views"),
    path("lists/<str:name>/<str:key>", own_views.fields, name="own_fields"),
    path("lists/<str:name>/<str:key>/<str:column>", cell_views.cell, name="list_cell"),
    path("views", saved_views.save, name="save_view"),
    path("views/<str:key>", saved_views.view, name="saved_view"),
    path("views/<str:key>/edit", saved_views.edit, name="edit_view"),
    path("views/<str:key>/archive", saved_views.archive, name="archive_view"),
    path("views/<str:key>/bring-back", saved_views.bring_back, name="bring_back_view"),
]

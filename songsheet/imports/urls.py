from django.urls import path

from songsheet.imports import views

urlpatterns = [
    path("imports", views.imports, name="imports"),
    path("imports/new", views.new, name="new_import"),
    path("imports/<str:key>", views.one, name="import"),
    path("imports/<str:key>/setup", views.setup, name="set_up_import"),
    path("imports/<str:key>/check", views.check, name="check_import"),
    path("imports/<str:key>/start", views.start, name="start_import"),
    path("imports/<str:key>/again", views.again, name="run_import_again"),
    path("imports/<str:key>/undo", views.undo, name="undo_import"),
    path("imports/<str:key>/discard", views.discard, name="discard_import"),
    path("imports/<str:key>/rejected.csv", views.rejected, name="rejected_rows"),
    path("imports/<str:key>/mapping.toml", views.mapping, name="import_mapping"),
]

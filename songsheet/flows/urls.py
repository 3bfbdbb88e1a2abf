from django.urls import path

from songsheet.flows import erase_views, member_views
from songsheet.flows.bulk import views as bulk
from songsheet.flows.rerouting import views as rerouting
from songsheet.flows.retention import views as retention

urlpatterns = [
    path("team/<str:key>/is", member_views.assign, name="assign_placeholder"),
    path("buyers/<str:key>/erase", erase_views.erase, name="erase_person"),
    path("buyers/<str:key>/export", erase_views.export, name="export_person"),
    path("settings/retention", retention.page, name="retention"),
    path("settings/retention/look", retention.look, name="retention_look"),
    path("routing", rerouting.page, name="routing"),
    path("routing/start", rerouting.start, name="start_routing"),
    path("bulk", bulk.changes, name="bulk_changes"),
    path("bulk/start", bulk.start, name="start_bulk_change"),
    path("bulk/ask", bulk.ask, name="ask_bulk_change"),
    path("bulk/preview", bulk.look, name="preview_bulk_change"),
    path("bulk/<str:key>", bulk.one, name="bulk_change"),
    path("bulk/<str:key>/undo", bulk.undo, name="undo_bulk_change"),
    path("team/<str:key>/is-not", member_views.undo, name="undo_assigning"),
]

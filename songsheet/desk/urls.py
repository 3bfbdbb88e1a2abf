from django.urls import path

from songsheet.desk.today import views
from songsheet.desk.buyer import views as buyer
from songsheet.desk.letters import views as letters

urlpatterns = [
    path("", views.today, name="today"),
    path("letters", letters.page, name="letters"),
    path("letters/leads", letters.leads, name="letters_leads"),
    path("letters/leads.csv", letters.leads_csv, name="letters_leads_csv"),
    path("buyers/<str:key>", buyer.page, name="buyer"),
    path("buyers/<str:key>/fields/<str:name>", buyer.field, name="buyer_field"),
    path("buyers/<str:key>/touches", buyer.log, name="buyer_log"),
    path("buyers/<str:key>/touches/<str:touch>/undo", buyer.undo_log, name="buyer_log_undo"),
    path("buyers/<str:key>/tasks", buyer.plan, name="buyer_plan"),
    path("buyers/<str:key>/tasks/<str:task>/done", buyer.done, name="buyer_task_done"),
]

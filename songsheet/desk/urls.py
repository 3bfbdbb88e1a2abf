from django.urls import path

from songsheet.desk.board import views as board
from songsheet.desk.buyer import company, likeness, owning, permitting, tagging
from songsheet.desk.buyer import views as buyer
from songsheet.desk.calendar import views as calendar
from songsheet.desk.duplicates import views as duplicates
from songsheet.desk.letters import mend_views as mending
from songsheet.desk.letters import views as letters
from songsheet.desk.today import views
from songsheet.doors.pages import FORMATS

urlpatterns = [
    path("", views.today, name="today"),
    path("letters", letters.page, name="letters"),
    path("letters/leads", letters.leads, name="letters_leads"),
    *[
        path(f"letters/leads.{form}", letters.leads_file, {"form": form}, name=f"letters_leads_{form}")
        for form in FORMATS
    ],
    path("letters/leaks/<str:name>", mending.leak, name="leak"),
    path("letters/leaks/<str:name>/mend", mending.mend, name="mend_leak"),
    path("letters/mendings/<str:key>/undo", mending.undo, name="undo_mending"),
    path("duplicates", duplicates.page, name="duplicates"),
    path("duplicates/<str:what>/<str:key>/dismiss", duplicates.dismiss, name="dismiss_duplicate"),
    path("duplicates/<str:what>/<str:key>/again", duplicates.again, name="suggest_duplicate_again"),
    path("buyers/merge", duplicates.side_by_side, {"what": "people"}, name="merge_people"),
    path("companies/merge", duplicates.side_by_side, {"what": "companies"}, name="merge_companies"),
    path("buyers/<str:key>/unmerge", duplicates.take_apart, {"what": "people"}, name="unmerge_person"),
    path("companies/<str:key>/unmerge", duplicates.take_apart, {"what": "companies"}, name="unmerge_company"),
    path("buyers/<str:key>/consent", permitting.consent, name="buyer_consent"),
    path("buyers/<str:key>/contact", permitting.contact, name="buyer_contact"),
    path("buyers/<str:key>/like", likeness.of_person, name="buyer_like"),
    path("companies/<str:key>", company.page, name="company"),
    path("buyers/<str:key>", buyer.page, name="buyer"),
    path("buyers/<str:key>/fields/<str:name>", buyer.field, name="buyer_field"),
    path("buyers/<str:key>/touches", buyer.log, name="buyer_log"),
    path("buyers/<str:key>/touches/<str:touch>/undo", buyer.undo_log, name="buyer_log_undo"),
    path("buyers/<str:key>/owner", owning.give, name="buyer_give"),
    path("buyers/<str:key>/owner/<str:lead>/undo", owning.undo, name="buyer_give_undo"),
    path("calendar", calendar.page, name="calendar"),
    path("leads/board", board.page, {"name": "leads"}, name="leads_board"),
    path("leads/board/move", board.move, {"name": "leads"}, name="move_on_leads_board"),
    path("deals/board", board.page, {"name": "deals"}, name="deals_board"),
    path("deals/board/move", board.move, {"name": "deals"}, name="move_on_deals_board"),
    path("buyers/<str:key>/tags", tagging.tags, name="buyer_tags"),
    path("buyers/<str:key>/tasks", buyer.plan, name="buyer_plan"),
    path("buyers/<str:key>/tasks/<str:task>/done", buyer.done, name="buyer_task_done"),
]

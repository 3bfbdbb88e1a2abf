from django.urls import path

from songsheet.desk.allowing import views as allowing
from songsheet.desk.behind import views as behind
from songsheet.desk.board import views as board
from songsheet.desk.buyer import company, likeness, owning, permitting, tagging
from songsheet.desk.buyer import views as buyer
from songsheet.desk.calendar import views as calendar
from songsheet.desk.dealing import views as dealing
from songsheet.desk.duplicates import views as duplicates
from songsheet.desk.duties import views as duties
from songsheet.desk.enquiring import views as enquiring
from songsheet.desk.handing import by_campaign
from songsheet.desk.handing import views as handing
from songsheet.desk.judging import campaign
from songsheet.desk.judging import views as judging
from songsheet.desk.letters import mend_views as mending
from songsheet.desk.letters import views as letters
from songsheet.desk.load import views as load
from songsheet.desk.meeting import views as meeting
from songsheet.desk.notes import views as notes
from songsheet.desk.pausing import views as pausing
from songsheet.desk.promises import views as promises
from songsheet.desk.tasks import views as tasks
from songsheet.desk.today import views
from songsheet.doors.pages import FORMATS

urlpatterns = [
    path("", views.today, name="today"),
    path("today/<str:name>", views.part, name="today_part"),
    path("letters", letters.page, name="letters"),
    path("letters/leads", letters.leads, name="letters_leads"),
    *[
        path(f"letters/leads.{form}", letters.leads_file, {"form": form}, name=f"letters_leads_{form}")
        for form in FORMATS
    ],
    path("letters/leaks/<str:name>", mending.leak, name="leak"),
    path("letters/leaks/<str:name>/mend", mending.mend, name="mend_leak"),
    path("letters/mendings/<str:key>/undo", mending.undo, name="undo_mending"),
    path("promises", promises.page, name="promises"),
    path("promises/all", promises.behind, name="promises_behind"),
    *[
        path(f"promises/all.{form}", promises.behind_file, {"form": form}, name=f"promises_{form}")
        for form in FORMATS
    ],
    path("duties", duties.page, name="duties"),
    path("duties/change", duties.change, name="change_duty"),
    path("load", load.page, name="load"),
    path("load/move", load.move, name="move_load"),
    path("load/<str:key>", load.one, name="load_of"),
    path("duplicates", duplicates.page, name="duplicates"),
    path("duplicates/<str:what>/<str:key>/dismiss", duplicates.dismiss, name="dismiss_duplicate"),
    path("duplicates/<str:what>/<str:key>/again", duplicates.again, name="suggest_duplicate_again"),
    path("buyers/new", meeting.new, {"what": "buyers"}, name="new_buyer"),
    path("buyers/known", meeting.known, {"what": "buyers"}, name="known_buyers"),
    path("companies/new", meeting.new, {"what": "companies"}, name="new_company"),
    path("companies/known", meeting.known, {"what": "companies"}, name="known_companies"),
    path("buyers/merge", duplicates.side_by_side, {"what": "people"}, name="merge_people"),
    path("companies/merge", duplicates.side_by_side, {"what": "companies"}, name="merge_companies"),
    path("buyers/<str:key>/unmerge", duplicates.take_apart, {"what": "people"}, name="unmerge_person"),
    path("companies/<str:key>/unmerge", duplicates.take_apart, {"what": "companies"}, name="unmerge_company"),
    path("buyers/<str:key>/consent", permitting.consent, name="buyer_consent"),
    path("buyers/<str:key>/contact", permitting.contact, name="buyer_contact"),
    path("do-not-contact", allowing.page, name="do_not_contact"),
    path("buyers/<str:key>/permissions", allowing.of_buyer, name="buyer_permissions"),
    path("buyers/<str:key>/like", likeness.of_person, name="buyer_like"),
    path("companies/<str:key>/like", likeness.of_company, name="company_like"),
    path("companies/<str:key>", company.page, name="company"),
    path("buyers/<str:key>", buyer.page, name="buyer"),
    path("buyers/<str:key>/fields/<str:name>", buyer.field, name="buyer_field"),
    path("buyers/<str:key>/touches", buyer.log, name="buyer_log"),
    path("buyers/<str:key>/touches/<str:touch>/undo", buyer.undo_log, name="buyer_log_undo"),
    path("buyers/<str:key>/owner", owning.give, name="buyer_give"),
    path("buyers/<str:key>/owner/<str:lead>/undo", owning.undo, name="buyer_give_undo"),
    path("buyers/<str:key>/leads", dealing.note_lead, name="note_lead"),
    path("leads/<str:key>/undo", dealing.undo_lead, name="undo_lead"),
    path("leads/<str:key>/end", dealing.finish_lead, name="end_lead"),
    path("leads/<str:key>/deal", dealing.begin_deal, name="open_deal"),
    path("deals/<str:key>/step", dealing.step, name="deal_step"),
    path("deals/<str:key>/end", dealing.finish_deal, name="end_deal"),
    path("deals/<str:key>/reopen", dealing.reopen, name="reopen_deal"),
    path("handoffs/<str:key>", handing.brief, name="brief"),
    path("handoffs/<str:key>/accept", handing.accept, name="accept_lead"),
    path("handoffs/<str:key>/return", handing.give_back, name="return_lead"),
    path("handoffs/<str:key>/answers", handing.note_answer, name="answer_question"),
    path("handoffs/<str:key>/answers/<str:answer>/undo", handing.undo_answer, name="undo_question_answer"),
    path("returns", handing.returns, name="returns"),
    *[
        path(f"returns.{form}", handing.returns_file, {"form": form}, name=f"returns_{form}")
        for form in FORMATS
    ],
    path("returns/campaigns", by_campaign.page, name="returns_by_campaign"),
    path("returns/<str:key>/answer", handing.answer, name="answer_return"),
    path("returns/<str:key>/undo", handing.undo, name="undo_return"),
    path("enquiries", enquiring.enquiries, name="enquiries"),
    *[
        path(f"enquiries.{form}", enquiring.enquiries_file, {"form": form}, name=f"enquiries_{form}")
        for form in FORMATS
    ],
    path("enquiries/new", enquiring.new, name="new_enquiry"),
    path("enquiries/<str:key>", enquiring.page, name="enquiry"),
    path("enquiries/<str:key>/answer", enquiring.answer, name="answer_enquiry"),
    path("enquiries/<str:key>/move", enquiring.move, name="move_enquiry"),
    path("enquiries/<str:key>/give", enquiring.give, name="give_enquiry"),
    path("enquiries/<str:key>/close", enquiring.close, name="close_enquiry"),
    path("enquiries/<str:key>/undo", enquiring.undo, name="undo_enquiry"),
    path("buyers/<str:key>/enquiries", enquiring.note, name="note_enquiry"),
    path("leads/<str:key>/enquiry", enquiring.not_buying, name="lead_to_enquiry"),
    path("campaigns/<str:key>", campaign.page, name="campaign"),
    path("clocks/<str:key>/pause", pausing.pause, name="pause_clock"),
    path("clocks/<str:key>/resume", pausing.resume, name="resume_clock"),
    path("verdicts", judging.verdicts, name="verdicts"),
    *[
        path(f"verdicts.{form}", judging.verdicts_file, {"form": form}, name=f"verdicts_{form}")
        for form in FORMATS
    ],
    path("verdicts/on/<str:about>", judging.give, name="give_verdict"),
    path("verdicts/<str:key>/answer", judging.answer, name="answer_verdict"),
    path("verdicts/<str:key>/undo", judging.undo, name="undo_verdict"),
    path("calendar", calendar.page, name="calendar"),
    path("leads/board", board.page, {"name": "leads"}, name="leads_board"),
    path("leads/board/move", board.move, {"name": "leads"}, name="move_on_leads_board"),
    path("deals/board", board.page, {"name": "deals"}, name="deals_board"),
    path("deals/board/move", board.move, {"name": "deals"}, name="move_on_deals_board"),
    path("buyers/<str:key>/tags", tagging.tags, name="buyer_tags"),
    path("buyers/<str:key>/tasks", tasks.new, name="buyer_plan"),
    path("buyers/<str:key>/notes", notes.on_buyer, name="buyer_note"),
    path("companies/<str:key>/notes", notes.on_company, name="company_note"),
    path("mentions", notes.names, name="mentions"),
    path("notes/<str:key>", notes.note, name="note"),
    path("notes/<str:key>/undo", notes.undo, name="note_undo"),
    path("notes/<str:key>/archive", notes.archive, name="note_archive"),
    path("notes/<str:key>/back", notes.back, name="note_back"),
    path("notes/<str:key>/files", notes.add_files, name="note_files"),
    path("notes/<str:key>/files/<str:file>/off", notes.take_off, name="note_file_off"),
    path("notes/<str:key>/files/<str:file>/back", notes.put_back, name="note_file_back"),
    path("touches/<str:key>/files/<str:file>", notes.fetch, name="file"),
    path("touches/<str:key>/behind", behind.page, name="touch_behind"),
    path("tasks/new", tasks.new, name="plan"),
    path("tasks/<str:key>", tasks.task, name="task"),
    path("tasks/<str:key>/done", tasks.done, name="task_done"),
    path("tasks/<str:key>/reopen", tasks.reopen, name="task_reopen"),
    path("tasks/<str:key>/drop", tasks.drop, name="task_drop"),
]

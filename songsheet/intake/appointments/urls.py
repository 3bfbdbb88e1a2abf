from django.urls import path

from songsheet.intake.appointments import calendar_views as calendars
from songsheet.intake.appointments import manage_views as manage
from songsheet.intake.appointments import public_views as public
from songsheet.intake.appointments import views

urlpatterns = [
    path("m/feed/<str:token>.ics", manage.feed, name="meeting_feed"),
    path("m/<str:key>", public.show, name="free_times"),
    path("m/<str:key>/book", public.book, name="book_time"),
    path("m/<str:key>/thanks", public.thanks, name="booking_thanks"),
    path("m/<str:key>/colours.css", public.colours, name="booking_colours"),
    path("m/<str:key>/confirm/<str:token>", public.confirm, name="confirm_booking"),
    path("m/<str:key>/yours/<str:token>", manage.yours, name="your_meeting"),
    path("m/<str:key>/yours/<str:token>/move", manage.move, name="move_your_meeting"),
    path("m/<str:key>/yours/<str:token>/cancel", manage.cancel, name="cancel_your_meeting"),
    path("appointments", views.pages, name="appointments"),
    path("appointments/new", views.new, name="new_appointment_page"),
    path("appointments/calendars", calendars.mine, name="my_calendars"),
    path("appointments/calendars/add", calendars.add, name="add_calendar"),
    path("appointments/calendars/feed", calendars.make_feed, name="make_meeting_feed"),
    path("appointments/calendars/feed/end", calendars.end_feed, name="end_meeting_feed"),
    path("appointments/calendars/<str:calendar>/read", calendars.read, name="read_calendar"),
    path("appointments/calendars/<str:calendar>/end", calendars.end, name="end_calendar"),
    path("appointments/<str:key>", views.page, name="appointment_page"),
    path("appointments/<str:key>/change", views.change, name="change_appointment_page"),
    path("appointments/<str:key>/open", views.switch, {"is_open": True}, name="open_appointment_page"),
    path("appointments/<str:key>/close", views.switch, {"is_open": False}, name="close_appointment_page"),
    path("appointments/<str:key>/end", views.end, name="end_appointment_page"),
    path("meetings/<str:key>", views.meeting, name="meeting"),
    path("meetings/<str:key>/give", views.give, name="meeting_give"),
    *[
        path(f"meetings/<str:key>/{what}", views.decide, {"what": what}, name=f"meeting_{what}")
        for what in ("held", "no-show", "cancel", "let-in", "drop")
    ],
]

from django.urls import path

from songsheet.intake.forms import public_views as public
from songsheet.intake.forms import views

urlpatterns = [
    path("f/<str:key>", public.show, name="fill_in"),
    path("f/<str:key>/thanks", public.thanks, name="form_thanks"),
    path("f/<str:key>/colours.css", public.colours, name="form_colours"),
    path("f/<str:key>/confirm/<str:token>", public.confirm, name="confirm_answer"),
    path("in/forms/<str:key>", public.send, name="send_form"),
    path("forms", views.forms, name="forms"),
    path("forms/new", views.new, name="new_form"),
    path("forms/preview", views.preview, name="preview_form"),
    path("forms/<str:key>", views.page, name="form"),
    path("forms/<str:key>/change", views.change, name="change_form"),
    path("forms/<str:key>/open", views.switch, {"is_open": True}, name="open_form"),
    path("forms/<str:key>/close", views.switch, {"is_open": False}, name="close_form"),
    path("forms/<str:key>/end", views.end, name="end_form"),
    *[
        path(
            f"forms/<str:key>/answers/<str:answer>/{what}",
            views.decide,
            {"what": what},
            name=f"answer_{what}",
        )
        for what in ("let-in", "drop", "back")
    ],
]

from django.urls import path

from songsheet.intake.forms import public_views as public

urlpatterns = [
    path("f/<str:key>", public.show, name="fill_in"),
    path("f/<str:key>/thanks", public.thanks, name="form_thanks"),
    path("f/<str:key>/confirm/<str:token>", public.confirm, name="confirm_answer"),
    path("in/forms/<str:key>", public.send, name="send_form"),
]

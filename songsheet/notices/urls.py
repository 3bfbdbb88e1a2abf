from django.urls import path

from songsheet.notices import views

urlpatterns = [
    path("notices", views.page, name="notices"),
    path("notices/bell", views.bell, name="bell"),
    path("notices/mail", views.mail, name="notices_mail"),
    path("notices/read", views.read_all, name="read_notices"),
    path("notices/<str:key>/read", views.read, name="read_notice"),
    path("notices/<str:key>/unread", views.unread, name="unread_notice"),
]

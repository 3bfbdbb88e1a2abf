from django.urls import path

from songsheet.agreements import comment_views, table_views, views

urlpatterns = [
    path("agreements", views.agreements, name="agreements"),
    path("agreements/deputies", views.name, name="name_deputy"),
    path("agreements/deputies/<str:key>/end", views.end, name="end_deputy"),
    path("agreements/versions/<str:key>", views.version, name="version"),
    path("agreements/versions/<str:key>/offer", views.offer, name="offer_version"),
    path("agreements/versions/<str:key>/sign", views.sign, name="sign_version"),
    path("agreements/versions/<str:key>/refuse", views.refuse, name="refuse_version"),
    path("agreements/versions/<str:key>/withdraw", views.withdraw, name="withdraw_version"),
    path("agreements/versions/<str:key>/stop", views.stop, name="stop_version"),
    path("agreements/versions/<str:key>/table", table_views.table, name="table"),
    path("agreements/versions/<str:key>/table/<str:clause>", table_views.say, name="say_clause"),
    path("agreements/versions/<str:key>/comment", comment_views.comment, name="comment_version"),
    path("agreements/versions/<str:key>/guests", comment_views.invite, name="invite_guest"),
    path("agreements/guests/<str:key>/end", comment_views.end_guest, name="end_guest"),
    path("guest/<str:token>", comment_views.guest, name="guest"),
    path("agreements/<str:kind>", views.agreement, name="agreement"),
    path("agreements/<str:kind>/propose", views.propose, name="propose_version"),
]

from django.urls import path

from songsheet.team import demo_views, house_views, join_views, views

urlpatterns = [
    path("team/invite", views.invite, name="invite"),
    path("team/<str:key>", views.member, name="member"),
    path("team/<str:key>/invite", views.invite_again, name="invite_again"),
    path("team/<str:key>/leave", views.leave, name="member_leaves"),
    path("team/<str:key>/keys", views.issue_key, name="issue_key"),
    path("keys/<str:key>/end", views.end_key, name="end_key"),
    path("profile", views.profile, name="profile"),
    path("settings", house_views.settings, name="settings"),
    path("join/<str:token>", join_views.join, name="join"),
    path("look-as", demo_views.look_as, name="look_as"),
    path("demo/jump", demo_views.demo_jump, name="demo_jump"),
]

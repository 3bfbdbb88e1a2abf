from django.urls import path

from songsheet.team import demo_views, field_views, house_views, join_views, views

urlpatterns = [
    path("team/invite", views.invite, name="invite"),
    path("team/<str:key>", views.member, name="member"),
    path("team/<str:key>/invite", views.invite_again, name="invite_again"),
    path("team/<str:key>/leave", views.leave, name="member_leaves"),
    path("team/<str:key>/keys", views.issue_key, name="issue_key"),
    path("keys/<str:key>/end", views.end_key, name="end_key"),
    path("profile", views.profile, name="profile"),
    path("settings", house_views.settings, name="settings"),
    path("settings/fields", field_views.fields, name="fields"),
    path("settings/fields/on/<str:on>/add", field_views.add, name="add_field"),
    path("settings/fields/<str:key>", field_views.one, name="field"),
    path("settings/fields/<str:key>/archive", field_views.archive, name="archive_field"),
    path("settings/fields/<str:key>/bring-back", field_views.bring_back, name="bring_back_field"),
    path("settings/fields/<str:key>/move", field_views.move, name="move_field"),
    path("settings/fields/<str:key>/index", field_views.index, name="index_field"),
    path("join/<str:token>", join_views.join, name="join"),
    path("look-as", demo_views.look_as, name="look_as"),
    path("demo/jump", demo_views.demo_jump, name="demo_jump"),
]

from django.urls import path

from songsheet.team import demo_views, field_views, house_views, join_views, views
from songsheet.team.hours import views as hours_views

urlpatterns = [
    path("team/invite", views.invite, name="invite"),
    path("team/<str:key>", views.member, name="member"),
    path("team/<str:key>/invite", views.invite_again, name="invite_again"),
    path("team/<str:key>/leave", views.leave, name="member_leaves"),
    path("team/<str:key>/keys", views.issue_key, name="issue_key"),
    path("team/<str:key>/hours", hours_views.hours, name="hours"),
    path("team/<str:key>/hours/skills", hours_views.skills, name="hours_skills"),
    path("team/<str:key>/hours/days", hours_views.mark, name="hours_day"),
    path("team/<str:key>/hours/days/<str:day>/back", hours_views.unmark, name="hours_day_back"),
    path("team/<str:key>/hours/leave", hours_views.enter, name="hours_leave"),
    path("team/<str:key>/hours/leave/<str:leave>/back", hours_views.take_back, name="hours_leave_back"),
    path("keys/<str:key>/end", views.end_key, name="end_key"),
    path("profile", views.profile, name="profile"),
    path("settings", house_views.settings, name="settings"),
    path("settings/hours", hours_views.house_hours, name="house_hours"),
    path("settings/hours/days", hours_views.mark_house, name="house_day"),
    path("settings/hours/days/<str:day>/back", hours_views.unmark_house, name="house_day_back"),
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

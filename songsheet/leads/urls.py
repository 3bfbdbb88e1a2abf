from django.urls import path

from songsheet.doors.pages import FORMATS
from songsheet.leads import previews, views
from songsheet.leads.enquiries import views as enquiries
from songsheet.leads.heard import views as heard
from songsheet.leads.routing import views as routing

urlpatterns = [
    path("leads", views.leads, name="leads"),
    *[path(f"leads.{form}", views.leads_file, {"form": form}, name=f"leads_{form}") for form in FORMATS],
    path("agreements/versions/<str:key>/preview", previews.preview, name="preview_version"),
    path("leads/<str:key>/routing", routing.why, name="why_routed"),
    path("agreements/versions/<str:key>/sorting", enquiries.tried, name="try_sorting"),
    path("leads/<str:key>/take", views.take, name="take_lead"),
    path("sources/said", heard.page, name="said_and_recorded"),
    path("sources/said/means", heard.means, name="words_mean"),
    path("sources/said/means/<str:key>/back", heard.means_no_more, name="words_mean_no_more"),
]

from django.urls import path

from songsheet.journal import views

urlpatterns = [
    path("parked/<str:reader>/restart", views.restart, name="restart_reader"),
    path("parked/<str:reader>/<int:position>/retry", views.retry, name="retry_parked"),
    path("parked/<str:reader>/<int:position>/dismiss", views.dismiss, name="dismiss_parked"),
]

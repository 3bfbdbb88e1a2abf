from django.urls import path

from songsheet.beside import views

urlpatterns = [
    path("webhooks", views.webhooks, name="webhooks"),
    path("webhooks/add", views.add, name="add_webhook"),
    path("webhooks/<str:key>", views.webhook, name="webhook"),
    path("webhooks/<str:key>/pause", views.switch, {"state": "off"}, name="pause_webhook"),
    path("webhooks/<str:key>/resume", views.switch, {"state": "on"}, name="resume_webhook"),
    path("webhooks/<str:key>/secret", views.renew, name="renew_webhook_secret"),
    path("webhooks/<str:key>/ping", views.ping, name="ping_webhook"),
    path("webhooks/<str:key>/end", views.end, name="end_webhook"),
    path("webhooks/<str:key>/deliveries/<str:delivery>/resend", views.resend, name="resend_delivery"),
]

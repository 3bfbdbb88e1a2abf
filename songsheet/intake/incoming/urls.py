from django.urls import path

from songsheet.intake.incoming import views

urlpatterns = [path("incoming", views.incoming, name="incoming")]

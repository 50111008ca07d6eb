from django.urls import path

from people.display import display

app_name = "people"

urlpatterns = [
    path("display/", display, name="display"),
]

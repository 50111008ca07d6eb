from django.urls import URLPattern

app_name = "contentplan"

urlpatterns: list[URLPattern] = []

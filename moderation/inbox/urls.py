"""Addresses of the inbox, below those of the room."""

from django.urls import path

from moderation.inbox import views
from moderation.inbox.imports import views as imports

urlpatterns = [
    path("messages/", views.message_list, name="message_list"),
    path("messages/new/", views.message_create, name="message_create"),
    path("messages/<int:pk>/", views.message_detail, name="message_detail"),
    path("messages/<int:pk>/step/", views.message_step, name="message_step"),
    path("messages/import/", imports.import_create, name="import_create"),
    path("messages/import/<int:pk>/", imports.import_detail, name="import_detail"),
    path("messages/import/<int:pk>/columns/", imports.import_columns, name="import_columns"),
    path("messages/import/<int:pk>/take/", imports.import_take, name="import_take"),
    path("messages/import/rows/<int:pk>/", imports.import_row_mend, name="import_row_mend"),
]

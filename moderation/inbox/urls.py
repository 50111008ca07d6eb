"""Addresses of the inbox, below those of the room."""

from django.urls import path

from moderation.inbox import author_views, bulk, listing, removal_views, views
from moderation.inbox.imports import views as imports

urlpatterns = [
    path("messages/", listing.message_list, name="message_list"),
    path("messages/new/", views.message_create, name="message_create"),
    path("messages/<int:pk>/", views.message_detail, name="message_detail"),
    path("messages/<int:pk>/step/", views.message_step, name="message_step"),
    path("messages/<int:pk>/look/", views.message_look, name="message_look"),
    path("messages/<int:pk>/author/", author_views.message_author, name="message_author"),
    path("messages/<int:pk>/forward/", views.message_forward, name="message_forward"),
    path("messages/<int:pk>/merge/", bulk.message_merge, name="message_merge"),
    path("messages/bulk/", bulk.message_bulk, name="message_bulk"),
    path("messages/removal/", removal_views.message_removal, name="message_removal"),
    path("messages/cases/<int:pk>/", bulk.case_detail, name="case_detail"),
    path("messages/import/", imports.import_create, name="import_create"),
    path("messages/import/<int:pk>/", imports.import_detail, name="import_detail"),
    path("messages/import/<int:pk>/columns/", imports.import_columns, name="import_columns"),
    path("messages/import/<int:pk>/take/", imports.import_take, name="import_take"),
    path("messages/import/rows/<int:pk>/", imports.import_row_mend, name="import_row_mend"),
]

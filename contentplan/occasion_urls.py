"""Addresses of occasions, topics of the region and topic packs."""

from django.urls import path

from contentplan.views import occasions, packs, topics

OCCASION, PACK, OFFER = "occasions/<int:pk>/", "packs/<int:pk>/", "offers/<int:pk>/"

urlpatterns = [
    path("occasions/", occasions.occasion_list, name="occasion_list"),
    path("occasions/new/", occasions.occasion_create, name="occasion_create"),
    path("occasions/import/", occasions.occasion_import, name="occasion_import"),
    path("occasions/topics/", topics.topic_list, name="topic_list"),
    path(f"{OCCASION}edit/", occasions.occasion_edit, name="occasion_edit"),
    path(f"{OCCASION}delete/", occasions.occasion_delete, name="occasion_delete"),
    path(f"{OCCASION}link/", occasions.occasion_link, name="occasion_link"),
    path("packs/", packs.pack_list, name="pack_list"),
    path("packs/new/", packs.pack_create, name="pack_create"),
    path(PACK, packs.pack_detail, name="pack_detail"),
    path(f"{PACK}edit/", packs.pack_edit, name="pack_edit"),
    path(f"{PACK}send/", packs.pack_send, name="pack_send"),
    path(f"{PACK}recall/", packs.pack_recall, name="pack_recall"),
    path(f"{PACK}extend/", packs.pack_extend, name="pack_extend"),
    path(f"{PACK}delete/", packs.pack_delete, name="pack_delete"),
    path("offers/", packs.offer_list, name="offer_list"),
    path(OFFER, packs.offer_detail, name="offer_detail"),
    path(f"{OFFER}take/", packs.offer_take, name="offer_take"),
    path(f"{OFFER}decline/", packs.offer_decline, name="offer_decline"),
]

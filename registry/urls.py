from django.urls import path

from registry import api, views

app_name = "registry"

urlpatterns = [
    path("", views.account_list, name="account_list"),
    path("accounts.csv", views.account_csv, name="account_csv"),
    path("accounts/new/", views.account_create, name="account_create"),
    path("accounts/<int:pk>/", views.account_detail, name="account_detail"),
    path("accounts/<int:pk>/edit/", views.account_edit, name="account_edit"),
    path("accounts/<int:pk>/verify/", views.account_verify, name="account_verify"),
    path("registry/", views.account_manage, name="account_manage"),
    path("api/v1/accounts/", api.AccountListView.as_view(), name="api_accounts"),
    path("api/v1/accounts/<int:pk>/", api.AccountView.as_view(), name="api_account"),
]

from django.urls import path

from registry import api, verify_api, views

app_name = "registry"

urlpatterns = [
    path("", views.account_list, name="account_list"),
    path("accounts.csv", views.account_csv, name="account_csv"),
    path("accounts/new/", views.account_create, name="account_create"),
    path("accounts/<int:pk>/", views.account_detail, name="account_detail"),
    path("accounts/<int:pk>/edit/", views.account_edit, name="account_edit"),
    path("accounts/<int:pk>/verify/", views.account_verify, name="account_verify"),
    path("accounts/<int:pk>/sign/", views.account_sign, name="account_sign"),
    path("accounts/<int:pk>/code.svg", views.account_code, name="account_code"),
    path("check/", views.check, name="check"),
    path("fakes/", views.fake_list, name="fake_list"),
    path("fakes/report/", views.fake_report, name="fake_report"),
    path("fakes/thanks/", views.fake_thanks, name="fake_thanks"),
    path("fakes/<int:pk>/edit/", views.fake_edit, name="fake_edit"),
    path("widget/", views.widget, name="widget"),
    path("widget.js", views.widget_script, name="widget_script"),
    path("widget/<slug:organization>.json", views.widget_data, name="widget_data"),
    path("widget/<slug:organization>/", views.widget_frame, name="widget_frame"),
    path("registry/import/", views.import_create, name="import_create"),
    path("registry/imports/<int:pk>/", views.import_detail, name="import_detail"),
    path("registry/imports/<int:pk>/columns/", views.import_columns, name="import_columns"),
    path("registry/imports/<int:pk>/take/", views.import_take, name="import_take"),
    path("registry/imports/rows/<int:pk>/", views.import_row_mend, name="import_row_mend"),
    path("registry/reports/", views.report_list, name="report_list"),
    path("registry/reports/<int:pk>/confirm/", views.report_confirm, name="report_confirm"),
    path("registry/reports/<int:pk>/reject/", views.report_reject, name="report_reject"),
    path("registry/", views.account_manage, name="account_manage"),
    path("api/v1/accounts/", api.AccountListView.as_view(), name="api_accounts"),
    path("api/v1/accounts/verify/", verify_api.VerifyView.as_view(), name="api_verify"),
    path("api/v1/accounts/<int:pk>/", api.AccountView.as_view(), name="api_account"),
]

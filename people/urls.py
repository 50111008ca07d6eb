from django.urls import path

from people.display import display
from people.views import absences, audit, invitations, keys, notices, own, persons

app_name = "people"

urlpatterns = [
    path("people/", persons.user_list, name="user_list"),
    path("people/roles/", persons.role_list, name="role_list"),
    path("people/invite/", invitations.user_invite, name="user_invite"),
    path("people/<int:pk>/", persons.user_detail, name="user_detail"),
    path("people/<int:pk>/invite/", invitations.user_invite_again, name="user_invite_again"),
    path("people/<int:pk>/off/", persons.user_deactivate, name="user_deactivate"),
    path("people/<int:pk>/on/", persons.user_reactivate, name="user_reactivate"),
    path("people/<int:pk>/roles/new/", persons.membership_create, name="membership_create"),
    path("people/roles/<int:pk>/end/", persons.membership_end, name="membership_end"),
    path("people/keys/", keys.key_list, name="key_list"),
    path("people/keys/new/", keys.key_create, name="key_create"),
    path("people/keys/<int:pk>/revoke/", keys.key_revoke, name="key_revoke"),
    path("audit/", audit.audit_list, name="audit_list"),
    path("people/<int:pk>/absences/", absences.absence_list, name="absence_list"),
    path("people/absences/<int:pk>/end/", absences.absence_end, name="absence_end"),
    path("notices/", notices.notice_list, name="notice_list"),
    path("notices/read/", notices.notice_read_all, name="notice_read_all"),
    path("notices/<int:pk>/open/", notices.notice_open, name="notice_open"),
    path("me/letters/", notices.mail_choice, name="mail_choice"),
    path("me/", own.profile, name="profile"),
    path("me/invitation/<str:uid>/<str:token>/", invitations.invitation_accept, name="invitation_accept"),
    path("display/", display, name="display"),
]

"""How sign-in behaves here: nobody signs up, people are invited."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):
    """Closed sign-up; people come by invitation (people/actions.py)."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

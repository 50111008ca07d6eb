"""An entry of the registry as people type it: the link is pasted as it is found, the rest follows from it."""

from datetime import date
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.addresses import check_linkable
from people.models import Membership, Organization, User
from people.roles import Permission
from registry import links
from registry.models import START_STATES, TRANSITIONS, Account, AccountStatus, LegalAct, SocialNetwork
from registry.models.accounts import AccountQuerySet

PROHIBITED_STATUSES = (AccountStatus.ARCHIVED, AccountStatus.PROHIBITED)


if TYPE_CHECKING:
    AccountModelForm = forms.ModelForm[Account]
    ChoiceField = forms.ModelChoiceField[Any]
else:
    AccountModelForm = forms.ModelForm

PUBLIC_FIELDS = (
    "organization",
    "url",
    "network",
    "external_id",
    "name",
    "description",
    "status",
    "opened_on",
    "closed_on",
    "legal_act",
    "responsible_post",
    "work_phone",
    "work_email",
)

# What a page in good order has.
SIGN_FIELDS = (
    "has_state_mark",
    "in_state_pages",
    "has_opinion_widget",
    "has_problem_widget",
    "has_avatar",
    "has_cover",
    "comments_open",
    "subscribers",
    "subscribers_on",
    "rkn_number",
)
# States with a page of their own, where they are asked for more than a choice.
BY_OWN_PAGE = (AccountStatus.SUSPENDED, AccountStatus.ARCHIVED)

EMPTY = {"organization": _("choose a body"), "network": _("by the link"), "legal_act": _("no act")}


def people_to_choose(user: User, accounts: AccountQuerySet) -> QuerySet[User]:
    """Who can be named as responsible: people at work where the person keeps the registry, and who is named already."""
    here = Membership.objects.current().filter(user.reach(Permission.PROPOSE_ENTRY)).values("user")
    return User.objects.filter(Q(pk__in=here, is_active=True) | Q(pk__in=accounts.values("responsible_people")))


def acts_to_choose(user: User, accounts: AccountQuerySet) -> QuerySet[LegalAct]:
    """Acts the person knows, and those the entries rest on already: an act of the body above is not lost on saving."""
    known = LegalAct.objects.visible_to(user)
    return LegalAct.objects.filter(Q(pk__in=known.values("pk")) | Q(pk__in=accounts.values("legal_act")))


class DateInput(forms.DateInput):
    """The browser's own date field."""

    input_type = "date"


class AccountLinkForm(AccountModelForm):
    """What every form of an account does with its link; the admin uses it as it is."""

    url = forms.CharField(
        label=_("Link"),
        required=False,
        max_length=links.MAX_LENGTH,
        help_text=_("Paste the address of the page as it is. For a bare @name choose the network too."),
    )

    class Meta:
        model = Account
        # `handle` and `search` follow from the rest.
        fields: tuple[str, ...] = (*PUBLIC_FIELDS, *SIGN_FIELDS, "responsible_people")
        widgets: dict[str, Any] = {"opened_on": DateInput, "closed_on": DateInput, "subscribers_on": DateInput}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._stored = (self.instance.url, self.instance.network_id)
        if "network" not in self.fields:  # a page of the admin that is only to be read
            return
        networks = self.fields["network"]
        assert isinstance(networks, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        # A prohibited network can be chosen by nobody; an old entry keeps the one it has.
        own = Q(pk=self.instance.network_id or 0)
        allowed = Q(pk__in=SocialNetwork.objects.allowed().values("pk"))
        networks.queryset = SocialNetwork.objects.filter(allowed | own)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self._take_link(data)
        self._take_status(data)
        if not self.errors:
            self._look_for_doubles(data)
        return data

    def _get_validation_exclusions(self) -> set[str]:
        # A new act may be typed beside the choice of acts: this form looks after it itself.
        exclude: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # not in the stubs
        # And of a link that is refused the network is not known: one sentence is enough.
        unknown = {"network"} if "url" in self.errors else set()
        return (exclude - {"handle"}) | {"legal_act"} | unknown

    def _take_link(self, data: dict[str, Any]) -> None:
        text, network = data.get("url", ""), data.get("network")
        if "url" in self.errors or (text, network and network.pk) == self._stored:
            return
        if not text:
            self.instance.handle = ""
            return
        try:
            link = links.read(text, network)
        except links.BadLink as refusal:
            self.add_error("url", refusal.sentence)
            return
        data["url"], data["network"], self.instance.handle = link.url, link.network, link.handle
        data["external_id"] = link.external_id or data.get("external_id", "")

    def _take_status(self, data: dict[str, Any]) -> None:
        status, network = data.get("status"), data.get("network")
        if network and network.is_prohibited and status not in PROHIBITED_STATUSES:
            self.add_error("status", _("This network is prohibited: its entry can only be an archive entry."))
        if status == AccountStatus.ACTIVE and not data.get("url") and "url" not in self.errors:
            self.add_error("url", _("An active page needs its link."))
        if network is None and status != AccountStatus.NOT_KEPT and not self.errors.keys() & {"url", "network"}:
            self.add_error("network", _("Choose the network."))
        if status == AccountStatus.ARCHIVED and not data.get("closed_on") and "closed_on" not in self.errors:
            self.add_error("closed_on", _("Say when the page was closed: it is shown as official until that day."))
        if status == AccountStatus.ACTIVE and data.get("closed_on"):
            self.add_error("closed_on", _("An active page has no day of closing. Clear it, or choose another status."))
        if (data.get("closed_on") or date.min) > timezone.localdate():
            self.add_error("closed_on", _("This day has not come yet."))
        if status == AccountStatus.NOT_KEPT and not self.rests_on_act(data):
            self.add_error("legal_act", _("Name the legal act by which the page is not kept."))

    def rests_on_act(self, data: dict[str, Any]) -> bool:
        return bool(data.get("legal_act")) or "legal_act" in self.errors

    def _look_for_doubles(self, data: dict[str, Any]) -> None:
        same = {"url": data["url"], "external_id": data["external_id"]}
        others = Account.objects.filter(network=data["network"]).exclude(pk=self.instance.pk)
        for field, value in same.items():
            double = others.filter(**{field: value}).select_related("organization").first() if value else None
            if double:
                self.add_error(
                    field,
                    _("This page is already in the registry: %(name)s, %(body)s.")
                    % {"name": double.name, "body": double.organization},
                )
                return


class AccountForm(AccountLinkForm):
    """An entry as people propose it. A legal act is chosen, or written down on the spot."""

    act_title = forms.CharField(label=_("Title of the act"), required=False, max_length=500)
    act_number = forms.CharField(label=_("Number"), required=False, max_length=60)
    act_signed_on = forms.DateField(label=_("Signed on"), required=False, widget=DateInput)
    act_url = forms.URLField(label=_("Link to the text"), required=False, validators=[check_linkable])

    ABOUT_PAGE = ("url", "network", "organization", "name", "description", "external_id")
    ABOUT_STATE = ("status", "opened_on", "closed_on")
    ABOUT_ACT = ("act_title", "act_number", "act_signed_on", "act_url")
    ABOUT_SIGNS = SIGN_FIELDS
    ABOUT_CONTACT = ("responsible_post", "work_phone", "work_email")

    class Meta(AccountLinkForm.Meta):
        labels = {
            "organization": _("Body"),
            "network": _("Network"),
            "name": _("Name of the page"),
            "description": _("Description"),
            "external_id": _("Permanent number in the network"),
            "status": _("Status"),
            "opened_on": _("Kept since"),
            "closed_on": _("Closed on"),
            "legal_act": _("Legal act"),
            "responsible_post": _("Responsible post"),
            "work_phone": _("Work phone"),
            "work_email": _("Work e-mail"),
            "responsible_people": _("Responsible people"),
            "has_state_mark": _("Mark of a state organization"),
            "in_state_pages": _("Connected to the system of state pages"),
            "has_opinion_widget": _("Widget for opinions"),
            "has_problem_widget": _("Widget for problems"),
            "has_avatar": _("Avatar in order"),
            "has_cover": _("Cover in order"),
            "comments_open": _("Comments are open"),
            "subscribers": _("Subscribers"),
            "subscribers_on": _("Counted on"),
            "rkn_number": _("Number in the list of Roskomnadzor"),
        }
        help_texts = {
            "network": _("Found by the link itself; needed only for a bare @name or when no page is kept."),
            "external_id": _("Digits that stay when the name in the address changes, such as 123 in club123."),
            "has_state_mark": _("As the network shows it. Whoever accepts the proposal looks at the page first."),
            "responsible_post": _("The post, not the name: this is public."),
        }
        widgets = {
            **AccountLinkForm.Meta.widgets,
            "description": forms.Textarea(attrs={"rows": 3}),
            "responsible_people": forms.CheckboxSelectMultiple,
        }

    def __init__(self, *args: Any, user: User, was: str = "", **kwargs: Any) -> None:
        """`was`: the state of the stored entry; "" of a new one."""
        super().__init__(*args, **kwargs)
        self.was = AccountStatus(was) if was else None
        if not was and not self.instance.pk:
            self.initial.setdefault("status", AccountStatus.ACTIVE)
        own = Account.objects.filter(pk=self.instance.pk or 0)
        choices = {
            "organization": Organization.objects.where_may(user, Permission.PROPOSE_ENTRY),
            "legal_act": acts_to_choose(user, own),
            "responsible_people": people_to_choose(user, own),
        }
        for name, rows in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
            field.queryset = rows
        for name, label in EMPTY.items():
            cast("ChoiceField", self.fields[name]).empty_label = label
        self.sections = {
            name: [self[field] for field in getattr(self, f"ABOUT_{name.upper()}")]
            for name in ("page", "state", "act", "signs", "contact")
        }
        self._limit_states()

    def _limit_states(self) -> None:
        """A new entry begins; an old one goes on from where it is. Closing and suspending have pages of their own."""
        if self.was:
            follow = [status for status in TRANSITIONS[self.was] if status not in BY_OWN_PAGE]
            offered = [self.was, *(follow if self.was != AccountStatus.SUSPENDED else [])]
        else:
            offered = list(START_STATES)
        cast("forms.ChoiceField", self.fields["status"]).choices = [(one.value, one.label) for one in offered]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        typed = any(data.get(name) for name in self.ABOUT_ACT)
        if typed and not data.get("act_title") and "act_title" not in self.errors:
            self.add_error("act_title", _("Write the title of the act too."))
        if data.get("act_title") and data.get("legal_act"):
            self.add_error("legal_act", _("Choose an act or write a new one, not both."))
        return data

    @property
    def act_typed(self) -> bool:
        """Whether something is written in the fields of a new act."""
        return any(self[name].value() for name in self.ABOUT_ACT)

    @property
    def signs_typed(self) -> bool:
        """Whether anything is said or wrong in the folded section."""
        return any(self[name].errors or self[name].value() not in (None, "") for name in SIGN_FIELDS)

    def rests_on_act(self, data: dict[str, Any]) -> bool:
        return super().rests_on_act(data) or bool(data.get("act_title"))

    @property
    def new_act(self) -> LegalAct | None:
        """The act written down on the form, not stored yet."""
        data = self.cleaned_data
        if not data["act_title"]:
            return None
        return LegalAct(
            organization=data["organization"],
            title=data["act_title"],
            number=data["act_number"],
            signed_on=data["act_signed_on"],
            url=data["act_url"],
        )

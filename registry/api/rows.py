"""What an answer says of a body, an act, an entry, a network, a change: the fields of the API."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from people.models import Organization
from registry.models import Account, EntryChange, LegalAct, SocialNetwork


class OrganizationSerializer(serializers.ModelSerializer[Organization]):
    """The body an entry belongs to."""

    class Meta:
        model = Organization
        fields = ("id", "slug", "kind", "name", "short_name", "centre", "official_site")


class LegalActSerializer(serializers.ModelSerializer[LegalAct]):
    """The act an entry rests on."""

    class Meta:
        model = LegalAct
        fields = ("title", "number", "signed_on", "url")


class AccountSerializer(serializers.ModelSerializer[Account]):
    """A public entry. `network` is null when the body lawfully keeps no page at all."""

    network = serializers.SlugRelatedField[Any](slug_field="slug", read_only=True, allow_null=True)
    network_name = serializers.CharField(source="network.name", default=None, allow_null=True)
    status_name = serializers.CharField(source="get_status_display")
    organization = OrganizationSerializer()
    legal_act = LegalActSerializer(allow_null=True)
    verified_on = serializers.DateField(source="last_verified_on", allow_null=True)
    card = serializers.SerializerMethodField()

    class Meta:
        model = Account
        fields = (
            "id",
            "url",
            "network",
            "network_name",
            "handle",
            "external_id",
            "name",
            "description",
            "status",
            "status_name",
            "organization",
            "opened_on",
            "closed_on",
            "verified_on",
            "legal_act",
            "responsible_post",
            "work_phone",
            "work_email",
            "card",
        )

    def get_card(self, account: Account) -> str:
        """The permanent address of the entry's page in the registry."""
        return card_of(account.pk)


class NetworkSerializer(serializers.ModelSerializer[SocialNetwork]):
    """A network in which bodies may keep pages; `status` is what the law says of it today."""

    status = serializers.CharField(source="status_now", allow_null=True)
    hosts = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = SocialNetwork
        fields = ("slug", "name", "hosts", "status", "named_in_order")


class DifferenceSerializer(serializers.Serializer[Any]):
    """One column before and after, in words; "" where it was empty."""

    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    before = serializers.CharField(allow_blank=True)
    after = serializers.CharField(allow_blank=True)


class ChangeSerializer(serializers.ModelSerializer[EntryChange]):
    """One public change of one public entry."""

    kind_name = serializers.CharField(source="get_kind_display")
    account = serializers.IntegerField(source="account_id")
    card = serializers.SerializerMethodField()
    differences = serializers.SerializerMethodField()

    class Meta:
        model = EntryChange
        fields = ("id", "made_at", "kind", "kind_name", "account", "card", "differences")

    def get_card(self, change: EntryChange) -> str:
        return card_of(change.account_id)

    @extend_schema_field(DifferenceSerializer(many=True))
    def get_differences(self, change: EntryChange) -> list[Any]:
        return [vars(difference) for difference in change.differences]


def card_of(pk: int) -> str:
    """Where people read the entry."""
    return f"{settings.SITE_URL}{reverse('registry:account_detail', args=[pk])}"

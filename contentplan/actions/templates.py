"""Posts to begin from, kept by each body; those of a body are offered to the bodies below it as well."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contentplan.models import PostFormat, PostTemplate, Rubric
from people.audit import acting
from people.models import Organization, User


@dataclass(frozen=True)
class TemplateContent:
    """What a template says."""

    name: str
    topic: str = ""
    text: str = ""
    format: PostFormat | None = None
    rubric: Rubric | None = None


@transaction.atomic
def add_template(organization: Organization, content: TemplateContent, *, by: User) -> PostTemplate:
    """Raises ValidationError when the body has one of the same name."""
    template = PostTemplate(organization=organization)
    _keep(template, content, by=by)
    return template


@transaction.atomic
def edit_template(template: PostTemplate, content: TemplateContent, *, by: User) -> None:
    """Raises ValidationError when the body has another of the same name."""
    _keep(template, content, by=by)


def delete_template(template: PostTemplate, *, by: User) -> None:
    with acting(by):
        template.delete()


def _keep(template: PostTemplate, content: TemplateContent, *, by: User) -> None:
    same = PostTemplate.objects.filter(organization=template.organization, name=content.name)
    if same.exclude(pk=template.pk).exists():
        raise ValidationError({"name": _("There is a template of this name already: give it another one.")})
    for name, value in vars(content).items():
        setattr(template, name, value)
    with acting(by):
        template.save()

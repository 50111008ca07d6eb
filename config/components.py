"""All components on one page, for those who build pages: /ui/, for people who keep the reference lists."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from people.http import UserRequest, require
from people.roles import Permission


class SampleForm(forms.Form):
    """One field of each kind."""

    topic = forms.CharField(label=gettext_lazy("Text"), help_text=gettext_lazy("In a few words."))
    text = forms.CharField(label=gettext_lazy("Long text"), widget=forms.Textarea(attrs={"rows": 4}), required=False)
    format = forms.ChoiceField(label=gettext_lazy("Choice"), choices=[("photo", "Фотография"), ("video", "Видео")])
    day = forms.DateField(label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    moment = forms.DateTimeField(
        label=gettext_lazy("Day and time"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    file = forms.FileField(label=gettext_lazy("File"), required=False, help_text=gettext_lazy("Up to 10 MB."))
    agree = forms.BooleanField(
        label=gettext_lazy("One checkbox"), required=False, help_text=gettext_lazy("With an explanation.")
    )
    accounts = forms.MultipleChoiceField(
        label=gettext_lazy("Several of"),
        choices=[("1", "ВКонтакте"), ("2", "Одноклассники"), ("3", "MAX")],
        widget=forms.CheckboxSelectMultiple,
    )
    one = forms.ChoiceField(
        label=gettext_lazy("One of"),
        choices=[("1", "1"), ("2", "2"), ("3", "3")],
        widget=forms.RadioSelect,
        initial="2",
    )


@dataclass(frozen=True)
class SampleMeter:
    """Looks like `contentplan.norm.Meter` to the template."""

    out: int
    plan: int
    required: int
    tone: str = ""

    @property
    def pips(self) -> list[str]:
        missing = max(0, self.required - self.out - self.plan)
        return ["out"] * self.out + ["plan"] * self.plan + ["none"] * missing

    @property
    def label(self) -> str:
        return f"{self.out} + {self.plan} из {self.required}" if self.plan else f"{self.out} из {self.required}"

    @property
    def text(self) -> str:
        return f"ВКонтакте: вышло {self.out}, в плане {self.plan} из {self.required}"


@dataclass(frozen=True)
class SampleNetwork:
    """A network as its mark sees it."""

    name: str
    mark: str


METERS = [
    SampleMeter(3, 2, 5),
    SampleMeter(5, 0, 5, "good"),
    SampleMeter(7, 0, 5, "good"),
    SampleMeter(0, 4, 5, "wait"),
    SampleMeter(1, 0, 5, "bad"),
    SampleMeter(0, 0, 3),
    SampleMeter(2, 1, 3),
    SampleMeter(6, 2, 10, "wait"),
]
NETWORKS = [SampleNetwork("ВКонтакте", "ВК"), SampleNetwork("Одноклассники", "ОК"), SampleNetwork("MAX", "MAX")]


def _chips() -> list[dict[str, object]]:
    names = [("ВКонтакте", 10, True), ("Одноклассники", 7, False), ("MAX", 2, False)]
    return [{"label": name, "count": count, "current": current, "url": "?"} for name, count, current in names]


@require_safe
def components(request: UserRequest) -> HttpResponse:
    """Every component with its variants."""
    require(request.user.may_anywhere(Permission.MANAGE_REFERENCE))
    messages.success(request, _("A message: saved."))
    messages.warning(request, _("A message: something waits for you."))
    messages.error(request, _("A message: this did not work, here is what to do."))
    now = timezone.now()
    context = {
        "form": SampleForm(initial={"moment": now, "day": now.date()}),
        "wrong": SampleForm({"topic": "", "format": "photo"}, auto_id="wrong_%s"),
        "meters": METERS,
        "networks": [*NETWORKS, SampleNetwork("Facebook", "")],
        "chips": _chips(),
        "page": Paginator(range(200), 10).page(7),
        "now": now,
    }
    return render(request, "config/components.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def components_question(request: UserRequest) -> HttpResponse:
    """What a dialog leads to in a browser without scripts; the answer changes nothing."""
    require(request.user.may_anywhere(Permission.MANAGE_REFERENCE))
    if request.method == "POST":
        messages.info(request, _("A sample: nothing was deleted."))
        return redirect("components")
    back = reverse("components")
    context = {"title": _("Delete the draft?"), "text": _("It cannot be brought back."), "label": _("Delete")}
    return render(request, "ui/question.html", {**context, "action": request.path, "back": back})

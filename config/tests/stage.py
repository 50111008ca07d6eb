"""One body with one of everything that a page or an action can be about; the access table walks over it."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.base import ContentFile

from compliance.models import Circumstance, CircumstanceKind, Finding, Result
from conftest import make_account, make_user
from contentplan import actions as plans
from contentplan.actions import PostContent, imports
from contentplan.actions.feeds import make_feed
from contentplan.models import (
    ExportJob,
    Idea,
    Media,
    MediaKind,
    MediaState,
    Norm,
    Occasion,
    OccasionKind,
    PackOffer,
    Placement,
    PlanImport,
    PlannedPost,
    PlanRules,
    PostFormat,
    PostMedia,
    PostTemplate,
    Publication,
    Repetition,
    Slot,
    Status,
    Stop,
    StopKind,
    TopicPack,
    WeeklyPlan,
)
from moderation import actions as journal
from moderation import evidence, objections, second
from moderation.inbox.imports import table, taking
from moderation.inbox.intake import Arrival, receive
from moderation.models import (
    Case,
    Decision,
    Ground,
    Message,
    MessageImport,
    Objection,
    PendingDecision,
    Reply,
    ReplyStatus,
    ReplyTemplate,
    Source,
)
from moderation.replies import path, wordings
from people import api_keys
from people.models import Absence, AuditEntry, Membership, Notice, Organization, Scope, SpecialDay, User
from people.roles import Role
from people.weeks import Week
from registry import importing, proposing
from registry.acts import files
from registry.imports.reading import read_text
from registry.models import (
    Account,
    AccountStatus,
    EntryImport,
    FakeReport,
    FormerName,
    KnownFake,
    LegalAct,
    RegistryRules,
    ReportState,
    SocialNetwork,
)
from registry.proposing import Entry
from registry.security import holders
from registry.security.holders import Person

TOMSK = ZoneInfo("Asia/Tomsk")
NOW = datetime(2026, 11, 26, 12, tzinfo=TOMSK)  # a Thursday
LAST, RUNNING, NEXT = Week.parse("2026-W47"), Week.parse("2026-W48"), Week.parse("2026-W49")
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
TABLE = [["Дата", "Тема"], ["02.12.2026 10:00", "Субботник"]]


@dataclass(frozen=True)
class Place:
    """A body, furnished."""

    organization: Organization
    account: Account
    hidden_account: Account  # not on the open pages
    act: LegalAct
    norm: Norm
    plan: WeeklyPlan
    draft: PlannedPost
    submitted: PlannedPost
    media: Media  # of the draft
    placement: Placement  # approved, its time has passed, not marked yet
    publication: Publication
    held: PlannedPost
    missed: PlannedPost
    cancelled: PlannedPost
    urgent: PlannedPost  # came out without approval, nobody has looked at it
    stop: Stop  # lifted
    plan_import: PlanImport
    entry_import: EntryImport
    export_job: ExportJob
    feed_secret: str
    decision: Decision  # an objection to it waits
    other_decision: Decision
    pending: PendingDecision  # a removal of criticism
    objection: Objection
    objection_code: str
    message: Message  # of a citizen, nobody's
    case: Case
    message_import: MessageImport  # nobody sees it but the colleague
    reply: Reply  # awaits approval
    approved_reply: Reply
    circumstance: Circumstance
    finding: Finding
    colleague: User
    invitee: User  # has set no password
    leaver: User  # switched off
    notice: Notice  # to the colleague, who is away from Tuesday on
    entry: AuditEntry

    @property
    def membership(self) -> Membership:
        return self.colleague.memberships.get()


def furnish(organization: Organization, network: SocialNetwork, text: PostFormat, spam: Ground) -> Place:
    """The clock must stand at NOW."""
    slug = organization.slug
    colleague = make_user(f"{slug}_colleague", Role.EDITOR, organization)
    account = make_account(organization, network, f"{slug}_demo")
    act = LegalAct.objects.create(organization=organization, title="Распоряжение о ведении аккаунтов")
    norm = Norm.objects.create(posts_per_week=5, starts_on=date(2022, 1, 1), legal_act=act, organization=organization)
    plan = plans.open_plan(organization, NEXT, by=colleague)
    draft, submitted = (_post(plan, account, text, topic, colleague) for topic in ("Ремонт моста", "Сход граждан"))
    plans.submit(submitted, revision=1, by=colleague)
    invitee = _invitee(organization)
    api_keys.issue(organization, "Сайт", [Scope.REGISTRY_READ], by=colleague)
    SpecialDay.objects.create(organization=organization, day=date(2026, 12, 11), title="День района")
    Absence.objects.create(
        user=colleague, deputy=invitee, starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 14), made_by=colleague
    )
    _fake_and_report(account, colleague)
    _rights(account, colleague)
    _act_files(act, colleague)
    RegistryRules.objects.create(organization=organization)
    hidden = make_account(organization, network, f"{slug}_plan", status=AccountStatus.PLANNED)
    _proposal(hidden, colleague)
    make_account(organization, network, f"{slug}_old", status=AccountStatus.ARCHIVED, closed_on=date(2024, 3, 1))
    _habits(account, text, colleague)
    _topics(organization, text, colleague)
    ReplyTemplate.objects.create(organization=organization, name="Приём граждан", text="Приходите на приём.")
    return Place(
        organization=organization,
        account=account,
        hidden_account=hidden,
        act=act,
        norm=norm,
        plan=plan,
        draft=draft,
        submitted=PlannedPost.objects.get(pk=submitted.pk),
        media=_media(draft, colleague),
        placement=_placement(organization, account, text, colleague),
        publication=Publication.objects.create(
            account=account, published_at=NOW, link=f"{account.url}?w=wall-1_1", recorded_by=colleague
        ),
        held=_in_state(plan, account, text, "Приём граждан", colleague, Status.ON_HOLD),
        missed=_in_state(plan, account, text, "Ярмарка", colleague, Status.MISSED),
        cancelled=_in_state(plan, account, text, "Концерт", colleague, Status.CANCELLED),
        urgent=_in_state(plan, account, text, "Авария", colleague, Status.PUBLISHED),
        stop=_stop(organization, colleague),
        plan_import=imports.start_import(organization, TABLE, week=NEXT, by=colleague),
        entry_import=importing.start_import(
            organization, read_text("Орган\tСсылка\nНеведомый\tvk.com/nevedomy_page"), by=colleague
        ),
        export_job=_export_job(organization, colleague),
        feed_secret=make_feed(organization, by=colleague),
        decision=(decision := _decision(account, spam, colleague)),
        other_decision=journal.record(_entry(account, spam, "Ещё заработок"), by=colleague),
        pending=second.propose(
            _entry(account, spam, "Администрация ворует", is_criticism=True, files=(_file(),)), by=colleague
        ),
        objection=(filed := objections.file(decision, "Это не реклама"))[0],
        objection_code=filed[1],
        message=_message(account, colleague),
        case=Case.objects.create(organization=organization, title="Мост", opened_by=colleague),
        message_import=taking.start_import(table.read_text("Дата\tТекст\nвчера\tГде мост?"), by=colleague),
        reply=_reply(account, "Когда откроют ФАП?", colleague),
        approved_reply=_reply(account, "Где справка?", colleague, approved_by=invitee),
        circumstance=_circumstance(account, colleague),
        finding=_finding(account),
        colleague=colleague,
        invitee=invitee,
        leaver=_leaver(organization),
        notice=Notice.objects.create(key=f"test:{slug}", user=colleague, kind="test", title="Новость", url="/today/"),
        entry=AuditEntry.objects.filter(organization=organization).latest("pk"),
    )


def _proposal(account: Account, by: User) -> None:
    """A change that waits for the department."""
    changed = Account.objects.get(pk=account.pk)
    changed.description = "Новости поселения"
    proposing.propose(Entry(changed), by=by)


def _topics(organization: Organization, text: PostFormat, by: User) -> None:
    """An event, a pack that is only drafted, and one offered to the body itself."""
    days = {"starts_on": NEXT.monday, "ends_on": NEXT.sunday}
    Occasion.objects.create(
        organization=organization, kind=OccasionKind.EVENT, title="Открытие моста", created_by=by, **days
    )
    _drafted, sent = (
        TopicPack.objects.create(
            organization=organization,
            title="Лёд",
            text="Не выходите на лёд.",
            format=text,
            publish_from=NEXT.monday,
            publish_to=NEXT.sunday,
            created_by=by,
            sent_at=moment,
        )
        for moment in (None, NOW)
    )
    PackOffer.objects.create(pack=sent, organization=organization)


def _export_job(organization: Organization, by: User) -> ExportJob:
    week = NEXT.monday, NEXT.sunday
    return ExportJob.objects.create(
        organization=organization, first=week[0], last=week[1], format="pdf", file="exports/plan.pdf", made_by=by
    )


def _post(plan: WeeklyPlan, account: Account, text: PostFormat, topic: str, by: User) -> PlannedPost:
    moment = datetime(2026, 12, 1, 10, tzinfo=TOMSK)
    content = PostContent(
        planned_at=moment, topic=topic, text="Мост откроют в пятницу.", format=text, placements={account.pk: ""}
    )
    return plans.add_post(plan, content, by=by)


def _in_state(
    plan: WeeklyPlan, account: Account, text: PostFormat, topic: str, by: User, status: Status
) -> PlannedPost:
    """A post that stands there already, whatever its path was; what is out came out urgently."""
    urgent = status == Status.PUBLISHED
    approved = None if urgent or status == Status.CANCELLED else 1
    post = _post(plan, account, text, topic, by)
    PlannedPost.objects.filter(pk=post.pk).update(status=status, approved_revision=approved, needs_post_review=urgent)
    post.refresh_from_db()
    return post


def _stop(organization: Organization, by: User) -> Stop:
    PlanRules.objects.create(organization=organization, may_publish_urgently=True)
    return Stop.objects.create(
        organization=organization,
        kind=StopKind.MOURNING,
        reason="Траур в области",
        started_by=by,
        started_at=NOW,
        lifted_by=by,
        lifted_at=NOW,
    )


def _media(post: PlannedPost, by: User) -> Media:
    media = Media(
        organization=post.plan.organization,
        name="мост.jpg",
        kind=MediaKind.IMAGE,
        mime="image/jpeg",
        size=3,
        sha256="0" * 64,
        state=MediaState.READY,
        uploaded_by=by,
    )
    media.file.save("bridge.jpg", ContentFile(b"jpg"), save=False)
    media.thumbnail.save("bridge-small.webp", ContentFile(b"webp"), save=False)
    media.save()
    PostMedia.objects.create(post=post, media=media, position=1, alt_text="мост")
    return media


def _placement(organization: Organization, account: Account, text: PostFormat, by: User) -> Placement:
    plan = WeeklyPlan.objects.create(organization=organization, monday=RUNNING.monday)
    post = PlannedPost.objects.create(
        plan=plan,
        planned_at=datetime(2026, 11, 24, 10, tzinfo=TOMSK),
        topic="Вывоз снега",
        format=text,
        status=Status.APPROVED,
        approved_revision=1,
        created_by=by,
    )
    return Placement.objects.create(post=post, account=account)


def _entry(account: Account, ground: Ground, text: str, **more: Any) -> journal.Entry:
    return journal.Entry(account, "comment", text, NOW, ground, "removed", **more)


def _decision(account: Account, ground: Ground, by: User) -> Decision:
    return journal.record(_entry(account, ground, "Заработок без вложений", files=(_file(),)), by=by)


def _file() -> evidence.Upload:
    return evidence.read(ContentFile(PDF, "снимок.pdf"))


def _message(account: Account, by: User) -> Message:
    [(message, _is_new)] = receive([Arrival(account, "Когда починят мост?", NOW)], by=by, source=Source.FORM)
    return message


def _reply(account: Account, asked: str, by: User, approved_by: User | None = None) -> Reply:
    """On a message of its own; sent for approval, or past it."""
    [(message, _is_new)] = receive([Arrival(account, asked, NOW)], by=by, source=Source.FORM)
    reply = wordings.begin(message, "Уже скоро.", is_interim=False, by=by)
    path.submit(reply, revision=1, by=by)
    if approved_by:
        values = {"status": ReplyStatus.APPROVED, "approved_by": approved_by, "approved_revision": 1}
        Reply.objects.filter(pk=reply.pk).update(**values)
    return reply


def _circumstance(account: Account, by: User) -> Circumstance:
    return Circumstance.objects.create(
        organization=account.organization,
        account=account,
        kind=CircumstanceKind.EXEMPT,
        starts_on=LAST.monday,
        ends_on=NEXT.sunday,
        reason="ремонт",
        made_by=by,
    )


def _finding(account: Account) -> Finding:
    return Finding.objects.create(
        account=account,
        organization=account.organization,
        monday=LAST.monday,
        published=3,
        required=5,
        result=Result.NOT_KEPT,
    )


def _invitee(organization: Organization) -> User:
    person = make_user(f"{organization.slug}_invitee", Role.EDITOR, organization)
    person.set_unusable_password()
    person.save()
    return person


def _leaver(organization: Organization) -> User:
    person = make_user(f"{organization.slug}_leaver", Role.EDITOR, organization)
    person.is_active = False
    person.save()
    return person


def _fake_and_report(account: Account, colleague: User) -> None:
    fake = {"network": account.network, "organization": account.organization}
    KnownFake.objects.create(
        account=account, url=f"{account.url}_fake", seen_on=NOW, state_since=NOW, confirmed_by=colleague, **fake
    )
    FakeReport.objects.create(url=f"{account.url}_reported", **fake)
    FakeReport.objects.create(url=f"{account.url}_no_fake", state=ReportState.REJECTED, **fake)
    was = {"account": account, "network": account.network}
    FormerName.objects.create(url=f"{account.url}_was", handle=f"{account.handle}_was", until=NOW, **was)


def _habits(account: Account, text: PostFormat, colleague: User) -> None:
    body = account.organization
    Slot.objects.create(account=account, weekday=1, at=time(10))
    Idea.objects.create(organization=body, topic="Рассказать о школе", created_by=colleague)
    PostTemplate.objects.create(organization=body, name="Сход граждан")
    repetition = Repetition.objects.create(
        organization=body,
        topic="Афиша выходных",
        format=text,
        weekday=5,
        at=time(16),
        starts_on=date(2026, 11, 27),
        created_by=colleague,
    )
    repetition.accounts.add(account)


def _rights(account: Account, by: User) -> None:
    """Somebody holds rights, and an act of handing them over waits."""
    person = Person("Кедрова Мария", "управляющий делами")
    held = holders.add(account, person, level="owner", since=date(2026, 1, 12), by=by)
    taker = Person("Белова Нина", "")
    holders.draw_up(account.organization, [held], taker=taker, handed_on=NOW.date(), by=by)


def _act_files(act: LegalAct, by: User) -> None:
    """A file for those inside, and one that anybody may read."""
    files.add(act, files.read(ContentFile(PDF, "проект.pdf")), by=by)
    published = LegalAct.objects.create(organization=act.organization, title="Порядок", is_published=True)
    files.add(published, files.read(ContentFile(PDF, "порядок.pdf")), by=by)

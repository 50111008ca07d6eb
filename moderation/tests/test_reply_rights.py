"""Who may do what to a reply: every state by every move by every role, in one's own body and in another one."""

import pytest
from django.core.exceptions import PermissionDenied

from conftest import make_user
from moderation import rules
from moderation.models import Message, ReplyMove, ReplyStatus
from moderation.models.replies import DECISIONS
from moderation.replies import path
from moderation.tests.replying import NOW, ask, reply_to
from people.models import Organization, User
from people.roles import Role
from registry.models import Account

pytestmark = pytest.mark.django_db

# By cl. 2.3 and 7: bodies and moderators write, the department decides; it writes for bodies too.
WRITE = {Role.COORDINATOR, Role.EDITOR, Role.MODERATOR}
DECIDE = {Role.COORDINATOR}


@pytest.fixture
def message(urtam_vk: Account, editor: User) -> Message:
    Account.objects.filter(pk=urtam_vk.pk).update(external_id="100")
    urtam_vk.refresh_from_db()
    return ask(urtam_vk, NOW, editor)


@pytest.mark.parametrize("own", [True, False], ids=["own body", "another body"])
@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("status", ReplyStatus)
def test_every_move_by_every_role(
    message: Message,
    editor: User,
    deputy: User,
    urtam: Organization,
    chilino: Organization,
    status: ReplyStatus,
    role: Role,
    own: bool,
) -> None:
    person = make_user("somebody", role, urtam if own else chilino)
    reply = reply_to(message, status, author=editor, reviewer=deputy)

    may = {move for move in ReplyMove if rules.can_move_reply(person, reply, move)}

    decisions = {*DECISIONS, ReplyMove.UNDO}
    expected = (decisions if role in DECIDE else set()) | (set(ReplyMove) - decisions if role in WRITE else set())
    assert may == (expected if own else set())
    for move in set(ReplyMove) - may:
        with pytest.raises(PermissionDenied):
            path.move(reply, move, seen=reply.revision, by=person)

"""Pictures, videos and documents of posts (procedure, cl. 6)."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from contentplan.models.posts import PlannedPost
from people.models import Organization, User
from people.roles import Permission


class MediaKind(models.TextChoices):
    """What a file is, told by its content."""

    IMAGE = "image", _("picture")
    VIDEO = "video", _("video")
    DOCUMENT = "document", _("document")


class MediaState(models.TextChoices):
    """Whether the background work on a file is done."""

    WAITING = "waiting", _("being prepared")
    READY = "ready", _("ready")
    FAILED = "failed", _("cannot be read")


class MediaQuerySet(models.QuerySet["Media"]):
    """Phrases about files."""

    def visible_to(self, user: User) -> "MediaQuerySet":
        """Of the bodies whose plans the person sees."""
        return self.filter(user.reach(Permission.VIEW))


class Media(models.Model):
    """One file of a body's plans. It stays as long as a revision speaks of it."""

    organization = models.ForeignKey(Organization, models.PROTECT, related_name="media", verbose_name=_("organization"))
    # What people download: cleaned of what the camera wrote; below MEDIA_ROOT, never served directly.
    file = models.FileField(_("file"), upload_to="plans/%Y/%m/")
    thumbnail = models.FileField(_("small picture"), upload_to="plans/%Y/%m/", blank=True)
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=10, choices=MediaKind)
    mime = models.CharField(_("type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size, bytes"))
    width = models.PositiveIntegerField(_("width"), null=True, blank=True)
    height = models.PositiveIntegerField(_("height"), null=True, blank=True)
    sha256 = models.CharField(_("checksum"), max_length=64)
    state = models.CharField(_("state"), max_length=10, choices=MediaState, default=MediaState.WAITING)
    error = models.CharField(_("what is wrong"), max_length=300, blank=True)
    # Of a file that is ready: what stayed in it or fell away, and what to do; people read it before the post goes out.
    note = models.CharField(_("what to know"), max_length=400, blank=True)
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("uploaded by"))
    uploaded_at = models.DateTimeField(_("uploaded"), db_default=Now())

    objects = MediaQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of a plan")
        verbose_name_plural = _("files of plans")
        ordering = ("-uploaded_at", "-pk")

    def __str__(self) -> str:
        return self.name


class PostMedia(models.Model):
    """A file in a post, with its place and the words for who does not see it."""

    post = models.ForeignKey(PlannedPost, models.CASCADE, related_name="post_media", verbose_name=_("post"))
    media = models.ForeignKey(Media, models.PROTECT, related_name="post_media", verbose_name=_("file"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    alt_text = models.CharField(_("what the picture shows"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("file of a post")
        verbose_name_plural = _("files of posts")
        ordering = ("post", "position", "pk")
        constraints = [models.UniqueConstraint(name="media_once_per_post", fields=["post", "media"])]

    def __str__(self) -> str:
        return f"{self.post}: {self.media}"

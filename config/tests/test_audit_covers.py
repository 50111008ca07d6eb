"""Every table of the portal is either watched by the audit log or is itself a record of what happened."""

from django.apps import apps

from people.audit_entry import owners

ROOMS = ["people", "registry", "contentplan", "moderation", "compliance"]

# What is not watched, and why not.
RECORDS = {
    "people.AuditEntry": "the log itself",
    "people.Letter": "the outbox: written and sent by the program",
    "people.RateWindow": "counters of requests, forgotten every night",
    "people.Notice": "what people were told: written by the program",
    "registry.NameKey": "derived from the names of accounts",
    "registry.FormerName": "derived from the history of entries",
    "registry.Edition": "a number that the database counts",
    "registry.EntryChange": "the history of entries, only added to",
    "registry.SecurityAnswer": "every answer of the security checklist, only added to",
    "registry.BodyActStep": "the steps of own acts, only added to",
    "registry.DataVersion": "written by the task of open data",
    "registry.StructureVersion": "written by the task of open data",
    "registry.EntryImport": "a table somebody brought; the entries and proposals made of it are watched",
    "registry.EntryImportRow": "part of such a table",
    "contentplan.PlanNorm": "copied from the norm when the plan is made, never changed",
    "contentplan.Revision": "numbered versions, only added to",
    "contentplan.Review": "the steps of approval, only added to",
    "contentplan.Remark": "part of a step of approval",
    "contentplan.Acknowledgement": "part of a step of approval",
    "contentplan.RemarkAnswer": "part of a step of approval",
    "contentplan.PostMedia": "part of a revision, where every version is kept",
    "contentplan.Viewing": "who looks at a post now, noise an hour later",
    "contentplan.SavedDraft": "what a person types and has not sent",
    "contentplan.PlanImport": "a table somebody brought; the posts made of it are watched",
    "contentplan.ImportRow": "part of such a table",
    "contentplan.ExportJob": "a file that is gone a day later",
    "contentplan.Placement": "part of a revision, where every version is kept",
    "contentplan.PlanReminder": "written by the task of reminders",
    "moderation.Message": "what citizens wrote; each step is a row of its own",
    "moderation.MessageStep": "the steps of messages, only added to",
    "moderation.MessageImport": "a table somebody brought; the messages made of it stand in the inbox",
    "moderation.MessageImportRow": "part of such a table",
    "moderation.AuthorCheck": "who asked whether a person wrote a message, only added to",
    "moderation.Unmasking": "who looked at personal data, only added to",
    "moderation.ReplyRevision": "numbered versions, only added to",
    "moderation.ReplyReview": "the steps of approval, only added to",
    "moderation.ReplyRemark": "part of a step of approval",
    "moderation.ReplyRemarkAnswer": "part of a step of approval",
    "moderation.ReplyAcknowledgement": "part of a step of approval",
    "moderation.ReplyViewing": "who looks at a reply now, noise an hour later",
    "moderation.ReplyReminder": "written by the task of reminders",
    "compliance.WeekCheck": "written by the weekly check",
    "compliance.Finding": "written by the weekly check",
    "compliance.FindingChange": "the history of findings",
}


def test_no_table_is_forgotten() -> None:
    tables = {model._meta.label for room in ROOMS for model in apps.get_app_config(room).get_models()}
    watched = {model._meta.label for model in owners}

    assert tables - watched == set(RECORDS)

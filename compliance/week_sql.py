"""The SQL of the weekly check, one named piece for each rule; PostgreSQL and SQLite (3.35, newer) read the same text.

Every value is bound, none is formatted in. Parameters: `monday`, `sunday` (dates), `start`, `end`, `now` (moments),
`zone`, the sentences `no_norm`, `opened_in_week`, `part_of_week`.
"""

# Rule 1, procedure, cl. 5: what came out in the week and counts, per account. Summed up before anything is joined,
# so only this week's part of the index `publication_counting_by_week` is read, however long the history is.
PUBLISHED = """
published AS (
    SELECT account_id, COUNT(*) AS published
    FROM contentplan_publication
    WHERE counts AND published_at >= %(start)s AND published_at < %(end)s
    GROUP BY account_id
)"""

# Networks that the law forbids on some day of the week: nobody owes a publication there.
PROHIBITED = """
prohibited AS (
    SELECT status.network_id
    FROM registry_networkstatus status
    WHERE status.status = 'prohibited' AND status.starts_on <= %(sunday)s
      AND NOT EXISTS (
          SELECT 1 FROM registry_networkstatus later
          WHERE later.network_id = status.network_id
            AND later.starts_on > status.starts_on AND later.starts_on <= %(monday)s
      )
)"""

# Whom the check asks: active accounts of this zone's bodies that were kept on some day of the week. A week that was
# checked before stays with the body it was found under: an account that moves takes its past weeks nowhere.
ACCOUNTS = """
asked AS (
    SELECT account.id AS account_id, account.opened_on, found.id AS finding_id,
           COALESCE(found.organization_id, account.organization_id) AS organization_id,
           found.published AS was_published, found.required AS was_required, found.result AS was_result,
           found.reason AS was_reason, found.norm_id AS was_norm_id
    FROM registry_account account
    LEFT JOIN compliance_finding found ON found.account_id = account.id AND found.monday = %(monday)s
    WHERE account.status = 'active'
      AND (account.opened_on IS NULL OR account.opened_on <= %(sunday)s)
      AND (account.closed_on IS NULL OR account.closed_on >= %(monday)s)
      AND account.network_id NOT IN (SELECT network_id FROM prohibited)
)"""

# Rule 2: norms in force on the Monday; within one scope the latest wins.
NORMS = """
in_force AS (
    SELECT id, posts_per_week, account_id, organization_id, kind,
           ROW_NUMBER() OVER (PARTITION BY account_id, organization_id, kind ORDER BY starts_on DESC, id DESC) AS place
    FROM contentplan_norm
    WHERE starts_on <= %(monday)s AND (ends_on IS NULL OR ends_on >= %(monday)s)
),
general AS (
    SELECT id, posts_per_week FROM in_force
    WHERE account_id IS NULL AND organization_id IS NULL AND kind = '' AND place = 1
)"""

# The norm a plan of this week was made under stays its norm.
PLAN_NORMS = """
planned AS (
    SELECT plan.organization_id, own.account_id, own.norm_id, own.posts_per_week
    FROM contentplan_weeklyplan plan
    JOIN contentplan_plannorm own ON own.plan_id = plan.id
    WHERE plan.monday = %(monday)s
)"""

# Rule 3: circumstances that cover at least one day of the week. `body_id` is empty where one account is meant. Within
# one scope a reason for the whole week goes first; one that covers only some of the days says so.
CIRCUMSTANCES = """
in_week AS (
    SELECT id, kind, account_id, CASE WHEN account_id IS NULL THEN organization_id END AS body_id, starts_on, reason,
           starts_on <= %(monday)s AND ends_on >= %(sunday)s AS whole
    FROM compliance_circumstance
    WHERE starts_on <= %(sunday)s AND ends_on >= %(monday)s
),
in_order AS (
    SELECT account_id, body_id, kind,
           CASE WHEN whole THEN reason
                ELSE SUBSTR(reason, 1, 270) || ' (' || %(part_of_week)s || ')' END AS reason,
           ROW_NUMBER() OVER (
               PARTITION BY account_id, body_id, kind
               ORDER BY CASE WHEN whole THEN 0 ELSE 1 END, starts_on, id
           ) AS place
    FROM in_week
),
explained AS (
    SELECT account_id, body_id,
           MAX(CASE WHEN kind = 'exempt' THEN reason END) AS exempt,
           MAX(CASE WHEN kind = 'unverifiable' THEN reason END) AS blind
    FROM in_order
    WHERE place = 1
    GROUP BY account_id, body_id
)"""

# What holds for all accounts of a body: found once for each body, not once for each account.
BODIES = """
bodies AS MATERIALIZED (
    SELECT body.id, explained.exempt, explained.blind,
           COALESCE(of_body.id, of_kind.id, (SELECT id FROM general)) AS norm_id,
           COALESCE(of_body.posts_per_week, of_kind.posts_per_week, (SELECT posts_per_week FROM general)) AS required
    FROM people_organization body
    LEFT JOIN in_force of_body ON of_body.organization_id = body.id AND of_body.place = 1
    LEFT JOIN in_force of_kind ON of_kind.kind = body.kind AND of_kind.place = 1
    LEFT JOIN explained ON explained.body_id = body.id
    WHERE body.is_active AND body.timezone = %(zone)s
)"""

# All of it side by side. The narrowest norm wins (the plan's own, the account's, the body's, the kind's, the general);
# what is said of one account goes before what is said of its whole body.
SIDE_BY_SIDE = """
gathered AS (
    SELECT asked.*,
           COALESCE(published.published, 0) AS published,
           COALESCE(planned.norm_id, of_account.id, bodies.norm_id) AS norm_id,
           COALESCE(planned.posts_per_week, of_account.posts_per_week, bodies.required) AS required,
           COALESCE(explained.exempt, bodies.exempt) AS exempt_reason,
           COALESCE(explained.blind, bodies.blind) AS blind_reason
    FROM asked
    JOIN bodies ON bodies.id = asked.organization_id
    LEFT JOIN published ON published.account_id = asked.account_id
    LEFT JOIN planned ON planned.account_id = asked.account_id AND planned.organization_id = asked.organization_id
    LEFT JOIN in_force of_account ON of_account.account_id = asked.account_id AND of_account.place = 1
    LEFT JOIN explained ON explained.account_id = asked.account_id
)"""

# The verdict. Exempt goes before everything; enough publications are enough even where nobody could verify the rest.
JUDGED = """
judged AS (
    SELECT finding_id, was_published, was_required, was_result, was_reason, was_norm_id,
           account_id, organization_id, norm_id, published, COALESCE(required, 0) AS required,
           CASE WHEN exempt_reason IS NOT NULL OR required IS NULL OR opened_on > %(monday)s THEN 'exempt'
                WHEN published >= required THEN 'kept'
                WHEN blind_reason IS NOT NULL THEN 'not_verified'
                ELSE 'not_kept' END AS result,
           CASE WHEN exempt_reason IS NOT NULL THEN exempt_reason
                WHEN required IS NULL THEN %(no_norm)s
                WHEN opened_on > %(monday)s THEN %(opened_in_week)s
                WHEN published >= required OR blind_reason IS NULL THEN ''
                ELSE blind_reason END AS reason
    FROM gathered
)"""

# Step 1: judge everybody once, keep only what the findings do not say yet. A repeat leaves this table empty.
JUDGE = f"""
CREATE TEMPORARY TABLE week_news AS
WITH {",".join([PUBLISHED, PROHIBITED, ACCOUNTS, NORMS, PLAN_NORMS, CIRCUMSTANCES, BODIES, SIDE_BY_SIDE, JUDGED])}
SELECT finding_id, account_id, organization_id, norm_id, published, required, result, reason
FROM judged
WHERE finding_id IS NULL OR was_published <> published OR was_required <> required OR was_result <> result
   OR was_reason <> reason OR COALESCE(was_norm_id, 0) <> COALESCE(norm_id, 0)
ORDER BY account_id
"""

# Step 2: what the findings said until now goes into the history.
REMEMBER = """
INSERT INTO compliance_findingchange (finding_id, published, required, result, reason, norm_id, found_at, replaced_at)
SELECT finding.id, finding.published, finding.required, finding.result, finding.reason, finding.norm_id,
       finding.found_at, %(now)s
FROM week_news news
JOIN compliance_finding finding ON finding.id = news.finding_id
"""

# Step 3: those findings say what is true now. Their body is never rewritten: a moved account leaves its past weeks.
CORRECT = """
UPDATE compliance_finding
SET norm_id = news.norm_id, published = news.published, required = news.required, result = news.result,
    reason = news.reason, found_at = %(now)s
FROM week_news news
WHERE news.finding_id = compliance_finding.id
"""

# Step 4: findings of accounts that had none. The check holds its week, so nobody else adds them meanwhile; a plain
# INSERT costs a quarter less than one that is ready for conflicts.
STORE = """
INSERT INTO compliance_finding
    (monday, account_id, organization_id, norm_id, published, required, result, reason, found_at)
SELECT %(monday)s, account_id, organization_id, norm_id, published, required, result, reason, %(now)s
FROM week_news
WHERE finding_id IS NULL
"""

FORGET = "DROP TABLE week_news"

# PostgreSQL only, for the transaction: the sums stay in memory; compiling the plan would cost more than it saves.
ROOM_TO_WORK = "SET LOCAL work_mem = '64MB'; SET LOCAL jit = off"

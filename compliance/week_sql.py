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
    SELECT account.id AS account_id, body.id AS organization_id, body.kind, account.opened_on
    FROM registry_account account
    LEFT JOIN compliance_finding found ON found.account_id = account.id AND found.monday = %(monday)s
    JOIN people_organization body ON body.id = COALESCE(found.organization_id, account.organization_id)
    WHERE account.status = 'active'
      AND (account.opened_on IS NULL OR account.opened_on <= %(sunday)s)
      AND (account.closed_on IS NULL OR account.closed_on >= %(monday)s)
      AND body.is_active AND body.timezone = %(zone)s
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
explained AS (
    SELECT account_id, body_id, kind,
           CASE WHEN whole THEN reason
                ELSE SUBSTR(reason, 1, 270) || ' (' || %(part_of_week)s || ')' END AS reason,
           ROW_NUMBER() OVER (
               PARTITION BY account_id, body_id, kind
               ORDER BY CASE WHEN whole THEN 0 ELSE 1 END, starts_on, id
           ) AS place
    FROM in_week
)"""

# All of it side by side. The narrowest norm wins (the plan's own, the account's, the body's, the kind's, the general);
# what is said of one account goes before what is said of its whole body.
SIDE_BY_SIDE = """
gathered AS (
    SELECT asked.account_id, asked.organization_id, asked.opened_on,
           COALESCE(published.published, 0) AS published,
           COALESCE(planned.norm_id, of_account.id, of_body.id, of_kind.id, (SELECT id FROM general)) AS norm_id,
           COALESCE(planned.posts_per_week, of_account.posts_per_week, of_body.posts_per_week,
                    of_kind.posts_per_week, (SELECT posts_per_week FROM general)) AS required,
           COALESCE(exempt.reason, exempt_body.reason) AS exempt_reason,
           COALESCE(blind.reason, blind_body.reason) AS blind_reason
    FROM asked
    LEFT JOIN published ON published.account_id = asked.account_id
    LEFT JOIN planned ON planned.account_id = asked.account_id AND planned.organization_id = asked.organization_id
    LEFT JOIN in_force of_account ON of_account.account_id = asked.account_id AND of_account.place = 1
    LEFT JOIN in_force of_body ON of_body.organization_id = asked.organization_id AND of_body.place = 1
    LEFT JOIN in_force of_kind ON of_kind.kind = asked.kind AND of_kind.place = 1
    LEFT JOIN explained exempt
           ON exempt.account_id = asked.account_id AND exempt.kind = 'exempt' AND exempt.place = 1
    LEFT JOIN explained exempt_body
           ON exempt_body.body_id = asked.organization_id AND exempt_body.kind = 'exempt' AND exempt_body.place = 1
    LEFT JOIN explained blind
           ON blind.account_id = asked.account_id AND blind.kind = 'unverifiable' AND blind.place = 1
    LEFT JOIN explained blind_body
           ON blind_body.body_id = asked.organization_id AND blind_body.kind = 'unverifiable' AND blind_body.place = 1
)"""

# The verdict. Exempt goes before everything; enough publications are enough even where nobody could verify the rest.
JUDGED = """
judged AS (
    SELECT account_id, organization_id, norm_id, published, COALESCE(required, 0) AS required,
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

# "Something changed", of two rows of facts.
DIFFERS = """(
    {old}.published <> {new}.published OR {old}.required <> {new}.required OR {old}.result <> {new}.result
    OR {old}.reason <> {new}.reason OR COALESCE({old}.norm_id, 0) <> COALESCE({new}.norm_id, 0)
)"""

# Step 1: judge everybody once, keep only what the findings do not say yet. A repeat leaves this table empty.
JUDGE = f"""
CREATE TEMPORARY TABLE week_news AS
WITH {",".join([PUBLISHED, PROHIBITED, ACCOUNTS, NORMS, PLAN_NORMS, CIRCUMSTANCES, SIDE_BY_SIDE, JUDGED])}
SELECT judged.account_id, judged.organization_id, judged.norm_id,
       judged.published, judged.required, judged.result, judged.reason
FROM judged
LEFT JOIN compliance_finding finding ON finding.account_id = judged.account_id AND finding.monday = %(monday)s
WHERE finding.id IS NULL OR {DIFFERS.format(old="finding", new="judged")}
ORDER BY judged.account_id
"""

# Step 2: what the findings said until now goes into the history.
REMEMBER = """
INSERT INTO compliance_findingchange (finding_id, published, required, result, reason, norm_id, found_at, replaced_at)
SELECT finding.id, finding.published, finding.required, finding.result, finding.reason, finding.norm_id,
       finding.found_at, %(now)s
FROM week_news news
JOIN compliance_finding finding ON finding.account_id = news.account_id AND finding.monday = %(monday)s
"""

# Step 3: the findings themselves. The body of a finding is never rewritten: a moved account leaves its past weeks.
STORE = f"""
INSERT INTO compliance_finding
    (monday, account_id, organization_id, norm_id, published, required, result, reason, found_at)
SELECT %(monday)s, account_id, organization_id, norm_id, published, required, result, reason, %(now)s
FROM week_news
WHERE true
ON CONFLICT (account_id, monday) DO UPDATE
SET norm_id = excluded.norm_id, published = excluded.published, required = excluded.required,
    result = excluded.result, reason = excluded.reason, found_at = excluded.found_at
WHERE {DIFFERS.format(old="compliance_finding", new="excluded")}
"""

FORGET = "DROP TABLE week_news"

# PostgreSQL only, for the transaction: the sums stay in memory; compiling the plan would cost more than it saves.
ROOM_TO_WORK = "SET LOCAL work_mem = '64MB'; SET LOCAL jit = off"

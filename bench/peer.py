"""The peer: the same count and store as bare SQL in psql, into a plain table. Same publications, same index."""

from bench.database import LAST_MONDAY, psql

WEEK = f"""published_at >= '{LAST_MONDAY} 00:00 Asia/Tomsk'
    AND published_at < '{LAST_MONDAY} 00:00 Asia/Tomsk'::timestamptz + interval '7 days'"""

COUNTED = f"""
    SELECT account.id AS account_id, account.organization_id, coalesce(week.published, 0) AS published
    FROM registry_account account
    LEFT JOIN (SELECT account_id, count(*) AS published FROM contentplan_publication WHERE counts AND {WEEK}
               GROUP BY account_id) week ON week.account_id = account.id
    WHERE account.status = 'active'
"""
CLEAR = """
    DROP TABLE IF EXISTS bare_finding;
    CREATE TABLE bare_finding (account_id bigint, organization_id bigint, monday date, published bigint, required int,
                               kept boolean, found_at timestamptz DEFAULT now(), PRIMARY KEY (account_id, monday))
"""
STORE = f"""
    INSERT INTO bare_finding (account_id, organization_id, monday, published, required, kept)
    SELECT account_id, organization_id, '{LAST_MONDAY}', published, 5, published >= 5 FROM ({COUNTED}) counted
    ON CONFLICT (account_id, monday) DO UPDATE
    SET published = excluded.published, required = excluded.required, kept = excluded.kept, found_at = now()
    WHERE (bare_finding.published, bare_finding.required, bare_finding.kept)
       IS DISTINCT FROM (excluded.published, excluded.required, excluded.kept)
"""


def clear() -> None:
    psql(CLEAR, "CHECKPOINT")


def run() -> float:
    """Count and store, milliseconds as psql's \\timing says."""
    return _timed(STORE)


def count() -> float:
    return _timed(f"SELECT count(*), sum(published) FROM ({COUNTED}) counted")


def _timed(statement: str) -> float:
    answer = psql(r"\timing on", statement)
    line = next(line for line in answer.splitlines() if line.startswith("Time:"))
    return float(line.split()[1])

-- As of when each of Procore's lists is known, and the hooks by which Procore tells of changes. Both are the sync's
-- own; losing them costs requests, never content.

CREATE TABLE freshness (
  unit          TEXT NOT NULL,
  project_id    INTEGER NOT NULL,
  commitment_id INTEGER NOT NULL,
  read_at       INTEGER NOT NULL,
  changed_at    INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (unit, project_id, commitment_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE hook (
  project_id      INTEGER NOT NULL PRIMARY KEY,
  hook_id         TEXT NOT NULL,
  destination_url TEXT NOT NULL,
  position        INTEGER NOT NULL DEFAULT 0,
  checked_at      INTEGER NOT NULL DEFAULT 0
) STRICT;

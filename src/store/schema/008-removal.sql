-- A listing that would take much away at once is a question to a person too: a conflict of a listing (scope), not of a
-- record.

CREATE TABLE conflict_of_either (
  id         INTEGER NOT NULL PRIMARY KEY,
  record_id  INTEGER REFERENCES shared_record (id),
  scope      TEXT,
  field      TEXT NOT NULL,
  base       TEXT,
  local      TEXT,
  remote     TEXT,
  at         INTEGER NOT NULL,
  settled_at INTEGER,
  settled_by TEXT,
  CHECK ((record_id IS NULL) <> (scope IS NULL))
) STRICT;
INSERT INTO conflict_of_either (id, record_id, field, base, local, remote, at, settled_at, settled_by)
SELECT id, record_id, field, base, local, remote, at, settled_at, settled_by FROM conflict;
DROP TABLE conflict;
ALTER TABLE conflict_of_either RENAME TO conflict;
CREATE UNIQUE INDEX conflict_open ON conflict (record_id, field) WHERE settled_at IS NULL AND record_id IS NOT NULL;
CREATE UNIQUE INDEX conflict_open_of_scope ON conflict (scope) WHERE settled_at IS NULL AND scope IS NOT NULL;

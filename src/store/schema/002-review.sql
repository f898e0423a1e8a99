-- What review and matching need to know of a certificate.

-- pending_since: since when it waits for a decision, null once there is one. first_approved_*: one person has approved
-- what counts now, and another one is still to do so, or has done so.
ALTER TABLE certificate ADD COLUMN pending_since INTEGER;
ALTER TABLE certificate ADD COLUMN first_approved_by TEXT;
ALTER TABLE certificate ADD COLUMN first_approved_at INTEGER;
ALTER TABLE certificate ADD COLUMN n_pages INTEGER NOT NULL DEFAULT 0 CHECK (n_pages >= 0);
UPDATE certificate SET pending_since = received_at WHERE review = 'pending';

-- is_reading: the program read it from the document; else made_by typed it. Version 1 is always what was read.
ALTER TABLE certificate_version ADD COLUMN is_reading INTEGER NOT NULL DEFAULT 0 CHECK (is_reading IN (0, 1));
ALTER TABLE certificate_version ADD COLUMN made_by TEXT;
ALTER TABLE certificate_version ADD COLUMN made_at INTEGER;

-- What it may belong to, best first, with the reasons as stable words with commas between.
CREATE TABLE certificate_match (
  certificate_id INTEGER NOT NULL REFERENCES certificate (id),
  position       INTEGER NOT NULL,
  vendor_id      INTEGER REFERENCES vendor (id),
  project_id     INTEGER REFERENCES project (id),
  score          REAL NOT NULL,
  reasons        TEXT NOT NULL,
  PRIMARY KEY (certificate_id, position),
  CHECK ((vendor_id IS NULL) <> (project_id IS NULL))
) STRICT, WITHOUT ROWID;

-- Another document that says the same: kept, and not a certificate of its own.
CREATE TABLE certificate_copy (
  sha256         TEXT NOT NULL REFERENCES document (sha256),
  document_index INTEGER NOT NULL CHECK (document_index >= 0),
  certificate_id INTEGER NOT NULL REFERENCES certificate (id),
  file_name      TEXT,
  received_at    INTEGER NOT NULL,
  PRIMARY KEY (sha256, document_index)
) STRICT, WITHOUT ROWID;
CREATE INDEX certificate_copy_by_certificate ON certificate_copy (certificate_id);

-- By what others like it are found; made from the certificate's content. insured_key: the insured's name as companies
-- are compared, of what counts now. content_key: SHA-256 of what was read, null where that is too little to tell.
CREATE TABLE certificate_key (
  certificate_id INTEGER NOT NULL PRIMARY KEY REFERENCES certificate (id),
  insured_key    TEXT NOT NULL,
  content_key    TEXT
) STRICT;
CREATE INDEX certificate_key_by_insured ON certificate_key (insured_key);
CREATE INDEX certificate_key_by_content ON certificate_key (content_key) WHERE content_key IS NOT NULL;
CREATE INDEX policy_identity_by_number ON policy_identity (number_key) WHERE vendor_id IS NOT NULL;

-- The files of the watched folder that have been looked at, as they were then.
CREATE TABLE watched_file (
  path        TEXT NOT NULL PRIMARY KEY,
  size        INTEGER NOT NULL,
  modified_at INTEGER NOT NULL,
  sha256      TEXT,
  taken_at    INTEGER NOT NULL,
  problem     TEXT
) STRICT;

-- What judging needs more: boxes and dates of policies, where a finding was found and who asks for it, the list of
-- carriers, and the end that a person puts to a waiver.

ALTER TABLE policy ADD COLUMN owner_excluded INTEGER CHECK (owner_excluded IN (0, 1));
ALTER TABLE policy ADD COLUMN retroactive_date INTEGER;
ALTER TABLE policy ADD COLUMN tail TEXT;

-- layer is the place of the requirement set among the verdict's; certificate is its uuid; page is null where the value
-- was not read from one, and so is the box.
ALTER TABLE finding ADD COLUMN subject TEXT;
ALTER TABLE finding ADD COLUMN layer INTEGER;
ALTER TABLE finding ADD COLUMN is_stage INTEGER NOT NULL DEFAULT 0 CHECK (is_stage IN (0, 1));
ALTER TABLE finding ADD COLUMN certificate TEXT;
ALTER TABLE finding ADD COLUMN path TEXT;
ALTER TABLE finding ADD COLUMN page INTEGER;
ALTER TABLE finding ADD COLUMN x0 REAL;
ALTER TABLE finding ADD COLUMN y0 REAL;
ALTER TABLE finding ADD COLUMN x1 REAL;
ALTER TABLE finding ADD COLUMN y1 REAL;

-- Each import is a whole further version; verdicts name the one that they were made with.
CREATE TABLE carrier_list (
  version     INTEGER NOT NULL PRIMARY KEY CHECK (version > 0),
  imported_at INTEGER NOT NULL,
  imported_by TEXT NOT NULL
) STRICT;

CREATE TABLE carrier (
  version INTEGER NOT NULL REFERENCES carrier_list (version),
  naic    TEXT NOT NULL,
  name    TEXT,
  rating  TEXT,
  size    TEXT,
  PRIMARY KEY (version, naic)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER carrier_keeps_update BEFORE UPDATE ON carrier
  BEGIN SELECT RAISE (ABORT, 'a version of the list of carriers never changes'); END;
CREATE TRIGGER carrier_keeps_delete BEFORE DELETE ON carrier
  BEGIN SELECT RAISE (ABORT, 'a version of the list of carriers never changes'); END;

-- A waiver that a person took back holds until then.
ALTER TABLE waiver ADD COLUMN ended_at INTEGER;
ALTER TABLE waiver ADD COLUMN ended_by TEXT;
ALTER TABLE waiver ADD COLUMN ended_why TEXT;

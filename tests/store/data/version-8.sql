PRAGMA application_id = 1128811588;
PRAGMA user_version = 8;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE carrier (
  version INTEGER NOT NULL REFERENCES carrier_list (version),
  naic    TEXT NOT NULL,
  name    TEXT,
  rating  TEXT,
  size    TEXT,
  PRIMARY KEY (version, naic)
) STRICT, WITHOUT ROWID;
INSERT INTO carrier VALUES(1,'10001','Granite Mutual','A','XI');
CREATE TABLE carrier_list (
  version     INTEGER NOT NULL PRIMARY KEY CHECK (version > 0),
  imported_at INTEGER NOT NULL,
  imported_by TEXT NOT NULL
) STRICT;
INSERT INTO carrier_list VALUES(1,1764000000000000,'desk:tester');
CREATE TABLE certificate (
  id             INTEGER NOT NULL PRIMARY KEY,
  uuid           TEXT NOT NULL UNIQUE,
  sha256         TEXT NOT NULL REFERENCES document (sha256),
  document_index INTEGER NOT NULL CHECK (document_index >= 0),
  file_name      TEXT,
  vendor_id      INTEGER REFERENCES vendor (id),
  matched_by     TEXT,
  review         TEXT NOT NULL CHECK (review IN ('pending', 'approved', 'rejected')),
  review_why     TEXT,
  reviewed_by    TEXT,
  reviewed_at    INTEGER,
  received_at    INTEGER NOT NULL,
  read_problem   TEXT,
  version        INTEGER NOT NULL DEFAULT 1, pending_since INTEGER, first_approved_by TEXT, first_approved_at INTEGER, n_pages INTEGER NOT NULL DEFAULT 0 CHECK (n_pages >= 0),
  UNIQUE (sha256, document_index)
) STRICT;
INSERT INTO certificate VALUES(1,'766408e1-7462-4c5d-874e-794b0414b44a','f1b1010de9d77f55f63fadc131f173caa91b0c9c379469f5d390bae19b88c0fb',0,'coi.pdf',201,'legal name','approved',NULL,'desk:test',1795442400000000,1795442400000000,NULL,2,NULL,NULL,NULL,0);
CREATE TABLE certificate_copy (
  sha256         TEXT NOT NULL REFERENCES document (sha256),
  document_index INTEGER NOT NULL CHECK (document_index >= 0),
  certificate_id INTEGER NOT NULL REFERENCES certificate (id),
  file_name      TEXT,
  received_at    INTEGER NOT NULL,
  PRIMARY KEY (sha256, document_index)
) STRICT, WITHOUT ROWID;
CREATE TABLE certificate_field (
  version_id INTEGER NOT NULL REFERENCES certificate_version (id),
  position   INTEGER NOT NULL,
  path       TEXT NOT NULL,
  confidence REAL NOT NULL,
  page       INTEGER NOT NULL,
  x0         REAL NOT NULL,
  y0         REAL NOT NULL,
  x1         REAL NOT NULL,
  y1         REAL NOT NULL, doubts INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (version_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO certificate_field VALUES(1,0,'policies[0].policy_number',0.9000000000000000222,1,1.0,2.0,3.5,4.0,0);
INSERT INTO certificate_field VALUES(2,0,'policies[0].policy_number',0.9000000000000000222,1,1.0,2.0,3.5,4.0,0);
CREATE TABLE certificate_key (
  certificate_id INTEGER NOT NULL PRIMARY KEY REFERENCES certificate (id),
  insured_key    TEXT NOT NULL,
  content_key    TEXT
) STRICT;
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
CREATE TABLE certificate_policy (
  certificate_id INTEGER NOT NULL REFERENCES certificate (id),
  position       INTEGER NOT NULL,
  identity_id    INTEGER NOT NULL REFERENCES policy_identity (id),
  PRIMARY KEY (certificate_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO certificate_policy VALUES(1,0,1);
CREATE TABLE certificate_project (
  certificate_id INTEGER NOT NULL REFERENCES certificate (id),
  project_id     INTEGER NOT NULL REFERENCES project (id),
  PRIMARY KEY (certificate_id, project_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE certificate_version (
  id                        INTEGER NOT NULL PRIMARY KEY,
  certificate_id            INTEGER NOT NULL REFERENCES certificate (id),
  version                   INTEGER NOT NULL CHECK (version > 0),
  form                      TEXT,
  edition                   TEXT,
  date                      INTEGER,
  producer_name             TEXT,
  producer_contact          TEXT,
  producer_phone            TEXT,
  producer_email            TEXT,
  insured_name              TEXT,
  insured_address           TEXT,
  description_of_operations TEXT,
  certificate_number        TEXT,
  revision_number           TEXT,
  holder_name               TEXT,
  holder_address            TEXT, is_reading INTEGER NOT NULL DEFAULT 0 CHECK (is_reading IN (0, 1)), made_by TEXT, made_at INTEGER,
  UNIQUE (certificate_id, version)
) STRICT;
INSERT INTO certificate_version VALUES(1,1,1,NULL,NULL,20458,NULL,NULL,NULL,NULL,'Keystone Electric LLC',NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL);
INSERT INTO certificate_version VALUES(2,1,2,NULL,NULL,20458,NULL,NULL,NULL,NULL,'Keystone Electric, LLC',NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,NULL);
CREATE TABLE commitment (
  id         INTEGER NOT NULL PRIMARY KEY,
  project_id INTEGER NOT NULL REFERENCES project (id),
  vendor_id  INTEGER REFERENCES vendor (id),
  kind       TEXT NOT NULL,
  number     TEXT,
  title      TEXT,
  status     TEXT,
  updated_at TEXT,
  gone       INTEGER NOT NULL DEFAULT 0 CHECK (gone IN (0, 1))
) STRICT;
INSERT INTO commitment VALUES(301,101,201,'work_order_contract',NULL,NULL,NULL,NULL,0);
CREATE TABLE document (
  sha256 TEXT NOT NULL PRIMARY KEY CHECK (length (sha256) = 64),
  size   INTEGER NOT NULL CHECK (size >= 0)
) STRICT, WITHOUT ROWID;
INSERT INTO document VALUES('f1b1010de9d77f55f63fadc131f173caa91b0c9c379469f5d390bae19b88c0fb',18);
CREATE TABLE endorsement (
  version_id INTEGER NOT NULL REFERENCES certificate_version (id),
  position   INTEGER NOT NULL,
  form       TEXT NOT NULL,
  PRIMARY KEY (version_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO endorsement VALUES(1,0,'CG 20 10 04 13');
INSERT INTO endorsement VALUES(2,0,'CG 20 10 04 13');
CREATE TABLE event (
  id         INTEGER NOT NULL PRIMARY KEY,
  at         INTEGER NOT NULL,
  who        TEXT NOT NULL,
  what       TEXT NOT NULL,
  project_id INTEGER NOT NULL,
  vendor_id  INTEGER NOT NULL,
  subject    TEXT,
  detail     TEXT,
  hash       TEXT NOT NULL
) STRICT;
INSERT INTO event VALUES(1,1795442400000000,'desk:test','certificate.added',0,201,'766408e1-7462-4c5d-874e-794b0414b44a',NULL,'223d3e302a9ec37d79caf7b8c97a6ad27dbbef8841f2b70b5149043739c98394');
INSERT INTO event VALUES(2,1795442400000000,'desk:test','verdict.changed',101,201,NULL,'{"from":"missing","to":"non_compliant"}','fa8e6953dc432491b1a0a04ad8ad816766cc8be5fd689814332051b47c63caa9');
INSERT INTO event VALUES(3,1795618514492586,'certholder','sealed',0,0,NULL,replace('certificate:1	f080b8674dc6e8bb35f9bb38 - aebe241b44a283bcc4e850f2 b1088dfa5249f34543a8f503 408284c0aba52024d6a1396f fb5b71b486d286cfd2f1e513 af9a7ae0aaf64bbae2947cd1 2f93b8a9587ad908ddf43821 4335be2d34d4e1ff728e6b1c - - -\nrequirements:1	482032be8691d44c4b3dcb15 b2237618e617e567cef930b3 a218dbbb6eda6b2dc29dd53a\ncarriers:0	0d9fe597abd1b8504cefe043 d0fe081d7af1eef372ba9bf8\nwaivers:201	38fba1d6786dadabf1aef2b1\nverdict:1	e5127010898e8369f3bbbb2d -\nverdict:2	3ac1b4d5cea225b90013065d 77db8f55c342d830337d93e6\nconflict:1	eb4c2a97c62ec5fe8bc86c80\nproject:101	96b623c4c100d4d68da84d93\nproject:102	a6b989903c62b8705df6fdd8\nmembers:101	addf49af6453bf14112f9c75\nvendor:201	b32874b99d0029f8668a31cd 8c4275a7c6bedbfc4e3bfd63\nvendor:202	6e2ad91cbb75e540192b0638 -\ncommitment:301	553c73396bbd93628757e534\ninsurance:55	4ae35a33e40a21171370f7f2 1a20787d039c30018757ab3d\n','\n',char(10)),'2b7548421b942460640801a0ac79a59feeb086cc098a382cc85329b9fce12528');
CREATE TABLE event_head (
  id      INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  last_id INTEGER NOT NULL,
  hash    TEXT NOT NULL
) STRICT;
INSERT INTO event_head VALUES(1,3,'2b7548421b942460640801a0ac79a59feeb086cc098a382cc85329b9fce12528');
CREATE TABLE finding (
  verdict_id INTEGER NOT NULL REFERENCES verdict (id),
  position   INTEGER NOT NULL,
  rule       TEXT NOT NULL,
  coverage   TEXT,
  severity   TEXT NOT NULL,
  expected   TEXT,
  found      TEXT,
  text       TEXT,
  waived     INTEGER NOT NULL CHECK (waived IN (0, 1)), subject TEXT, layer INTEGER, is_stage INTEGER NOT NULL DEFAULT 0 CHECK (is_stage IN (0, 1)), certificate TEXT, path TEXT, page INTEGER, x0 REAL, y0 REAL, x1 REAL, y1 REAL,
  PRIMARY KEY (verdict_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO finding VALUES(2,0,'general_liability.each_occurrence','general_liability','fail','1000000','500000','Too low.',0,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE freshness (
  unit          TEXT NOT NULL,
  project_id    INTEGER NOT NULL,
  commitment_id INTEGER NOT NULL,
  read_at       INTEGER NOT NULL,
  changed_at    INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (unit, project_id, commitment_id)
) STRICT, WITHOUT ROWID;
INSERT INTO freshness VALUES('commitments',101,0,1795442401000000,0);
INSERT INTO freshness VALUES('vendors',0,0,1795442400000000,1795442400000000);
CREATE TABLE hook (
  project_id      INTEGER NOT NULL PRIMARY KEY,
  hook_id         TEXT NOT NULL,
  destination_url TEXT NOT NULL,
  position        INTEGER NOT NULL DEFAULT 0,
  checked_at      INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO hook VALUES(0,'7001','https://desk.example/procore',1795442402000000,1795442403000000);
CREATE TABLE insurance (
  id         INTEGER NOT NULL PRIMARY KEY,
  project_id INTEGER REFERENCES project (id),
  vendor_id  INTEGER REFERENCES vendor (id),
  origin_id  TEXT,
  gone       INTEGER NOT NULL DEFAULT 0 CHECK (gone IN (0, 1))
) STRICT;
INSERT INTO insurance VALUES(55,NULL,201,NULL,0);
CREATE TABLE insurance_field (
  insurance_id INTEGER NOT NULL REFERENCES insurance (id),
  name         TEXT NOT NULL,
  value        TEXT NOT NULL,
  PRIMARY KEY (insurance_id, name)
) STRICT, WITHOUT ROWID;
INSERT INTO insurance_field VALUES(55,'status','compliant');
CREATE TABLE insurer (
  version_id INTEGER NOT NULL REFERENCES certificate_version (id),
  position   INTEGER NOT NULL,
  letter     TEXT,
  name       TEXT,
  naic       TEXT,
  PRIMARY KEY (version_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO insurer VALUES(1,0,'A','Granite Mutual','12345');
INSERT INTO insurer VALUES(2,0,'A','Granite Mutual','12345');
CREATE TABLE membership (
  vendor_id  INTEGER NOT NULL REFERENCES vendor (id),
  project_id INTEGER NOT NULL REFERENCES project (id),
  PRIMARY KEY (vendor_id, project_id)
) STRICT, WITHOUT ROWID;
INSERT INTO membership VALUES(201,101);
CREATE TABLE outbox (
  record_id    INTEGER NOT NULL PRIMARY KEY REFERENCES shared_record (id),
  state        TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'parked')),
  has_sent     INTEGER NOT NULL DEFAULT 0 CHECK (has_sent IN (0, 1)),
  queued_again INTEGER NOT NULL DEFAULT 0 CHECK (queued_again IN (0, 1)),
  attempts     INTEGER NOT NULL DEFAULT 0,
  not_before   INTEGER NOT NULL,
  created_at   INTEGER NOT NULL,
  why          TEXT
) STRICT;
INSERT INTO outbox VALUES(1,'sending',1,0,1,1795442400000000,1795442400000000,NULL);
CREATE TABLE outbox_field (
  record_id INTEGER NOT NULL REFERENCES outbox (record_id) ON DELETE CASCADE,
  name      TEXT NOT NULL,
  value     TEXT NOT NULL,
  PRIMARY KEY (record_id, name)
) STRICT, WITHOUT ROWID;
INSERT INTO outbox_field VALUES(1,'status','compliant');
CREATE TABLE policy (
  version_id            INTEGER NOT NULL REFERENCES certificate_version (id),
  position              INTEGER NOT NULL,
  coverage              TEXT NOT NULL,
  coverage_text         TEXT,
  insurer               TEXT,
  policy_number         TEXT,
  effective             INTEGER,
  expiration            INTEGER,
  additional_insured    INTEGER CHECK (additional_insured IN (0, 1)),
  waiver_of_subrogation INTEGER CHECK (waiver_of_subrogation IN (0, 1)),
  basis                 TEXT,
  aggregate_per         TEXT,
  kind                  TEXT,
  autos                 INTEGER NOT NULL,
  statutory             INTEGER CHECK (statutory IN (0, 1)), owner_excluded INTEGER CHECK (owner_excluded IN (0, 1)), retroactive_date INTEGER, tail TEXT,
  PRIMARY KEY (version_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO policy VALUES(1,0,'general_liability',NULL,'A','GL-1',20454,20819,1,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL);
INSERT INTO policy VALUES(2,0,'general_liability',NULL,'A','GL-1',20454,20819,1,NULL,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL);
CREATE TABLE policy_identity (
  id             INTEGER NOT NULL PRIMARY KEY,
  uuid           TEXT NOT NULL UNIQUE,
  vendor_id      INTEGER REFERENCES vendor (id),
  certificate_id INTEGER REFERENCES certificate (id),
  coverage       TEXT NOT NULL,
  number_key     TEXT NOT NULL,
  effective      INTEGER NOT NULL,
  ordinal        INTEGER NOT NULL,
  CHECK ((vendor_id IS NULL) <> (certificate_id IS NULL))
) STRICT;
INSERT INTO policy_identity VALUES(1,'b9e2e10c-6a0c-4f05-854a-c5d7be52b830',201,NULL,'general_liability','GL1',20454,0);
CREATE TABLE policy_limit (
  version_id INTEGER NOT NULL,
  position   INTEGER NOT NULL,
  name       TEXT NOT NULL,
  amount     INTEGER NOT NULL CHECK (amount >= 0),
  PRIMARY KEY (version_id, position, name),
  FOREIGN KEY (version_id, position) REFERENCES policy (version_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO policy_limit VALUES(1,0,'each_occurrence',500000);
INSERT INTO policy_limit VALUES(2,0,'each_occurrence',500000);
CREATE TABLE project (
  id             INTEGER NOT NULL PRIMARY KEY,
  name           TEXT NOT NULL,
  project_number TEXT,
  stage_id       INTEGER,
  stage_name     TEXT,
  active         INTEGER NOT NULL CHECK (active IN (0, 1)),
  is_demo        INTEGER NOT NULL CHECK (is_demo IN (0, 1)),
  is_template    INTEGER NOT NULL CHECK (is_template IN (0, 1)),
  tz_name        TEXT,
  address        TEXT,
  city           TEXT,
  state_code     TEXT,
  zip            TEXT,
  updated_at     TEXT,
  origin_id      TEXT,
  gone           INTEGER NOT NULL DEFAULT 0 CHECK (gone IN (0, 1))
) STRICT;
INSERT INTO project VALUES(101,'Riverside Tower',NULL,NULL,NULL,1,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
INSERT INTO project VALUES(102,'Harbor School',NULL,NULL,NULL,1,0,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0);
CREATE TABLE requirement_assignment (
  id            INTEGER NOT NULL PRIMARY KEY,
  set_id        INTEGER NOT NULL REFERENCES requirement_set (id),
  scope         TEXT NOT NULL,
  trade         TEXT,
  trade_key     TEXT,
  project_id    INTEGER REFERENCES project (id),
  vendor_id     INTEGER REFERENCES vendor (id),
  commitment_id INTEGER REFERENCES commitment (id),
  CHECK (CASE scope
         WHEN 'company' THEN trade_key IS NULL AND project_id IS NULL AND vendor_id IS NULL AND commitment_id IS NULL
         WHEN 'trade' THEN trade_key IS NOT NULL AND project_id IS NULL AND vendor_id IS NULL AND commitment_id IS NULL
         WHEN 'project' THEN trade_key IS NULL AND project_id IS NOT NULL AND vendor_id IS NULL
                             AND commitment_id IS NULL
         WHEN 'sub_on_project' THEN trade_key IS NULL AND project_id IS NOT NULL AND vendor_id IS NOT NULL
                                    AND commitment_id IS NULL
         WHEN 'commitment' THEN trade_key IS NULL AND project_id IS NULL AND vendor_id IS NULL
                                AND commitment_id IS NOT NULL
         ELSE 0 END)
) STRICT;
INSERT INTO requirement_assignment VALUES(1,1,'trade','Electrical','electrical',NULL,NULL,NULL);
CREATE TABLE requirement_set (
  id   INTEGER NOT NULL PRIMARY KEY,
  uuid TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO requirement_set VALUES(1,'cfababa3-c03e-44ed-895d-9a1e1e9b9125','Standard');
CREATE TABLE requirement_set_version (
  set_id   INTEGER NOT NULL REFERENCES requirement_set (id),
  version  INTEGER NOT NULL CHECK (version > 0),
  body     TEXT NOT NULL,
  added_at INTEGER NOT NULL,
  added_by TEXT NOT NULL,
  PRIMARY KEY (set_id, version)
) STRICT, WITHOUT ROWID;
INSERT INTO requirement_set_version VALUES(1,1,'{"schema":1}',1795442400000000,'desk:test');
CREATE TABLE shared_field (
  record_id INTEGER NOT NULL REFERENCES shared_record (id),
  name      TEXT NOT NULL,
  local     TEXT,
  base      TEXT,
  remote    TEXT,
  PRIMARY KEY (record_id, name)
) STRICT, WITHOUT ROWID;
INSERT INTO shared_field VALUES(1,'status','compliant',NULL,NULL);
CREATE TABLE shared_record (
  id            INTEGER NOT NULL PRIMARY KEY,
  uuid          TEXT NOT NULL UNIQUE,
  kind          TEXT NOT NULL,
  project_id    INTEGER REFERENCES project (id),
  vendor_id     INTEGER REFERENCES vendor (id),
  commitment_id INTEGER REFERENCES commitment (id),
  subject       TEXT,
  procore_id    TEXT,
  has_local     INTEGER NOT NULL CHECK (has_local IN (0, 1)),
  has_base      INTEGER NOT NULL CHECK (has_base IN (0, 1)),
  has_remote    INTEGER NOT NULL CHECK (has_remote IN (0, 1)),
  gone          INTEGER NOT NULL CHECK (gone IN (0, 1)),
  withdrawn     INTEGER NOT NULL CHECK (withdrawn IN (0, 1))
) STRICT;
INSERT INTO shared_record VALUES(1,'fec1ea82-52c8-415c-a8bb-a8923158bc8c','overall',101,201,NULL,NULL,NULL,1,1,0,0,0);
CREATE TABLE stage (
  id       INTEGER NOT NULL PRIMARY KEY,
  name     TEXT NOT NULL,
  category TEXT
) STRICT;
CREATE TABLE state (
  name  TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;
INSERT INTO state VALUES('company_tz','America/New_York');
CREATE TABLE vendor (
  id               INTEGER NOT NULL PRIMARY KEY,
  name             TEXT NOT NULL,
  trade_name       TEXT,
  legal_name       TEXT,
  abbreviated_name TEXT,
  address          TEXT,
  city             TEXT,
  state_code       TEXT,
  zip              TEXT,
  email_address    TEXT,
  business_phone   TEXT,
  license_number   TEXT,
  origin_id        TEXT,
  parent_id        INTEGER,
  is_active        INTEGER NOT NULL CHECK (is_active IN (0, 1)),
  updated_at       TEXT,
  gone             INTEGER NOT NULL DEFAULT 0 CHECK (gone IN (0, 1))
) STRICT;
INSERT INTO vendor VALUES(201,'Keystone Electric LLC',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,NULL,0);
INSERT INTO vendor VALUES(202,'Summit Roofing Inc',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,1,NULL,0);
CREATE TABLE vendor_trade (
  vendor_id INTEGER NOT NULL REFERENCES vendor (id),
  position  INTEGER NOT NULL,
  name      TEXT NOT NULL,
  trade_key TEXT NOT NULL,
  PRIMARY KEY (vendor_id, position)
) STRICT, WITHOUT ROWID;
INSERT INTO vendor_trade VALUES(201,0,'Electrical','electrical');
CREATE TABLE verdict (
  id               INTEGER NOT NULL PRIMARY KEY,
  project_id       INTEGER NOT NULL REFERENCES project (id),
  vendor_id        INTEGER NOT NULL REFERENCES vendor (id),
  commitment_id    INTEGER REFERENCES commitment (id),
  status           TEXT NOT NULL,
  decision         TEXT NOT NULL,
  changes_on       INTEGER,
  has_requirements INTEGER NOT NULL CHECK (has_requirements IN (0, 1)),
  inputs           TEXT,
  judged_at        INTEGER NOT NULL,
  superseded_at    INTEGER CHECK (superseded_at >= judged_at)
, judge_again_on INTEGER) STRICT;
INSERT INTO verdict VALUES(1,101,201,NULL,'missing','missing',NULL,0,NULL,1795442400000000,1795442400000000,NULL);
INSERT INTO verdict VALUES(2,101,201,NULL,'non_compliant','non_compliant',NULL,0,NULL,1795442400000000,NULL,NULL);
CREATE TABLE waiver (
  id         INTEGER NOT NULL PRIMARY KEY,
  uuid       TEXT NOT NULL UNIQUE,
  vendor_id  INTEGER NOT NULL REFERENCES vendor (id),
  project_id INTEGER REFERENCES project (id),
  rule       TEXT,
  until      INTEGER NOT NULL,
  why        TEXT,
  given_by   TEXT NOT NULL,
  given_at   INTEGER NOT NULL
, ended_at INTEGER, ended_by TEXT, ended_why TEXT) STRICT;
INSERT INTO waiver VALUES(1,'ef2cc6c7-1473-4232-bf32-f01bba4353bd',201,101,'general_liability.each_occurrence',20818,'agreed','desk:test',1795442400000000,NULL,NULL,NULL);
CREATE TABLE watched_file (
  path        TEXT NOT NULL PRIMARY KEY,
  size        INTEGER NOT NULL,
  modified_at INTEGER NOT NULL,
  sha256      TEXT,
  taken_at    INTEGER NOT NULL,
  problem     TEXT
) STRICT;
CREATE TABLE IF NOT EXISTS "conflict" (
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
INSERT INTO "conflict" VALUES(1,1,NULL,'notes',NULL,'a','b',1795442400000000,NULL,NULL);
CREATE INDEX membership_by_project ON membership (project_id, vendor_id);
CREATE INDEX commitment_by_project ON commitment (project_id, vendor_id);
CREATE INDEX commitment_by_vendor ON commitment (vendor_id, project_id);
CREATE INDEX insurance_by_vendor ON insurance (vendor_id, project_id);
CREATE INDEX insurance_by_project ON insurance (project_id, vendor_id);
CREATE INDEX certificate_by_vendor ON certificate (vendor_id);
CREATE INDEX certificate_project_by_project ON certificate_project (project_id);
CREATE UNIQUE INDEX policy_identity_of_vendor
  ON policy_identity (vendor_id, coverage, number_key, effective, ordinal) WHERE vendor_id IS NOT NULL;
CREATE UNIQUE INDEX policy_identity_of_certificate
  ON policy_identity (certificate_id, coverage, number_key, effective, ordinal) WHERE certificate_id IS NOT NULL;
CREATE INDEX certificate_policy_by_identity ON certificate_policy (identity_id);
CREATE TRIGGER certificate_version_keeps_update BEFORE UPDATE ON certificate_version
  BEGIN SELECT RAISE (ABORT, 'what was read is kept'); END;
CREATE TRIGGER certificate_version_keeps_delete BEFORE DELETE ON certificate_version
  BEGIN SELECT RAISE (ABORT, 'what was read is kept'); END;
CREATE TRIGGER insurer_keeps_update BEFORE UPDATE ON insurer
  BEGIN SELECT RAISE (ABORT, 'what was read is kept'); END;
CREATE TRIGGER insurer_keeps_delete BEFORE DELETE ON insurer
  BEGIN SELECT RAISE (ABORT, 'what was read is kept'); END;
CREATE TRIGGER policy_keeps_update BEFORE UPDATE ON policy
  BEGIN SELECT RAISE (ABORT, 'what was read is kept'); END;
CREATE TRIGGER policy_keeps_delete BEFORE DELETE ON policy
  BEGIN SELECT RAISE (ABORT, 'what was read is kept'); END;
CREATE TRIGGER policy_limit_keeps_update BEFORE UPDATE ON policy_limit
  BEGIN SELECT RAISE (ABORT, 'what was read is kept'); END;
CREATE TRIGGER policy_limit_keeps_delete BEFORE DELETE ON policy_limit
  BEGIN SELECT RAISE (ABORT, 'what was read is kept'); END;
CREATE TRIGGER endorsement_keeps_update BEFORE UPDATE ON endorsement
  BEGIN SELECT RAISE (ABORT, 'what was read is kept'); END;
CREATE TRIGGER endorsement_keeps_delete BEFORE DELETE ON endorsement
  BEGIN SELECT RAISE (ABORT, 'what was read is kept'); END;
CREATE TRIGGER certificate_field_keeps_update BEFORE UPDATE ON certificate_field
  BEGIN SELECT RAISE (ABORT, 'what was read is kept'); END;
CREATE TRIGGER certificate_field_keeps_delete BEFORE DELETE ON certificate_field
  BEGIN SELECT RAISE (ABORT, 'what was read is kept'); END;
CREATE TRIGGER requirement_set_version_keeps_update BEFORE UPDATE ON requirement_set_version
  BEGIN SELECT RAISE (ABORT, 'a version of a requirement set never changes'); END;
CREATE TRIGGER requirement_set_version_keeps_delete BEFORE DELETE ON requirement_set_version
  BEGIN SELECT RAISE (ABORT, 'a version of a requirement set never changes'); END;
CREATE UNIQUE INDEX requirement_assignment_place ON requirement_assignment
  (scope, coalesce (trade_key, ''), coalesce (project_id, 0), coalesce (vendor_id, 0), coalesce (commitment_id, 0));
CREATE INDEX requirement_assignment_by_set ON requirement_assignment (set_id);
CREATE INDEX waiver_by_vendor ON waiver (vendor_id, project_id);
CREATE UNIQUE INDEX verdict_current
  ON verdict (project_id, vendor_id, coalesce (commitment_id, 0)) WHERE superseded_at IS NULL;
CREATE INDEX verdict_current_by_vendor ON verdict (vendor_id, project_id) WHERE superseded_at IS NULL;
CREATE INDEX verdict_current_by_change ON verdict (changes_on) WHERE superseded_at IS NULL AND changes_on IS NOT NULL;
CREATE INDEX verdict_by_project ON verdict (project_id, judged_at);
CREATE INDEX verdict_by_vendor ON verdict (vendor_id, judged_at);
CREATE UNIQUE INDEX shared_record_place ON shared_record
  (kind, coalesce (project_id, 0), coalesce (vendor_id, 0), coalesce (commitment_id, 0), coalesce (subject, ''));
CREATE UNIQUE INDEX shared_record_in_procore
  ON shared_record (kind, coalesce (project_id, 0), procore_id) WHERE procore_id IS NOT NULL;
CREATE INDEX shared_record_by_vendor ON shared_record (vendor_id);
CREATE INDEX event_by_time ON event (at);
CREATE INDEX event_by_vendor ON event (vendor_id, at);
CREATE TRIGGER event_keeps_update BEFORE UPDATE ON event
  BEGIN SELECT RAISE (ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER event_keeps_delete BEFORE DELETE ON event
  BEGIN SELECT RAISE (ABORT, 'the audit trail is append-only'); END;
CREATE INDEX certificate_copy_by_certificate ON certificate_copy (certificate_id);
CREATE INDEX certificate_key_by_insured ON certificate_key (insured_key);
CREATE INDEX certificate_key_by_content ON certificate_key (content_key) WHERE content_key IS NOT NULL;
CREATE INDEX policy_identity_by_number ON policy_identity (number_key) WHERE vendor_id IS NOT NULL;
CREATE TRIGGER carrier_keeps_update BEFORE UPDATE ON carrier
  BEGIN SELECT RAISE (ABORT, 'a version of the list of carriers never changes'); END;
CREATE TRIGGER carrier_keeps_delete BEFORE DELETE ON carrier
  BEGIN SELECT RAISE (ABORT, 'a version of the list of carriers never changes'); END;
CREATE INDEX verdict_current_by_day ON verdict (judge_again_on)
  WHERE superseded_at IS NULL AND judge_again_on IS NOT NULL;
CREATE INDEX event_sealed ON event (id) WHERE what = 'sealed';
CREATE UNIQUE INDEX conflict_open ON conflict (record_id, field) WHERE settled_at IS NULL AND record_id IS NOT NULL;
CREATE UNIQUE INDEX conflict_open_of_scope ON conflict (scope) WHERE settled_at IS NULL AND scope IS NOT NULL;
COMMIT;

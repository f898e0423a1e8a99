-- Why the reader was not sure of a value (ChDoubt).

ALTER TABLE certificate_field ADD COLUMN doubts INTEGER NOT NULL DEFAULT 0;

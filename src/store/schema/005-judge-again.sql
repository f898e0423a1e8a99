-- The first later day on which anything of a verdict may differ, a waived finding or a warning too; null: none is known
-- beyond changes_on. It is no part of what the verdict says and may be moved.
ALTER TABLE verdict ADD COLUMN judge_again_on INTEGER;
CREATE INDEX verdict_current_by_day ON verdict (judge_again_on)
  WHERE superseded_at IS NULL AND judge_again_on IS NOT NULL;

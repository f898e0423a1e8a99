-- name: get-current-verdict
SELECT id, project_id, vendor_id, commitment_id, status, decision, changes_on, has_requirements, inputs, judged_at,
       superseded_at, judge_again_on
FROM verdict
WHERE project_id = $1 AND vendor_id = $2 AND coalesce (commitment_id, 0) = $3 AND superseded_at IS NULL

-- name: get-last-verdict-end
SELECT coalesce (max (superseded_at), 0) FROM verdict
WHERE project_id = $1 AND vendor_id = $2 AND coalesce (commitment_id, 0) = $3

-- name: list-findings-of-verdict
SELECT verdict_id, rule, coverage, severity, expected, found, text, waived, subject, layer, is_stage, certificate, path,
       page, x0, y0, x1, y1
FROM finding WHERE verdict_id = $1 ORDER BY verdict_id, position

-- name: add-verdict
INSERT INTO verdict (project_id, vendor_id, commitment_id, status, decision, changes_on, has_requirements, inputs,
                     judged_at, judge_again_on)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
RETURNING id

-- name: set-judge-again
UPDATE verdict SET judge_again_on = $1 WHERE id = $2

-- name: supersede-verdict
UPDATE verdict SET superseded_at = $1 WHERE id = $2

-- name: add-finding
INSERT INTO finding (verdict_id, position, rule, coverage, severity, expected, found, text, waived, subject, layer,
                     is_stage, certificate, path, page, x0, y0, x1, y1)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)

-- name: select-verdicts
INSERT INTO selection (id) SELECT id FROM verdict
WHERE superseded_at IS NULL AND ($1 = -1 OR coalesce (commitment_id, 0) = $1)

-- name: select-verdicts-of-project
INSERT INTO selection (id) SELECT id FROM verdict
WHERE superseded_at IS NULL AND ($1 = -1 OR coalesce (commitment_id, 0) = $1) AND project_id = $2

-- name: select-verdicts-of-vendor
INSERT INTO selection (id) SELECT id FROM verdict
WHERE superseded_at IS NULL AND ($1 = -1 OR coalesce (commitment_id, 0) = $1) AND vendor_id = $2

-- name: select-verdicts-of-pair
INSERT INTO selection (id) SELECT id FROM verdict
WHERE superseded_at IS NULL AND ($1 = -1 OR coalesce (commitment_id, 0) = $1) AND project_id = $2 AND vendor_id = $3

-- name: select-verdicts-at
INSERT INTO selection (id) SELECT id FROM verdict
WHERE judged_at <= $1 AND (superseded_at IS NULL OR superseded_at > $1)

-- name: select-verdicts-of-project-at
INSERT INTO selection (id) SELECT id FROM verdict
WHERE judged_at <= $1 AND (superseded_at IS NULL OR superseded_at > $1) AND project_id = $2

-- name: select-verdicts-of-vendor-at
INSERT INTO selection (id) SELECT id FROM verdict
WHERE judged_at <= $1 AND (superseded_at IS NULL OR superseded_at > $1) AND vendor_id = $2

-- name: select-verdicts-of-pair-at
INSERT INTO selection (id) SELECT id FROM verdict
WHERE judged_at <= $1 AND (superseded_at IS NULL OR superseded_at > $1) AND project_id = $2 AND vendor_id = $3

-- name: list-selected-verdicts
SELECT v.id, v.project_id, v.vendor_id, v.commitment_id, v.status, v.decision, v.changes_on, v.has_requirements,
       v.inputs, v.judged_at, v.superseded_at, v.judge_again_on
FROM selection CROSS JOIN verdict AS v
WHERE v.id = selection.id
ORDER BY v.project_id, v.vendor_id, coalesce (v.commitment_id, 0)

-- name: list-selected-findings
SELECT f.verdict_id, f.rule, f.coverage, f.severity, f.expected, f.found, f.text, f.waived, f.subject, f.layer,
       f.is_stage, f.certificate, f.path, f.page, f.x0, f.y0, f.x1, f.y1
FROM selection CROSS JOIN finding AS f
WHERE f.verdict_id = selection.id
ORDER BY f.verdict_id, f.position

-- name: list-standings
SELECT v.project_id, v.vendor_id, v.status, v.changes_on FROM verdict AS v LEFT JOIN project AS p ON p.id = v.project_id
WHERE v.superseded_at IS NULL AND v.commitment_id IS NULL AND coalesce (p.active, 1) = 1
ORDER BY v.project_id, v.vendor_id

-- name: list-lapses
SELECT coalesce (nullif (p.tz_name, ''), nullif ((SELECT value FROM state WHERE name = 'company_tz'), ''), 'UTC')
         AS zone,
       min (coalesce (v.judge_again_on, v.changes_on)) AS day
FROM verdict AS v JOIN project AS p ON p.id = v.project_id
WHERE v.superseded_at IS NULL AND (v.judge_again_on IS NOT NULL OR v.changes_on IS NOT NULL)
  AND p.gone = 0
GROUP BY zone ORDER BY day, zone

-- name: list-lapsed
SELECT v.id, v.project_id, v.vendor_id, v.commitment_id, v.status, v.decision, v.changes_on, v.has_requirements,
       v.inputs, v.judged_at, v.superseded_at, v.judge_again_on
FROM verdict AS v JOIN project AS p ON p.id = v.project_id
WHERE v.superseded_at IS NULL AND coalesce (v.judge_again_on, v.changes_on) <= $1 AND p.gone = 0
  AND coalesce (nullif (p.tz_name, ''), nullif ((SELECT value FROM state WHERE name = 'company_tz'), ''), 'UTC') = $2
ORDER BY coalesce (v.judge_again_on, v.changes_on), v.project_id, v.vendor_id, coalesce (v.commitment_id, 0)

-- name: get-newest-judgement
SELECT coalesce (max (judged_at), 0) FROM verdict

-- name: count-statuses
SELECT status, count (*) FROM verdict WHERE superseded_at IS NULL AND commitment_id IS NULL GROUP BY status

-- name: count-statuses-of-project
SELECT status, count (*) FROM verdict
WHERE superseded_at IS NULL AND commitment_id IS NULL AND project_id = $1 GROUP BY status

-- name: find-set-by-name
SELECT s.id, s.uuid, s.name, v.version, v.body
FROM requirement_set AS s JOIN requirement_set_version AS v ON v.set_id = s.id
WHERE s.name = $1 ORDER BY v.version DESC LIMIT 1

-- name: find-set-by-uuid
SELECT s.id, s.uuid, s.name, v.version, v.body
FROM requirement_set AS s JOIN requirement_set_version AS v ON v.set_id = s.id
WHERE s.uuid = $1 ORDER BY v.version DESC LIMIT 1

-- name: list-sets
SELECT s.id, s.uuid, s.name, v.version, v.body
FROM requirement_set AS s JOIN requirement_set_version AS v ON v.set_id = s.id
WHERE v.version = (SELECT max (n.version) FROM requirement_set_version AS n WHERE n.set_id = s.id)
ORDER BY s.name

-- name: add-set
INSERT INTO requirement_set (uuid, name) VALUES ($1, $2) RETURNING id

-- name: add-set-version
INSERT INTO requirement_set_version (set_id, version, body, added_at, added_by) VALUES ($1, $2, $3, $4, $5)

-- name: has-set
SELECT 1 FROM requirement_set WHERE id = $1

-- name: list-assignments
SELECT set_id, scope, trade, project_id, vendor_id, commitment_id FROM requirement_assignment ORDER BY set_id, id

-- name: list-assignments-of-set
SELECT set_id, scope, trade, project_id, vendor_id, commitment_id
FROM requirement_assignment WHERE set_id = $1 ORDER BY set_id, id

-- name: get-assigned-set
SELECT set_id FROM requirement_assignment
WHERE scope = $1 AND coalesce (trade_key, '') = coalesce ($2, '') AND coalesce (project_id, 0) = coalesce ($3, 0)
  AND coalesce (vendor_id, 0) = coalesce ($4, 0) AND coalesce (commitment_id, 0) = coalesce ($5, 0)

-- name: delete-assignment
DELETE FROM requirement_assignment
WHERE scope = $1 AND coalesce (trade_key, '') = coalesce ($2, '') AND coalesce (project_id, 0) = coalesce ($3, 0)
  AND coalesce (vendor_id, 0) = coalesce ($4, 0) AND coalesce (commitment_id, 0) = coalesce ($5, 0)

-- name: add-assignment
INSERT INTO requirement_assignment (set_id, scope, trade, trade_key, project_id, vendor_id, commitment_id)
VALUES ($1, $2, $3, $4, $5, $6, $7)

-- name: list-layers
SELECT s.id, s.uuid, s.name, v.version, v.body,
       a.scope, a.trade, a.project_id, a.vendor_id, a.commitment_id
FROM (SELECT 1 AS layer, * FROM requirement_assignment WHERE scope = 'company'
      UNION ALL
      SELECT 2 AS layer, * FROM requirement_assignment
      WHERE scope = 'trade' AND coalesce (trade_key, '') IN (SELECT trade_key FROM vendor_trade WHERE vendor_id = $1)
      UNION ALL
      SELECT 3 AS layer, * FROM requirement_assignment
      WHERE scope = 'project' AND coalesce (trade_key, '') = '' AND coalesce (project_id, 0) = $2
      UNION ALL
      SELECT 4 AS layer, * FROM requirement_assignment
      WHERE scope = 'sub_on_project' AND coalesce (trade_key, '') = '' AND coalesce (project_id, 0) = $2
        AND coalesce (vendor_id, 0) = $1
      UNION ALL
      SELECT 5 AS layer, * FROM requirement_assignment
      WHERE scope = 'commitment' AND coalesce (trade_key, '') = '' AND coalesce (project_id, 0) = 0
        AND coalesce (vendor_id, 0) = 0 AND coalesce (commitment_id, 0) = $3) AS a
JOIN requirement_set AS s ON s.id = a.set_id
JOIN requirement_set_version AS v ON v.set_id = s.id
  AND v.version = (SELECT max (n.version) FROM requirement_set_version AS n WHERE n.set_id = s.id)
ORDER BY a.layer, a.trade_key

-- name: add-waiver
INSERT INTO waiver (uuid, vendor_id, project_id, rule, until, why, given_by, given_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)

-- name: list-waivers
SELECT uuid, vendor_id, project_id, rule, until, why, given_by, given_at, ended_at, ended_by, ended_why
FROM waiver WHERE $1 = 0 OR vendor_id = $1 ORDER BY id

-- name: list-waivers-on-project
SELECT uuid, vendor_id, project_id, rule, until, why, given_by, given_at, ended_at, ended_by, ended_why
FROM waiver WHERE ($1 = 0 OR vendor_id = $1) AND (project_id IS NULL OR project_id = $2) ORDER BY id

-- name: find-waiver
SELECT uuid, vendor_id, project_id, rule, until, why, given_by, given_at, ended_at, ended_by, ended_why
FROM waiver WHERE uuid = $1

-- name: end-waiver
UPDATE waiver SET ended_at = $1, ended_by = $2, ended_why = $3 WHERE uuid = $4

-- name: get-set-version
SELECT s.id, s.uuid, s.name, v.version, v.body
FROM requirement_set AS s JOIN requirement_set_version AS v ON v.set_id = s.id
WHERE s.uuid = $1 AND v.version = $2

-- name: put-freshness
INSERT INTO freshness (unit, project_id, commitment_id, read_at, changed_at) VALUES ($1, $2, $3, $4, 0)
ON CONFLICT (unit, project_id, commitment_id) DO UPDATE
SET read_at = excluded.read_at, changed_at = CASE WHEN $5 > 0 THEN $5 ELSE freshness.changed_at END

-- name: list-freshness
SELECT unit, project_id, commitment_id, read_at, changed_at FROM freshness
WHERE project_id = 0 OR project_id IN (SELECT id FROM project WHERE gone = 0)
ORDER BY unit, project_id, commitment_id

-- name: put-hook
INSERT INTO hook (project_id, hook_id, destination_url, position, checked_at) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (project_id) DO UPDATE
SET hook_id = excluded.hook_id, destination_url = excluded.destination_url, position = excluded.position,
    checked_at = excluded.checked_at

-- name: remove-hook
DELETE FROM hook WHERE project_id = $1

-- name: get-hook
SELECT project_id, hook_id, destination_url, position, checked_at FROM hook WHERE project_id = $1

-- name: list-hooks
SELECT project_id, hook_id, destination_url, position, checked_at FROM hook ORDER BY project_id

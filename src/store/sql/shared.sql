-- name: add-shared
INSERT INTO shared_record (uuid, kind, project_id, vendor_id, commitment_id, subject, procore_id, has_local, has_base,
                           has_remote, gone, withdrawn)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
RETURNING id

-- name: update-shared
UPDATE shared_record
SET kind = $1, project_id = $2, vendor_id = $3, commitment_id = $4, subject = $5, procore_id = $6, has_local = $7,
    has_base = $8, has_remote = $9, gone = $10, withdrawn = $11
WHERE id = $12
  AND (kind, project_id, vendor_id, commitment_id, subject, procore_id, has_local, has_base, has_remote, gone,
       withdrawn) IS DISTINCT FROM ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)

-- name: has-shared
SELECT 1 FROM shared_record WHERE id = $1

-- name: put-shared-field
INSERT INTO shared_field (record_id, name, local, base, remote) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (record_id, name) DO UPDATE SET local = excluded.local, base = excluded.base, remote = excluded.remote
WHERE (shared_field.local, shared_field.base, shared_field.remote)
  IS DISTINCT FROM (excluded.local, excluded.base, excluded.remote)

-- name: release-procore-id
UPDATE shared_record SET procore_id = NULL
WHERE kind = $1 AND coalesce (project_id, 0) = $2 AND procore_id = $3 AND id <> $4
RETURNING id

-- name: list-shared-field-names
SELECT name FROM shared_field WHERE record_id = $1 ORDER BY name

-- name: delete-shared-field
DELETE FROM shared_field WHERE record_id = $1 AND name = $2

-- name: select-shared
INSERT INTO selection (id) SELECT id FROM shared_record WHERE id = $1

-- name: select-shared-by-uuid
INSERT INTO selection (id) SELECT id FROM shared_record WHERE uuid = $1

-- name: select-shared-at-place
INSERT INTO selection (id) SELECT id FROM shared_record
WHERE kind = $1 AND coalesce (project_id, 0) = $2 AND coalesce (vendor_id, 0) = $3
  AND coalesce (commitment_id, 0) = $4 AND coalesce (subject, '') = coalesce ($5, '')

-- name: select-shared-of-kind
INSERT INTO selection (id) SELECT id FROM shared_record WHERE kind = $1

-- name: select-shared-of-project
INSERT INTO selection (id) SELECT id FROM shared_record WHERE kind = $1 AND coalesce (project_id, 0) = $2

-- name: select-shared-of-vendor
INSERT INTO selection (id) SELECT id FROM shared_record WHERE kind = $1 AND vendor_id = $2

-- name: select-shared-of-pair
INSERT INTO selection (id) SELECT id FROM shared_record
WHERE kind = $1 AND coalesce (project_id, 0) = $2 AND coalesce (vendor_id, 0) = $3

-- name: list-selected-shared
SELECT r.id, r.uuid, r.kind, r.project_id, r.vendor_id, r.commitment_id, r.subject, r.procore_id, r.has_local,
       r.has_base, r.has_remote, r.gone, r.withdrawn
FROM selection CROSS JOIN shared_record AS r
WHERE r.id = selection.id
ORDER BY r.id

-- name: list-selected-shared-fields
SELECT f.record_id, f.name, f.local, f.base, f.remote
FROM selection CROSS JOIN shared_field AS f
WHERE f.record_id = selection.id
ORDER BY f.record_id, f.name

-- name: get-outbox
SELECT state, queued_again, has_sent FROM outbox WHERE record_id = $1

-- name: add-outbox
INSERT INTO outbox (record_id, state, not_before, created_at) VALUES ($1, 'queued', $2, $2)

-- name: ensure-outbox
INSERT INTO outbox (record_id, state, not_before, created_at) VALUES ($1, 'queued', $2, $2)
ON CONFLICT (record_id) DO NOTHING

-- name: queue-outbox-again
UPDATE outbox SET queued_again = 1 WHERE record_id = $1 AND queued_again = 0

-- name: send-outbox
UPDATE outbox SET state = 'sending', has_sent = $1, queued_again = 0, attempts = attempts + 1 WHERE record_id = $2

-- name: requeue-outbox
UPDATE outbox
SET state = 'queued', has_sent = 0, queued_again = 0, attempts = 0, not_before = $1, created_at = $2, why = $3
WHERE record_id = $4

-- name: retry-outbox
UPDATE outbox SET state = 'queued', has_sent = 0, queued_again = 0, not_before = $1, why = $2 WHERE record_id = $3

-- name: postpone-outbox
UPDATE outbox SET not_before = $1, why = $2 WHERE record_id = $3 AND state <> 'parked'

-- name: learn-outbox
UPDATE outbox SET state = 'queued', has_sent = 0, queued_again = 0 WHERE record_id = $1

-- name: park-outbox
UPDATE outbox SET state = 'parked', has_sent = 0, queued_again = 0, why = $1 WHERE record_id = $2

-- name: delete-outbox
DELETE FROM outbox WHERE record_id = $1

-- name: add-outbox-field
INSERT INTO outbox_field (record_id, name, value) VALUES ($1, $2, $3)

-- name: delete-outbox-fields
DELETE FROM outbox_field WHERE record_id = $1

-- name: list-outbox-fields-of
SELECT name, value FROM outbox_field WHERE record_id = $1 ORDER BY name

-- name: list-outbox
SELECT o.record_id, r.kind, r.project_id, r.vendor_id, r.commitment_id, o.state, o.has_sent, o.attempts, o.not_before,
       o.created_at, o.why, r.gone OR r.withdrawn
FROM outbox AS o JOIN shared_record AS r ON r.id = o.record_id
WHERE NOT ((r.gone OR r.withdrawn) AND o.state = 'sending' AND o.has_sent)
ORDER BY o.created_at, o.record_id

-- name: list-outbox-fields
SELECT record_id, name, value FROM outbox_field ORDER BY record_id, name

-- name: put-conflict
INSERT INTO conflict (record_id, field, base, local, remote, at) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (record_id, field) WHERE settled_at IS NULL AND record_id IS NOT NULL
DO UPDATE SET base = excluded.base, local = excluded.local, remote = excluded.remote, at = excluded.at
WHERE (conflict.base, conflict.local, conflict.remote)
  IS DISTINCT FROM (excluded.base, excluded.local, excluded.remote)
RETURNING id

-- name: put-conflict-of-scope
INSERT INTO conflict (scope, field, base, local, remote, at) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (scope) WHERE settled_at IS NULL AND scope IS NOT NULL
DO UPDATE SET field = excluded.field, base = excluded.base, local = excluded.local, remote = excluded.remote,
              at = excluded.at
WHERE (conflict.field, conflict.base, conflict.local, conflict.remote)
  IS DISTINCT FROM (excluded.field, excluded.base, excluded.local, excluded.remote)
RETURNING id

-- name: settle-conflict
UPDATE conflict SET settled_at = $1, settled_by = $2 WHERE id = $3 AND settled_at IS NULL

-- name: list-conflicts
SELECT id, record_id, field, base, local, remote, at, scope FROM conflict WHERE settled_at IS NULL ORDER BY id

-- name: list-conflicts-of-record
SELECT id, record_id, field, base, local, remote, at, scope
FROM conflict WHERE settled_at IS NULL AND record_id = $1 ORDER BY id

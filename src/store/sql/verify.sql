-- name: count-certificates-without-version
SELECT count (*) FROM certificate AS c
WHERE NOT EXISTS (SELECT 1 FROM certificate_version AS v WHERE v.certificate_id = c.id AND v.version = c.version)

-- name: count-policies-without-identity
SELECT count (*) FROM certificate AS c
JOIN certificate_version AS v ON v.certificate_id = c.id AND v.version = c.version
JOIN policy AS p ON p.version_id = v.id
LEFT JOIN certificate_policy AS k ON k.certificate_id = c.id AND k.position = p.position
WHERE k.identity_id IS NULL

-- name: count-identities-of-another-sub
SELECT count (*) FROM certificate AS c
JOIN certificate_policy AS k ON k.certificate_id = c.id
JOIN policy_identity AS i ON i.id = k.identity_id
WHERE i.vendor_id IS DISTINCT FROM c.vendor_id OR (i.vendor_id IS NULL AND i.certificate_id <> c.id)

-- name: count-overlapping-verdicts
SELECT count (*) FROM verdict AS a JOIN verdict AS b
  ON b.project_id = a.project_id AND b.vendor_id = a.vendor_id
  AND coalesce (b.commitment_id, 0) = coalesce (a.commitment_id, 0) AND b.id > a.id
WHERE a.superseded_at IS NULL OR a.superseded_at > b.judged_at

-- name: list-outbox-rows-with-stray-fields
SELECT DISTINCT r.kind || ' ' || r.uuid
FROM outbox_field AS f JOIN outbox AS o ON o.record_id = f.record_id JOIN shared_record AS r ON r.id = f.record_id
WHERE o.state <> 'sending' OR o.has_sent = 0

-- name: list-outbox-rows-parked-without-why
SELECT r.kind || ' ' || r.uuid FROM outbox AS o JOIN shared_record AS r ON r.id = o.record_id
WHERE o.state = 'parked' AND coalesce (o.why, '') = ''

-- name: list-shared-records-not-queued
SELECT r.kind || ' ' || r.uuid FROM shared_record AS r
WHERE r.gone = 0 AND r.withdrawn = 0 AND r.has_local = 1
  AND NOT EXISTS (SELECT 1 FROM outbox AS o WHERE o.record_id = r.id)
  AND NOT EXISTS (SELECT 1 FROM conflict AS c WHERE c.record_id = r.id AND c.settled_at IS NULL)
  AND EXISTS (SELECT 1 FROM shared_field AS f
              WHERE f.record_id = r.id AND coalesce (f.local, '') <> coalesce (f.base, ''))

-- name: list-shared-records-out-of-step
SELECT r.kind || ' ' || r.uuid FROM shared_record AS r
WHERE r.gone = 0 AND r.withdrawn = 0 AND r.has_base = 1 AND r.has_remote = 1
  AND NOT EXISTS (SELECT 1 FROM outbox AS o WHERE o.record_id = r.id)
  AND NOT EXISTS (SELECT 1 FROM conflict AS c WHERE c.record_id = r.id AND c.settled_at IS NULL)
  AND EXISTS (SELECT 1 FROM shared_field AS f
              WHERE f.record_id = r.id AND f.base IS NOT NULL AND f.base <> coalesce (f.remote, ''))

-- name: list-schema
SELECT type || ' ' || name, sql FROM sqlite_schema
WHERE substr (name, 1, 7) <> 'sqlite_' ORDER BY type, name

-- name: write-copy
VACUUM INTO $1

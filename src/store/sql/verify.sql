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

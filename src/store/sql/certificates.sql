-- name: put-document
INSERT INTO document (sha256, size) VALUES ($1, $2) ON CONFLICT (sha256) DO NOTHING

-- name: list-documents
SELECT sha256, size FROM document ORDER BY sha256

-- name: add-certificate
INSERT INTO certificate (uuid, sha256, document_index, file_name, vendor_id, matched_by, review, review_why,
                         reviewed_by, reviewed_at, received_at, read_problem, pending_since, n_pages)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
RETURNING id

-- name: find-certificate-by-document
SELECT id FROM certificate WHERE sha256 = $1 AND document_index = $2
UNION ALL
SELECT certificate_id FROM certificate_copy WHERE sha256 = $1 AND document_index = $2

-- name: find-certificate-by-uuid
SELECT id FROM certificate WHERE uuid = $1

-- name: get-certificate-sub
SELECT vendor_id, version FROM certificate WHERE id = $1

-- name: set-certificate-sub
UPDATE certificate SET vendor_id = $1, matched_by = $2 WHERE id = $3

-- name: set-certificate-review
UPDATE certificate
SET review = $1, review_why = $2, reviewed_by = $3, reviewed_at = $4, pending_since = $5,
    first_approved_by = CASE WHEN $1 = 'approved' THEN first_approved_by END,
    first_approved_at = CASE WHEN $1 = 'approved' THEN first_approved_at END
WHERE id = $6 AND (review, review_why) IS DISTINCT FROM ($1, $2)

-- name: set-certificate-first-approval
UPDATE certificate SET first_approved_by = $1, first_approved_at = $2 WHERE id = $3

-- name: set-certificate-version
UPDATE certificate SET version = $1, read_problem = NULL, first_approved_by = NULL, first_approved_at = NULL WHERE id = $2

-- name: set-certificate-pages
UPDATE certificate SET n_pages = $1 WHERE id = $2

-- name: list-projects-of-certificate
SELECT project_id FROM certificate_project WHERE certificate_id = $1 ORDER BY project_id

-- name: add-project-of-certificate
INSERT INTO certificate_project (certificate_id, project_id) VALUES ($1, $2) ON CONFLICT DO NOTHING

-- name: delete-projects-of-certificate
DELETE FROM certificate_project WHERE certificate_id = $1

-- name: add-version
INSERT INTO certificate_version (certificate_id, version, form, edition, date, producer_name, producer_contact,
                                 producer_phone, producer_email, insured_name, insured_address,
                                 description_of_operations, certificate_number, revision_number, holder_name,
                                 holder_address, is_reading, made_by, made_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
RETURNING id

-- name: add-insurer
INSERT INTO insurer (version_id, position, letter, name, naic) VALUES ($1, $2, $3, $4, $5)

-- name: add-policy
INSERT INTO policy (version_id, position, coverage, coverage_text, insurer, policy_number, effective, expiration,
                    additional_insured, waiver_of_subrogation, basis, aggregate_per, kind, autos, statutory,
                    owner_excluded, retroactive_date, tail)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)

-- name: add-limit
INSERT INTO policy_limit (version_id, position, name, amount) VALUES ($1, $2, $3, $4)

-- name: add-endorsement
INSERT INTO endorsement (version_id, position, form) VALUES ($1, $2, $3)

-- name: add-certificate-field
INSERT INTO certificate_field (version_id, position, path, confidence, page, x0, y0, x1, y1, doubts)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)

-- name: select-version-as-read
INSERT INTO selection (id)
SELECT id FROM certificate_version
WHERE certificate_id = $1
  AND version = (SELECT coalesce (max (CASE WHEN is_reading = 1 THEN version END), 1)
                 FROM certificate_version WHERE certificate_id = $1)

-- name: select-versions-of-certificate
INSERT INTO selection (id) SELECT id FROM certificate_version WHERE certificate_id = $1

-- name: list-selected-version-makers
SELECT v.id, v.version, v.is_reading, v.made_by, v.made_at
FROM selection CROSS JOIN certificate_version AS v
WHERE v.id = selection.id
ORDER BY v.version

-- name: list-correctors-of-certificate
SELECT DISTINCT made_by FROM certificate_version WHERE certificate_id = $1 AND is_reading = 0 AND made_by IS NOT NULL

-- name: select-certificate
INSERT INTO selection (id)
SELECT v.id FROM certificate AS c JOIN certificate_version AS v ON v.certificate_id = c.id AND v.version = c.version
WHERE c.id = $1

-- name: select-certificates
INSERT INTO selection (id)
SELECT v.id FROM certificate AS c JOIN certificate_version AS v ON v.certificate_id = c.id AND v.version = c.version

-- name: select-certificates-of-vendor
INSERT INTO selection (id)
SELECT v.id FROM certificate AS c JOIN certificate_version AS v ON v.certificate_id = c.id AND v.version = c.version
WHERE c.vendor_id = $1

-- name: select-certificates-without-vendor
INSERT INTO selection (id)
SELECT v.id FROM certificate AS c JOIN certificate_version AS v ON v.certificate_id = c.id AND v.version = c.version
WHERE c.vendor_id IS NULL

-- name: list-selected-certificates
SELECT v.id, c.id, c.uuid, c.sha256, c.document_index, c.file_name, c.vendor_id, c.matched_by, c.review, c.review_why,
       c.reviewed_by, c.reviewed_at, c.received_at, c.read_problem, c.version, c.pending_since, c.first_approved_by,
       c.first_approved_at, c.n_pages
FROM selection CROSS JOIN certificate_version AS v CROSS JOIN certificate AS c
WHERE v.id = selection.id AND c.id = v.certificate_id
ORDER BY c.received_at, c.id

-- name: list-selected-certificate-projects
SELECT v.id, p.project_id
FROM selection CROSS JOIN certificate_version AS v CROSS JOIN certificate_project AS p
WHERE v.id = selection.id AND p.certificate_id = v.certificate_id
ORDER BY v.id, p.project_id

-- name: list-selected-policy-uuids
SELECT v.id, i.uuid
FROM selection CROSS JOIN certificate_version AS v
CROSS JOIN certificate_policy AS p
CROSS JOIN policy_identity AS i
WHERE v.id = selection.id AND p.certificate_id = v.certificate_id AND i.id = p.identity_id
ORDER BY v.id, p.position

-- name: list-selected-versions
SELECT v.id, v.form, v.edition, v.date, v.producer_name, v.producer_contact, v.producer_phone, v.producer_email,
       v.insured_name, v.insured_address, v.description_of_operations, v.certificate_number, v.revision_number,
       v.holder_name, v.holder_address
FROM selection CROSS JOIN certificate_version AS v
WHERE v.id = selection.id
ORDER BY v.id

-- name: list-selected-insurers
SELECT i.version_id, i.letter, i.name, i.naic
FROM selection CROSS JOIN insurer AS i
WHERE i.version_id = selection.id
ORDER BY i.version_id, i.position

-- name: list-selected-policies
SELECT p.version_id, p.position, p.coverage, p.coverage_text, p.insurer, p.policy_number, p.effective, p.expiration,
       p.additional_insured, p.waiver_of_subrogation, p.basis, p.aggregate_per, p.kind, p.autos, p.statutory,
       p.owner_excluded, p.retroactive_date, p.tail
FROM selection CROSS JOIN policy AS p
WHERE p.version_id = selection.id
ORDER BY p.version_id, p.position

-- name: list-selected-limits
SELECT l.version_id, l.position, l.name, l.amount
FROM selection CROSS JOIN policy_limit AS l
WHERE l.version_id = selection.id
ORDER BY l.version_id, l.position

-- name: list-selected-endorsements
SELECT e.version_id, e.form
FROM selection CROSS JOIN endorsement AS e
WHERE e.version_id = selection.id
ORDER BY e.version_id, e.position

-- name: list-selected-certificate-fields
SELECT f.version_id, f.path, f.confidence, f.page, f.x0, f.y0, f.x1, f.y1, f.doubts
FROM selection CROSS JOIN certificate_field AS f
WHERE f.version_id = selection.id
ORDER BY f.version_id, f.position

-- name: find-identity-of-vendor
SELECT id, uuid FROM policy_identity
WHERE vendor_id = $1 AND coverage = $2 AND number_key = $3 AND effective = $4 AND ordinal = $5

-- name: find-identity-of-certificate
SELECT id, uuid FROM policy_identity
WHERE certificate_id = $1 AND coverage = $2 AND number_key = $3 AND effective = $4 AND ordinal = $5

-- name: add-identity
INSERT INTO policy_identity (uuid, vendor_id, certificate_id, coverage, number_key, effective, ordinal)
VALUES ($1, $2, $3, $4, $5, $6, $7)
RETURNING id

-- name: move-identity
UPDATE policy_identity
SET vendor_id = $1, certificate_id = $2, coverage = $3, number_key = $4, effective = $5, ordinal = $6
WHERE id = $7

-- name: list-identities-of-certificate
SELECT p.identity_id, i.uuid, i.vendor_id, i.coverage, i.number_key, i.effective, i.ordinal,
       (SELECT count (DISTINCT o.certificate_id) FROM certificate_policy AS o WHERE o.identity_id = p.identity_id)
FROM certificate_policy AS p JOIN policy_identity AS i ON i.id = p.identity_id
WHERE p.certificate_id = $1 ORDER BY p.position

-- name: delete-policies-of-certificate
DELETE FROM certificate_policy WHERE certificate_id = $1

-- name: add-policy-of-certificate
INSERT INTO certificate_policy (certificate_id, position, identity_id) VALUES ($1, $2, $3)

-- name: get-certificate-field
SELECT f.page, f.x0, f.y0, f.x1, f.y1
FROM certificate AS c
JOIN certificate_version AS v ON v.certificate_id = c.id AND v.version = c.version
JOIN certificate_field AS f ON f.version_id = v.id
WHERE c.id = $1 AND f.path = $2

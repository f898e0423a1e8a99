-- name: put-certificate-key
INSERT INTO certificate_key (certificate_id, insured_key, content_key) VALUES ($1, $2, $3)
ON CONFLICT (certificate_id) DO UPDATE SET insured_key = excluded.insured_key, content_key = excluded.content_key

-- name: put-certificate-insured-key
INSERT INTO certificate_key (certificate_id, insured_key) VALUES ($1, $2)
ON CONFLICT (certificate_id) DO UPDATE SET insured_key = excluded.insured_key

-- name: list-certificates-without-key
SELECT c.id FROM certificate AS c
WHERE NOT EXISTS (SELECT 1 FROM certificate_key AS k WHERE k.certificate_id = c.id) ORDER BY c.id

-- name: list-certificates-by-content
SELECT k.certificate_id FROM certificate_key AS k JOIN certificate AS c ON c.id = k.certificate_id
WHERE k.content_key = $1 AND (c.n_pages = $2 OR c.n_pages = 0 OR $2 = 0)
ORDER BY k.certificate_id

-- name: list-vendors-of-insured
SELECT DISTINCT c.vendor_id FROM certificate_key AS k JOIN certificate AS c ON c.id = k.certificate_id
WHERE k.insured_key = $1 AND c.review = 'approved' AND c.vendor_id IS NOT NULL
ORDER BY c.vendor_id

-- name: list-vendors-of-policy-number
SELECT DISTINCT i.vendor_id FROM policy_identity AS i
JOIN certificate_policy AS p ON p.identity_id = i.id
JOIN certificate AS c ON c.id = p.certificate_id
WHERE i.number_key = $1 AND i.coverage = $2 AND i.vendor_id IS NOT NULL
  AND c.review = 'approved' AND c.vendor_id = i.vendor_id
ORDER BY i.vendor_id

-- name: list-waiting-of-insured
SELECT c.id FROM certificate_key AS k JOIN certificate AS c ON c.id = k.certificate_id
WHERE k.insured_key = $1 AND c.vendor_id IS NULL AND c.review = 'pending'
ORDER BY c.id

-- name: delete-certificate-matches
DELETE FROM certificate_match WHERE certificate_id = $1

-- name: add-certificate-match
INSERT INTO certificate_match (certificate_id, position, vendor_id, project_id, score, reasons)
VALUES ($1, $2, $3, $4, $5, $6)

-- name: list-certificate-matches
SELECT vendor_id, project_id, score, reasons FROM certificate_match WHERE certificate_id = $1 ORDER BY position

-- name: add-certificate-copy
INSERT INTO certificate_copy (sha256, document_index, certificate_id, file_name, received_at)
VALUES ($1, $2, $3, $4, $5)

-- name: list-certificate-copies
SELECT sha256, document_index, file_name, received_at FROM certificate_copy
WHERE certificate_id = $1 ORDER BY received_at, sha256, document_index

-- name: put-watched-file
INSERT INTO watched_file (path, size, modified_at, sha256, taken_at, problem) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (path) DO UPDATE SET size = excluded.size, modified_at = excluded.modified_at, sha256 = excluded.sha256,
                                 taken_at = excluded.taken_at, problem = excluded.problem

-- name: list-watched-files
SELECT path, size, modified_at, sha256 FROM watched_file ORDER BY path

-- What the audit trail vouches for, record by record (ch-seal.c). $1 is the record's id, or its name. A column that is
-- NULL is left out, and so is one whose name here ends with "?" and that is 0: a later version of the schema may add
-- columns that no seal of an earlier one knows.

-- name: has-seals
SELECT 1 FROM event WHERE what = 'sealed' LIMIT 1

-- name: has-seals-of
SELECT 1 FROM event WHERE what = 'sealed' AND (detail LIKE $1 OR detail LIKE $2) ORDER BY id LIMIT 1

-- name: list-ids-of-certificate
SELECT id FROM certificate ORDER BY id

-- name: describe-certificate
SELECT uuid || coalesce (' (' || file_name || ')', '') FROM certificate WHERE id = $1

-- name: seal-certificate
SELECT uuid, sha256, document_index, file_name, vendor_id, matched_by, review, review_why, reviewed_by, reviewed_at,
       received_at, read_problem, version, pending_since, first_approved_by, first_approved_at, n_pages AS "n_pages?"
FROM certificate WHERE id = $1

-- name: seal-certificate-projects
SELECT project_id FROM certificate_project WHERE certificate_id = $1 ORDER BY project_id

-- name: seal-certificate-versions
SELECT version, form, edition, date, producer_name, producer_contact, producer_phone, producer_email, insured_name,
       insured_address, description_of_operations, certificate_number, revision_number, holder_name, holder_address,
       is_reading AS "is_reading?", made_by, made_at
FROM certificate_version WHERE certificate_id = $1 ORDER BY version

-- name: seal-insurers
SELECT v.version, c.position, c.letter, c.name, c.naic
FROM certificate_version AS v JOIN insurer AS c ON c.version_id = v.id
WHERE v.certificate_id = $1 ORDER BY v.version, c.position

-- name: seal-policies
SELECT v.version, c.position, c.coverage, c.coverage_text, c.insurer, c.policy_number, c.effective, c.expiration,
       c.additional_insured, c.waiver_of_subrogation, c.basis, c.aggregate_per, c.kind, c.autos, c.statutory,
       c.owner_excluded, c.retroactive_date, c.tail
FROM certificate_version AS v JOIN policy AS c ON c.version_id = v.id
WHERE v.certificate_id = $1 ORDER BY v.version, c.position

-- name: seal-limits
SELECT v.version, c.position, c.name, c.amount
FROM certificate_version AS v JOIN policy_limit AS c ON c.version_id = v.id
WHERE v.certificate_id = $1 ORDER BY v.version, c.position, c.name

-- name: seal-endorsements
SELECT v.version, c.position, c.form
FROM certificate_version AS v JOIN endorsement AS c ON c.version_id = v.id
WHERE v.certificate_id = $1 ORDER BY v.version, c.position

-- name: seal-certificate-fields
SELECT v.version, c.position, c.path, c.confidence, c.page, c.x0, c.y0, c.x1, c.y1, c.doubts AS "doubts?"
FROM certificate_version AS v JOIN certificate_field AS c ON c.version_id = v.id
WHERE v.certificate_id = $1 ORDER BY v.version, c.position

-- name: seal-policy-identities
SELECT p.position, c.uuid, c.vendor_id, c.certificate_id, c.coverage, c.number_key, c.effective, c.ordinal
FROM certificate_policy AS p JOIN policy_identity AS c ON c.id = p.identity_id
WHERE p.certificate_id = $1 ORDER BY p.position

-- name: seal-certificate-matches
SELECT position, vendor_id, project_id, score, reasons FROM certificate_match WHERE certificate_id = $1 ORDER BY position

-- name: seal-certificate-copies
SELECT sha256, document_index, file_name, received_at FROM certificate_copy
WHERE certificate_id = $1 ORDER BY sha256, document_index

-- name: seal-certificate-key
SELECT insured_key, content_key FROM certificate_key WHERE certificate_id = $1

-- name: list-ids-of-requirement-set
SELECT id FROM requirement_set ORDER BY id

-- name: describe-requirement-set
SELECT name FROM requirement_set WHERE id = $1

-- name: seal-requirement-set
SELECT uuid, name FROM requirement_set WHERE id = $1

-- name: seal-requirement-set-versions
SELECT version, body, added_at, added_by FROM requirement_set_version WHERE set_id = $1 ORDER BY version

-- name: seal-requirement-assignments
SELECT scope, trade, trade_key, project_id, vendor_id, commitment_id FROM requirement_assignment
WHERE set_id = $1
ORDER BY scope, trade_key, project_id, vendor_id, commitment_id

-- name: list-ids-of-carriers
SELECT 0 WHERE EXISTS (SELECT 1 FROM carrier_list)

-- name: describe-carriers
SELECT count (*) FROM carrier_list WHERE $1 = 0

-- name: seal-carrier-lists
SELECT version, imported_at, imported_by FROM carrier_list WHERE $1 = 0 ORDER BY version

-- name: seal-carriers
SELECT version, naic, name, rating, size FROM carrier WHERE $1 = 0 ORDER BY version, naic

-- name: list-ids-of-waivers
SELECT DISTINCT vendor_id FROM waiver ORDER BY vendor_id

-- name: seal-waivers
SELECT id, uuid, project_id, rule, until, why, given_by, given_at, ended_at, ended_by, ended_why FROM waiver
WHERE vendor_id = $1 ORDER BY id

-- name: list-ids-of-verdict
SELECT id FROM verdict ORDER BY id

-- name: describe-verdict
SELECT '#' || v.id || ' (' || coalesce (s.name, '?') || ', ' || coalesce (p.name, '?') || ')'
FROM verdict AS v LEFT JOIN vendor AS s ON s.id = v.vendor_id LEFT JOIN project AS p ON p.id = v.project_id
WHERE v.id = $1

-- name: seal-verdict
SELECT project_id, vendor_id, commitment_id, status, decision, changes_on, has_requirements, inputs, judged_at,
       superseded_at
FROM verdict WHERE id = $1

-- name: seal-findings
SELECT position, rule, coverage, severity, expected, found, text, waived, subject, layer, is_stage AS "is_stage?",
       certificate, path, page, x0, y0, x1, y1
FROM finding WHERE verdict_id = $1 ORDER BY position

-- name: list-ids-of-conflict
SELECT id FROM conflict ORDER BY id

-- name: describe-conflict
SELECT '#' || id || ' (' || field || ')' FROM conflict WHERE id = $1

-- name: seal-conflict
SELECT record_id, scope, field, base, local, remote, at, settled_at, settled_by FROM conflict WHERE id = $1

-- name: list-ids-of-setting
SELECT name FROM state
WHERE name IN ('company_id', 'company_name', 'notify_subs', 'watched_folder')
   OR substr (name, 1, 6) = 'place.' OR substr (name, 1, 7) = 'review.' OR substr (name, 1, 8) = 'procore.'
ORDER BY name

-- name: describe-setting
SELECT name FROM state WHERE name = $1

-- name: seal-setting
SELECT value FROM state WHERE name = $1

-- name: list-ids-of-stages
SELECT 0 WHERE EXISTS (SELECT 1 FROM stage)

-- name: describe-stages
SELECT count (*) FROM stage WHERE $1 = 0

-- name: seal-stages
SELECT id, name, category FROM stage WHERE $1 = 0 ORDER BY id

-- name: list-ids-of-project
SELECT id FROM project ORDER BY id

-- name: describe-project
SELECT name FROM project WHERE id = $1

-- name: seal-project
SELECT name, project_number, stage_id, stage_name, active, is_demo, is_template, tz_name, address, city, state_code, zip,
       updated_at, origin_id, gone
FROM project WHERE id = $1

-- name: list-ids-of-members
SELECT DISTINCT project_id FROM membership ORDER BY project_id

-- name: seal-members
SELECT vendor_id FROM membership WHERE project_id = $1 ORDER BY vendor_id

-- name: list-ids-of-vendor
SELECT id FROM vendor ORDER BY id

-- name: describe-vendor
SELECT name FROM vendor WHERE id = $1

-- name: seal-vendor
SELECT name, trade_name, legal_name, abbreviated_name, address, city, state_code, zip, email_address, business_phone,
       license_number, origin_id, parent_id, is_active, updated_at, gone
FROM vendor WHERE id = $1

-- name: seal-vendor-trades
SELECT position, name, trade_key FROM vendor_trade WHERE vendor_id = $1 ORDER BY position

-- name: list-ids-of-commitment
SELECT id FROM commitment ORDER BY id

-- name: describe-commitment
SELECT coalesce (number, '#' || id) FROM commitment WHERE id = $1

-- name: seal-commitment
SELECT project_id, vendor_id, kind, number, title, status, updated_at, gone FROM commitment WHERE id = $1

-- name: list-ids-of-shared
SELECT id FROM shared_record ORDER BY id

-- name: describe-shared
SELECT kind || ' ' || uuid FROM shared_record WHERE id = $1

-- name: seal-shared
SELECT uuid, kind, project_id, vendor_id, commitment_id, subject, procore_id, has_local, has_base, has_remote, gone,
       withdrawn
FROM shared_record WHERE id = $1

-- name: list-ids-of-insurance
SELECT id FROM insurance ORDER BY id

-- name: describe-insurance
SELECT '#' || id FROM insurance WHERE id = $1

-- name: seal-insurance
SELECT project_id, vendor_id, origin_id, gone FROM insurance WHERE id = $1

-- name: seal-insurance-fields
SELECT name, value FROM insurance_field WHERE insurance_id = $1 ORDER BY name

-- name: put-stage
INSERT INTO stage (id, name, category) VALUES ($1, $2, $3)
ON CONFLICT (id) DO UPDATE SET name = excluded.name, category = excluded.category
WHERE (stage.name, stage.category) IS DISTINCT FROM (excluded.name, excluded.category)

-- name: list-stages
SELECT id, name, category FROM stage ORDER BY id

-- name: put-project
INSERT INTO project (id, name, project_number, stage_id, stage_name, active, is_demo, is_template, tz_name, address,
                     city, state_code, zip, updated_at, origin_id, gone)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 0)
ON CONFLICT (id) DO UPDATE SET
  name = excluded.name, project_number = excluded.project_number, stage_id = excluded.stage_id,
  stage_name = excluded.stage_name, active = excluded.active, is_demo = excluded.is_demo,
  is_template = excluded.is_template, tz_name = excluded.tz_name, address = excluded.address, city = excluded.city,
  state_code = excluded.state_code, zip = excluded.zip, updated_at = excluded.updated_at,
  origin_id = excluded.origin_id, gone = 0
WHERE (project.name, project.project_number, project.stage_id, project.stage_name, project.active, project.is_demo,
       project.is_template, project.tz_name, project.address, project.city, project.state_code, project.zip,
       project.updated_at, project.origin_id, project.gone)
  IS DISTINCT FROM
      (excluded.name, excluded.project_number, excluded.stage_id, excluded.stage_name, excluded.active,
       excluded.is_demo, excluded.is_template, excluded.tz_name, excluded.address, excluded.city, excluded.state_code,
       excluded.zip, excluded.updated_at, excluded.origin_id, excluded.gone)

-- name: get-project
SELECT id, name, project_number, stage_id, stage_name, active, is_demo, is_template, tz_name, address, city,
       state_code, zip, updated_at, origin_id
FROM project WHERE id = $1

-- name: list-projects
SELECT id, name, project_number, stage_id, stage_name, active, is_demo, is_template, tz_name, address, city,
       state_code, zip, updated_at, origin_id
FROM project WHERE gone = 0 ORDER BY name, id

-- name: list-active-projects
SELECT id, name, project_number, stage_id, stage_name, active, is_demo, is_template, tz_name, address, city,
       state_code, zip, updated_at, origin_id
FROM project WHERE gone = 0 AND active = 1 ORDER BY name, id

-- name: get-stage-category
SELECT stage.category FROM project LEFT JOIN stage ON stage.id = project.stage_id WHERE project.id = $1

-- name: mark-project-gone
UPDATE project SET gone = 1 WHERE id = $1 AND gone = 0

-- name: has-working-project
SELECT 1 FROM project WHERE id = $1 AND active = 1 AND is_template = 0 AND gone = 0

-- name: has-project
SELECT 1 FROM project WHERE id = $1

-- name: put-vendor
INSERT INTO vendor (id, name, trade_name, legal_name, abbreviated_name, address, city, state_code, zip, email_address,
                    business_phone, license_number, origin_id, parent_id, is_active, updated_at, gone)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 0)
ON CONFLICT (id) DO UPDATE SET
  name = excluded.name, trade_name = excluded.trade_name, legal_name = excluded.legal_name,
  abbreviated_name = excluded.abbreviated_name, address = excluded.address, city = excluded.city,
  state_code = excluded.state_code, zip = excluded.zip, email_address = excluded.email_address,
  business_phone = excluded.business_phone, license_number = excluded.license_number,
  origin_id = excluded.origin_id, parent_id = excluded.parent_id, is_active = excluded.is_active,
  updated_at = excluded.updated_at, gone = 0
WHERE (vendor.name, vendor.trade_name, vendor.legal_name, vendor.abbreviated_name, vendor.address, vendor.city,
       vendor.state_code, vendor.zip, vendor.email_address, vendor.business_phone, vendor.license_number,
       vendor.origin_id, vendor.parent_id, vendor.is_active, vendor.updated_at, vendor.gone)
  IS DISTINCT FROM
      (excluded.name, excluded.trade_name, excluded.legal_name, excluded.abbreviated_name, excluded.address,
       excluded.city, excluded.state_code, excluded.zip, excluded.email_address, excluded.business_phone,
       excluded.license_number, excluded.origin_id, excluded.parent_id, excluded.is_active, excluded.updated_at,
       excluded.gone)

-- name: get-vendor
SELECT id, name, trade_name, legal_name, abbreviated_name, address, city, state_code, zip, email_address,
       business_phone, license_number, origin_id, parent_id, is_active, updated_at
FROM vendor WHERE id = $1

-- name: list-vendors
SELECT id, name, trade_name, legal_name, abbreviated_name, address, city, state_code, zip, email_address,
       business_phone, license_number, origin_id, parent_id, is_active, updated_at
FROM vendor WHERE gone = 0 ORDER BY name, id

-- name: list-project-vendors
SELECT id, name, trade_name, legal_name, abbreviated_name, address, city, state_code, zip, email_address,
       business_phone, license_number, origin_id, parent_id, is_active, updated_at
FROM vendor WHERE gone = 0 AND id IN (SELECT vendor_id FROM membership WHERE project_id = $1) ORDER BY name, id

-- name: list-trades-of-vendor
SELECT vendor_id, name FROM vendor_trade WHERE vendor_id = $1 ORDER BY position

-- name: list-trades-of-project
SELECT vendor_trade.vendor_id, vendor_trade.name
FROM membership JOIN vendor_trade ON vendor_trade.vendor_id = membership.vendor_id
WHERE membership.project_id = $1 ORDER BY vendor_trade.vendor_id, vendor_trade.position

-- name: list-trades
SELECT vendor_id, name FROM vendor_trade ORDER BY vendor_id, position

-- name: delete-trades
DELETE FROM vendor_trade WHERE vendor_id = $1

-- name: add-trade
INSERT INTO vendor_trade (vendor_id, position, name, trade_key) VALUES ($1, $2, $3, $4)

-- name: is-vendor-gone
SELECT 1 FROM vendor WHERE id = $1 AND gone = 1

-- name: mark-vendor-gone
UPDATE vendor SET gone = 1 WHERE id = $1 AND gone = 0

-- name: has-vendor
SELECT 1 FROM vendor WHERE id = $1

-- name: list-memberships-of-vendor
SELECT project_id FROM membership WHERE vendor_id = $1 ORDER BY project_id

-- name: list-memberships-of-project
SELECT vendor_id FROM membership WHERE project_id = $1 ORDER BY vendor_id

-- name: list-vendor-projects
SELECT membership.project_id FROM membership JOIN project ON project.id = membership.project_id
WHERE membership.vendor_id = $1 AND project.gone = 0 ORDER BY membership.project_id

-- name: list-memberships
SELECT membership.vendor_id, membership.project_id FROM membership JOIN project ON project.id = membership.project_id
WHERE project.gone = 0 ORDER BY membership.vendor_id, membership.project_id

-- name: add-membership
INSERT INTO membership (vendor_id, project_id) VALUES ($1, $2)

-- name: delete-membership
DELETE FROM membership WHERE vendor_id = $1 AND project_id = $2

-- name: put-commitment
INSERT INTO commitment (id, project_id, vendor_id, kind, number, title, status, updated_at, gone)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0)
ON CONFLICT (id) DO UPDATE SET
  project_id = excluded.project_id, vendor_id = excluded.vendor_id,
  kind = CASE WHEN excluded.kind = 'unknown' THEN commitment.kind ELSE excluded.kind END, number = excluded.number,
  title = excluded.title, status = excluded.status, updated_at = coalesce (excluded.updated_at, commitment.updated_at),
  gone = 0
WHERE (commitment.project_id, commitment.vendor_id, commitment.kind, commitment.number, commitment.title,
       commitment.status, commitment.updated_at, commitment.gone)
  IS DISTINCT FROM
      (excluded.project_id, excluded.vendor_id,
       CASE WHEN excluded.kind = 'unknown' THEN commitment.kind ELSE excluded.kind END, excluded.number, excluded.title,
       excluded.status, coalesce (excluded.updated_at, commitment.updated_at), excluded.gone)

-- name: list-commitments
SELECT id, project_id, vendor_id, kind, number, title, status, updated_at
FROM commitment WHERE gone = 0 ORDER BY project_id, id

-- name: list-commitments-of-project
SELECT id, project_id, vendor_id, kind, number, title, status, updated_at
FROM commitment WHERE gone = 0 AND project_id = $1 ORDER BY project_id, id

-- name: list-commitments-of-vendor
SELECT id, project_id, vendor_id, kind, number, title, status, updated_at
FROM commitment WHERE gone = 0 AND vendor_id = $1 ORDER BY project_id, id

-- name: list-commitments-of-pair
SELECT id, project_id, vendor_id, kind, number, title, status, updated_at
FROM commitment WHERE gone = 0 AND project_id = $1 AND vendor_id = $2 ORDER BY project_id, id

-- name: mark-commitment-gone
UPDATE commitment SET gone = 1 WHERE id = $1 AND gone = 0

-- name: has-commitment
SELECT 1 FROM commitment WHERE id = $1

-- name: put-insurance
INSERT INTO insurance (id, project_id, vendor_id, origin_id, gone) VALUES ($1, $2, $3, $4, 0)
ON CONFLICT (id) DO UPDATE SET
  project_id = excluded.project_id, vendor_id = excluded.vendor_id, origin_id = excluded.origin_id, gone = 0
WHERE (insurance.project_id, insurance.vendor_id, insurance.origin_id, insurance.gone)
  IS DISTINCT FROM (excluded.project_id, excluded.vendor_id, excluded.origin_id, excluded.gone)

-- name: list-fields-of-insurance
SELECT insurance_id, name, value FROM insurance_field WHERE insurance_id = $1 ORDER BY name

-- name: delete-fields-of-insurance
DELETE FROM insurance_field WHERE insurance_id = $1

-- name: add-field-of-insurance
INSERT INTO insurance_field (insurance_id, name, value) VALUES ($1, $2, $3)

-- name: select-insurances
INSERT INTO selection (id) SELECT id FROM insurance WHERE gone = 0

-- name: select-insurances-of-vendor
INSERT INTO selection (id) SELECT id FROM insurance WHERE gone = 0 AND vendor_id = $1

-- name: select-insurances-of-company
INSERT INTO selection (id) SELECT id FROM insurance WHERE gone = 0 AND project_id IS NULL

-- name: select-insurances-of-company-and-vendor
INSERT INTO selection (id) SELECT id FROM insurance WHERE gone = 0 AND project_id IS NULL AND vendor_id = $1

-- name: select-insurances-of-project
INSERT INTO selection (id) SELECT id FROM insurance WHERE gone = 0 AND project_id = $1

-- name: select-insurances-of-pair
INSERT INTO selection (id) SELECT id FROM insurance WHERE gone = 0 AND project_id = $1 AND vendor_id = $2

-- name: list-selected-insurances
SELECT insurance.id, insurance.project_id, insurance.vendor_id, insurance.origin_id
FROM selection CROSS JOIN insurance
WHERE insurance.id = selection.id
ORDER BY selection.id

-- name: list-selected-insurance-fields
SELECT insurance_field.insurance_id, insurance_field.name, insurance_field.value
FROM selection CROSS JOIN insurance_field
WHERE insurance_field.insurance_id = selection.id
ORDER BY selection.id, insurance_field.name

-- name: mark-insurance-gone
UPDATE insurance SET gone = 1 WHERE id = $1 AND gone = 0

-- name: has-insurance
SELECT 1 FROM insurance WHERE id = $1

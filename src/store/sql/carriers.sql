-- name: get-carrier-version
SELECT coalesce (max (version), 0) FROM carrier_list

-- name: add-carrier-list
INSERT INTO carrier_list (version, imported_at, imported_by) VALUES ($1, $2, $3)

-- name: add-carrier
INSERT INTO carrier (version, naic, name, rating, size) VALUES ($1, $2, $3, $4, $5)

-- name: list-carriers
SELECT naic, name, rating, size FROM carrier WHERE version = $1 ORDER BY naic

-- name: get-carrier
SELECT naic, name, rating, size FROM carrier WHERE version = $1 AND naic = $2

-- name: get-event-head
SELECT last_id, hash FROM event_head WHERE id = 1

-- name: set-event-head
UPDATE event_head SET last_id = $1, hash = $2 WHERE id = 1

-- name: add-event
INSERT INTO event (id, at, who, what, project_id, vendor_id, subject, detail, hash)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)

-- name: list-events
SELECT id, at, who, what, project_id, vendor_id, subject, detail, hash
FROM event WHERE at >= $1 AND what <> 'sealed' ORDER BY id LIMIT $2

-- name: list-events-of-vendor
SELECT id, at, who, what, project_id, vendor_id, subject, detail, hash
FROM event WHERE at >= $1 AND vendor_id = $2 AND what <> 'sealed' ORDER BY id LIMIT $3

-- name: list-latest-events
SELECT id, at, who, what, project_id, vendor_id, subject, detail, hash
FROM event WHERE what <> 'sealed' ORDER BY id DESC LIMIT $1

-- name: list-latest-events-of-vendor
SELECT id, at, who, what, project_id, vendor_id, subject, detail, hash
FROM event WHERE vendor_id = $1 AND what <> 'sealed' ORDER BY at DESC, id DESC LIMIT $2

-- name: list-whole-trail
SELECT id, at, who, what, project_id, vendor_id, subject, detail, hash FROM event ORDER BY id

-- name: get-event-at
SELECT id, hash FROM event WHERE at <= $1 ORDER BY id DESC LIMIT 1

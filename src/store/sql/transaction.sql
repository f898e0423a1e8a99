-- name: begin-write
BEGIN IMMEDIATE

-- name: begin-read
BEGIN

-- name: commit
COMMIT

-- name: rollback
ROLLBACK

-- name: begin-step
SAVEPOINT step

-- name: end-step
RELEASE SAVEPOINT step

-- name: undo-step
ROLLBACK TO SAVEPOINT step

-- name: clear-selection
DELETE FROM selection

-- name: get-state
SELECT value FROM state WHERE name = $1

-- name: put-state
INSERT INTO state (name, value) VALUES ($1, $2)
ON CONFLICT (name) DO UPDATE SET value = excluded.value WHERE state.value <> excluded.value

-- name: delete-state
DELETE FROM state WHERE name = $1

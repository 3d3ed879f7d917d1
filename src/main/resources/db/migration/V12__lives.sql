-- Whoever claims a message says in which life of which process: a number, behind which stands a lock
-- of the database's that ends with the process. What an ended life had claimed is given back.
CREATE SEQUENCE lives AS integer;
ALTER TABLE outbox ADD COLUMN claimed_by integer;
CREATE INDEX outbox_claimed ON outbox (claimed_by) WHERE state = 'SENDING';

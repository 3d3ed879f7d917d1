-- A point can come from a store that another journal wrote, and then no run of this one made it.
ALTER TABLE points DROP CONSTRAINT points_id_fkey;
ALTER TABLE points
  ADD COLUMN origin text NOT NULL DEFAULT 'RUN' CHECK (origin IN ('RUN', 'STORE'));
ALTER TABLE proofs DROP CONSTRAINT proofs_run_id_fkey;

-- A copy that should be in a store and is not has a row too. seen_at is when the store last said
-- that the object is there, read_at when every byte of it was last read and agreed. Whoever works
-- on a copy claims it, by this server's now().
ALTER TABLE copies DROP CONSTRAINT copies_state_check;
ALTER TABLE copies
  ADD CONSTRAINT copies_state_check CHECK
    (state IN ('GOOD', 'PROVEN', 'SUSPECT', 'CORRUPT', 'MISSING', 'EXPIRING', 'DELETED')),
  ADD COLUMN seen_at timestamptz,
  ADD COLUMN read_at timestamptz,
  ADD COLUMN problem text,
  ADD COLUMN claimed_until timestamptz;
CREATE INDEX copies_in_trouble ON copies (state) WHERE state IN ('SUSPECT', 'CORRUPT', 'MISSING');

-- When each store was last listed from end to end, and what was there.
CREATE TABLE store_scans (
  store      text PRIMARY KEY,
  scanned_at timestamptz NOT NULL,
  objects    bigint NOT NULL,
  bytes      bigint NOT NULL
);

-- The process that a run lives in; it is known to be gone when its lock is.
ALTER TABLE runs ADD COLUMN life integer;

ALTER TABLE runs DROP CONSTRAINT runs_kind_check;
ALTER TABLE runs ADD CONSTRAINT runs_kind_check CHECK
  (kind IN ('BACKUP', 'VERIFY', 'RESTORE', 'PRUNE', 'SWEEP', 'COPY', 'DRILL'));

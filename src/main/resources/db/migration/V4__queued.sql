-- A run that was asked for stands here before it begins.
ALTER TABLE runs DROP CONSTRAINT runs_state_check, DROP CONSTRAINT runs_check, DROP CONSTRAINT runs_check1;
ALTER TABLE runs
  ADD CONSTRAINT runs_state_check CHECK (state IN
    ('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'ABANDONED', 'CANCELLED', 'SKIPPED')),
  ADD CONSTRAINT runs_open_or_ended CHECK ((state IN ('QUEUED', 'RUNNING')) = (ended_at IS NULL)),
  ADD CONSTRAINT runs_failures_say_why CHECK (state IN ('QUEUED', 'RUNNING', 'SUCCEEDED')
    OR (failure_code IS NOT NULL AND failure IS NOT NULL));

DROP INDEX runs_running;
CREATE INDEX runs_open ON runs (alive_until) WHERE state IN ('QUEUED', 'RUNNING');

CREATE OR REPLACE FUNCTION keep_ended_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.state NOT IN ('QUEUED', 'RUNNING') THEN
    RAISE EXCEPTION 'run % has ended and is kept as it is', OLD.id;
  END IF;
  RETURN NEW;
END $$;

-- What happened: runs, leases, fires, pauses, messages on their way, and the audit chain.
-- Leases and claims go by this server's now(); every other time is the service's own clock.

CREATE TABLE runs (
  id               text PRIMARY KEY,
  kind             text NOT NULL CHECK (kind IN ('BACKUP', 'VERIFY', 'RESTORE')),
  system           text NOT NULL,
  asset            text NOT NULL,
  state            text NOT NULL
    CHECK (state IN ('RUNNING', 'SUCCEEDED', 'FAILED', 'ABANDONED', 'CANCELLED', 'SKIPPED')),
  started_by       text NOT NULL,
  actor            text NOT NULL,
  fire_time        timestamptz,
  token            bigint NOT NULL DEFAULT 0,
  point            text,
  started_at       timestamptz NOT NULL,
  ended_at         timestamptz,
  alive_until      timestamptz NOT NULL,
  cancel_asked_by  text,
  phase            text,
  bytes            bigint,
  expected_bytes   bigint,
  bytes_per_second bigint,
  eta_seconds      bigint,
  failure_code     text,
  failure          text,
  CHECK ((state = 'RUNNING') = (ended_at IS NULL)),
  CHECK (state IN ('RUNNING', 'SUCCEEDED') OR (failure_code IS NOT NULL AND failure IS NOT NULL))
);
CREATE INDEX runs_of_asset ON runs (system, asset, id DESC);
CREATE INDEX runs_of_fire ON runs (system, asset, fire_time) WHERE fire_time IS NOT NULL;
CREATE INDEX runs_running ON runs (alive_until) WHERE state = 'RUNNING';

-- A run that has ended stays as it ended, and is never removed.
CREATE FUNCTION keep_ended_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.state <> 'RUNNING' THEN
    RAISE EXCEPTION 'run % has ended and is kept as it is', OLD.id;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER runs_kept BEFORE UPDATE OR DELETE ON runs
  FOR EACH ROW EXECUTE FUNCTION keep_ended_run();

-- One row per asset for ever, so that its fencing token only grows; run_id is null while it is free.
CREATE TABLE leases (
  system     text NOT NULL,
  asset      text NOT NULL,
  token      bigint NOT NULL DEFAULT 0,
  run_id     text REFERENCES runs (id) DEFERRABLE INITIALLY DEFERRED,
  expires_at timestamptz,
  PRIMARY KEY (system, asset)
);
CREATE FUNCTION grow_token() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR NEW.token < OLD.token THEN
    RAISE EXCEPTION 'the fencing token of %/% only grows', OLD.system, OLD.asset;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER leases_grow BEFORE UPDATE OR DELETE ON leases
  FOR EACH ROW EXECUTE FUNCTION grow_token();

-- An asset is fired once per moment, whichever node or schedule asks.
CREATE TABLE fires (
  system      text NOT NULL,
  asset       text NOT NULL,
  fire_time   timestamptz NOT NULL,
  schedule    text NOT NULL,
  outcome     text NOT NULL CHECK (outcome IN ('DUE', 'MISSED', 'PAUSED')),
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (system, asset, fire_time)
);
CREATE INDEX fires_due ON fires (fire_time) WHERE outcome = 'DUE';

-- How far each schedule has come; a new one begins where it was first seen.
CREATE TABLE schedules (
  system    text NOT NULL,
  asset     text NOT NULL,
  schedule  text NOT NULL,
  last_fire timestamptz NOT NULL,
  PRIMARY KEY (system, asset, schedule)
);

-- An empty asset stands for the whole system.
CREATE TABLE pauses (
  system text NOT NULL,
  asset  text NOT NULL,
  actor  text NOT NULL,
  since  timestamptz NOT NULL,
  PRIMARY KEY (system, asset)
);

CREATE TABLE outbox (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  channel         text NOT NULL,
  run_id          text NOT NULL,
  event           jsonb NOT NULL,
  state           text NOT NULL DEFAULT 'WAITING'
    CHECK (state IN ('WAITING', 'SENDING', 'DELIVERED', 'DEAD')),
  attempts        integer NOT NULL DEFAULT 0,
  created_at      timestamptz NOT NULL,
  next_attempt_at timestamptz NOT NULL DEFAULT now(),
  claimed_until   timestamptz,
  delivered_at    timestamptz,
  receipt         text,
  error           text
);
CREATE INDEX outbox_claim ON outbox (channel, next_attempt_at, id)
  WHERE state IN ('WAITING', 'SENDING');
CREATE INDEX outbox_of_run ON outbox (run_id, id);

-- detail is text, not jsonb: the hash is over its exact characters.
CREATE TABLE audit (
  entry    bigint PRIMARY KEY,
  at       timestamptz NOT NULL,
  actor    text NOT NULL,
  action   text NOT NULL,
  subject  text NOT NULL,
  detail   text NOT NULL,
  previous text NOT NULL,
  hash     text NOT NULL UNIQUE
);
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP;
END $$;
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER runs_never_emptied BEFORE TRUNCATE ON runs
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

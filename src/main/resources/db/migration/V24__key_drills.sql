-- Which key opened which point, tried on purpose; never changed, so that nobody can have tried.
CREATE TABLE key_drills (
  number      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  drill       text NOT NULL,
  at          timestamptz NOT NULL,
  actor       text NOT NULL,
  fingerprint text NOT NULL,
  system      text NOT NULL,
  asset       text NOT NULL,
  point       text NOT NULL,
  store       text,
  outcome     text NOT NULL CHECK (outcome IN ('PASS', 'FAIL', 'COULD_NOT_DRILL')),
  reason      text NOT NULL CHECK (outcome = 'PASS' OR reason <> ''),
  bytes       bigint NOT NULL,
  seconds     double precision NOT NULL
);
CREATE INDEX key_drills_of ON key_drills (system, asset, number DESC);
CREATE INDEX key_drills_together ON key_drills (drill, number);
CREATE TRIGGER key_drills_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON key_drills
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What is let go: who holds which point, which are on their way out, who agreed to many at once,
-- which rules were in force, and until when the clock was believed.

CREATE TABLE holds (
  id          text PRIMARY KEY,
  point       text NOT NULL REFERENCES points (id),
  reason      text NOT NULL CHECK (reason <> ''),
  actor       text NOT NULL,
  since       timestamptz NOT NULL,
  released_at timestamptz,
  released_by text,
  release     text,
  noted       boolean NOT NULL DEFAULT false,
  CHECK ((released_at IS NULL) = (released_by IS NULL) AND (released_at IS NULL) = (release IS NULL))
);
CREATE INDEX holds_open ON holds (point) WHERE released_at IS NULL;
CREATE TRIGGER holds_never_removed BEFORE DELETE OR TRUNCATE ON holds
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- One row for each time a point began to go; before is the state that it had. From removing_at on
-- its objects may be gone. A row ends once: the point is gone, or it came back. Here as with holds,
-- noted says that the signed document of it lies beside every copy.
CREATE TABLE expiries (
  id           text PRIMARY KEY,
  point        text NOT NULL REFERENCES points (id),
  before       text NOT NULL,
  reason       text NOT NULL,
  actor        text NOT NULL,
  approval     text,
  begun_at     timestamptz NOT NULL,
  remove_after timestamptz NOT NULL CHECK (remove_after >= begun_at),
  removing_at  timestamptz,
  problem      text,
  noted        boolean NOT NULL DEFAULT false,
  ended_at     timestamptz,
  ended_by     text,
  outcome      text CHECK (outcome IN ('REMOVED', 'TAKEN_BACK')),
  CHECK ((ended_at IS NULL) = (outcome IS NULL)),
  CHECK (outcome IS DISTINCT FROM 'REMOVED' OR removing_at IS NOT NULL)
);
CREATE UNIQUE INDEX expiries_open ON expiries (point) WHERE ended_at IS NULL;
CREATE TRIGGER expiries_never_removed BEFORE DELETE OR TRUNCATE ON expiries
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The points that somebody was asked about, one id a line; the id of the row is the hash of them.
CREATE TABLE removal_approvals (
  id          text PRIMARY KEY CHECK (id ~ '^[0-9a-f]{64}$'),
  system      text NOT NULL,
  asset       text NOT NULL,
  points      text NOT NULL,
  asked_at    timestamptz NOT NULL,
  asked_by    text NOT NULL,
  expires_at  timestamptz NOT NULL,
  approved_at timestamptz,
  approved_by text,
  CHECK ((approved_at IS NULL) = (approved_by IS NULL))
);
CREATE INDEX removal_approvals_of_asset ON removal_approvals (system, asset);

-- The rules of each asset as they were first seen; the newest row is in force.
CREATE TABLE retention_rules (
  system text NOT NULL,
  asset  text NOT NULL,
  since  timestamptz NOT NULL,
  rules  text NOT NULL,
  PRIMARY KEY (system, asset, since)
);

-- One row: the newest time of the service's clock that was believed, and when one was not.
CREATE TABLE clock_seen (
  one        boolean PRIMARY KEY DEFAULT true CHECK (one),
  at         timestamptz NOT NULL,
  refused_at timestamptz
);

-- A daily pass is made once, whichever node comes first.
CREATE TABLE retention_passes (
  due      timestamptz PRIMARY KEY,
  begun_at timestamptz NOT NULL
);

-- Points that came from a store, of which the notes beside them were read.
CREATE TABLE recalled_points (
  point text PRIMARY KEY REFERENCES points (id)
);

-- Recovery points, where they rest, and what proved them.

CREATE TABLE points (
  id            text PRIMARY KEY REFERENCES runs (id),
  system        text NOT NULL,
  asset         text NOT NULL,
  state         text NOT NULL
    CHECK (state IN ('GOOD', 'PROVEN', 'SUSPECT', 'CORRUPT', 'EXPIRING', 'DELETED')),
  token         bigint NOT NULL,
  at            timestamptz NOT NULL,
  finished_at   timestamptz NOT NULL,
  plain_bytes   bigint NOT NULL CHECK (plain_bytes > 0),
  plain_sha256  text NOT NULL CHECK (plain_sha256 ~ '^[0-9a-f]{64}$'),
  sealed_bytes  bigint NOT NULL CHECK (sealed_bytes > 0),
  sealed_sha256 text NOT NULL CHECK (sealed_sha256 ~ '^[0-9a-f]{64}$'),
  manifest      text NOT NULL,
  signature     text NOT NULL
);
CREATE INDEX points_of_asset ON points (system, asset, at DESC);

-- The copy of a point in one store; key is the data object's, below the store's prefix. Place 0 is
-- the primary copy.
CREATE TABLE copies (
  point    text NOT NULL REFERENCES points (id),
  place    integer NOT NULL,
  store    text NOT NULL,
  key      text NOT NULL,
  state    text NOT NULL
    CHECK (state IN ('GOOD', 'PROVEN', 'SUSPECT', 'CORRUPT', 'EXPIRING', 'DELETED')),
  bytes    bigint NOT NULL,
  checksum text,
  etag     text NOT NULL,
  PRIMARY KEY (point, store)
);

CREATE TABLE proofs (
  run_id          text PRIMARY KEY REFERENCES runs (id),
  point           text NOT NULL REFERENCES points (id),
  verdict         text NOT NULL CHECK (verdict IN ('PASS', 'FAIL', 'COULD_NOT_VERIFY')),
  reason          text NOT NULL CHECK (verdict = 'PASS' OR reason <> ''),
  started_at      timestamptz NOT NULL,
  ended_at        timestamptz NOT NULL,
  restore_seconds double precision NOT NULL,
  answers         text NOT NULL
);
CREATE INDEX proofs_of_point ON proofs (point, ended_at DESC);

-- A point is never forgotten: what is gone from the stores is marked DELETED.
CREATE TRIGGER points_never_removed BEFORE DELETE OR TRUNCATE ON points
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER copies_never_removed BEFORE DELETE OR TRUNCATE ON copies
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER proofs_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON proofs
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

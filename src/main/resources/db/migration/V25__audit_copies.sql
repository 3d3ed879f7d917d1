-- How far the audit is copied to each store, and what came of comparing all copies with it. The copies
-- themselves are the truth: they are listed anew each time.
CREATE TABLE audit_copies (
  store   text PRIMARY KEY,
  through bigint NOT NULL,
  at      timestamptz NOT NULL
);
CREATE TABLE audit_comparisons (
  number   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at       timestamptz NOT NULL,
  complete boolean NOT NULL,
  problems text[] NOT NULL
);

-- Events as they were delivered. One is accepted once its row is committed; a worker takes the waiting ones
-- in the order they came. What cannot be read, or did not prove its sender, is kept aside with the reason.
CREATE TABLE receipts (
  arrival     bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id          text NOT NULL UNIQUE,
  sender      text NOT NULL,
  format      text NOT NULL,
  delivery    text,
  received_at timestamptz NOT NULL,
  sent_at     timestamptz,
  body        text NOT NULL CHECK (octet_length(body) <= 262144),
  attributes  jsonb NOT NULL DEFAULT '{}',
  state       text NOT NULL CHECK (state IN ('WAITING', 'DONE', 'QUARANTINED')),
  tries       integer NOT NULL DEFAULT 0,
  due_at      timestamptz NOT NULL DEFAULT now(),
  reason      text,
  duplicates  bigint NOT NULL DEFAULT 0,
  settled_at  timestamptz,
  CHECK ((state = 'WAITING') = (settled_at IS NULL)),
  CHECK (state <> 'QUARANTINED' OR reason IS NOT NULL)
);

-- The same delivery once more is counted and not kept. What did not prove its sender has no delivery here:
-- a forger who guesses an id must not keep the true event out.
CREATE UNIQUE INDEX receipts_delivery ON receipts (sender, delivery) WHERE delivery IS NOT NULL;
CREATE INDEX receipts_waiting ON receipts (arrival) WHERE state = 'WAITING';
CREATE INDEX receipts_quarantined ON receipts (arrival DESC) WHERE state = 'QUARANTINED';
CREATE INDEX receipts_settled ON receipts (settled_at) WHERE state <> 'WAITING';

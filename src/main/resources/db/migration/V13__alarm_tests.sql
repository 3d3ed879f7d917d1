-- Tests of the way from an event to the channels. What each channel answered stands in the outbox,
-- in the messages that have the test's id in place of an incident's.
CREATE TABLE alarm_tests (
  id         text PRIMARY KEY,
  due_at     timestamptz UNIQUE,     -- the daily time it was made for; null where a person asked
  asked_by   text NOT NULL,
  started_at timestamptz NOT NULL,
  deadline   timestamptz NOT NULL,
  channels   text[] NOT NULL,
  taken_at   timestamptz,            -- its event was read, and its messages were written
  ended_at   timestamptz,
  outcome    text CHECK (outcome IN ('CONFIRMED', 'UNCONFIRMED')),
  CHECK ((ended_at IS NULL) = (outcome IS NULL))
);
CREATE INDEX alarm_tests_newest ON alarm_tests (started_at DESC, id DESC);

-- Why a message last failed, kept also once it was delivered.
ALTER TABLE outbox ADD COLUMN failure text;
CREATE INDEX outbox_delivered ON outbox (channel, delivered_at) WHERE state = 'DELIVERED';
CREATE INDEX outbox_failed ON outbox (channel, failed_at) WHERE failed_at IS NOT NULL;
CREATE INDEX outbox_open ON outbox (channel, created_at) WHERE state IN ('WAITING', 'SENDING', 'DEAD');

-- What is over is not expected to be over any more; the timeline keeps what was said.
UPDATE incidents SET estimate = NULL WHERE state = 'RESOLVED';

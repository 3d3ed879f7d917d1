-- What is wrong, who knows of it, and what was done about it. The audit has every transition too.
CREATE TABLE incidents (
  id               text PRIMARY KEY,
  system           text,
  scope            text NOT NULL,  -- alarms of one scope may belong together: see Correlation
  region           text NOT NULL,
  spared           text,           -- a channel that must not be used, because it is the trouble
  situation        text NOT NULL,
  severity         text NOT NULL,
  title            text NOT NULL,
  text             text NOT NULL,
  state            text NOT NULL CHECK (state IN ('OPEN', 'ACKNOWLEDGED', 'RESOLVED')),
  opened_by        text NOT NULL,
  began_at         timestamptz NOT NULL,  -- by the first event
  opened_at        timestamptz NOT NULL,
  clock_from       timestamptz NOT NULL,  -- escalation counts from here: opened, or reopened
  last_alarm_at    timestamptz NOT NULL,
  level            integer NOT NULL DEFAULT 0,  -- the highest told since clock_from
  told_at          timestamptz,
  acknowledged_at  timestamptz,
  acknowledged_by  text,
  acknowledged_via text,
  resolved_at      timestamptz,
  resolved_by      text,
  resolution       text,
  estimate         timestamptz,
  reopened         integer NOT NULL DEFAULT 0,
  events           bigint NOT NULL DEFAULT 0
);
CREATE INDEX incidents_open ON incidents (scope) WHERE state <> 'RESOLVED';
CREATE INDEX incidents_newest ON incidents (opened_at DESC);

-- One trouble of one source. Incident is empty where a trouble was over before it was heard of.
CREATE TABLE signals (
  incident    text NOT NULL,
  fingerprint text NOT NULL,
  state       text NOT NULL CHECK (state IN ('FIRING', 'CLEARED')),
  at          timestamptz NOT NULL,  -- of the newest event, by its own time
  sequence    bigint NOT NULL,
  severity    text NOT NULL,
  title       text NOT NULL,
  sender      text NOT NULL,
  kind        text NOT NULL,
  name        text NOT NULL,
  component   text,
  asset       text,
  resource    text NOT NULL,
  link        text,
  first_at    timestamptz NOT NULL,
  events      bigint NOT NULL,
  flaps       bigint NOT NULL,
  PRIMARY KEY (incident, fingerprint)
);
CREATE INDEX signals_newest ON signals (fingerprint, at DESC, sequence DESC);

-- Each part of a delivery counts once, however often it is delivered.
CREATE TABLE alarms_taken (
  receipt  text NOT NULL,
  part     integer NOT NULL,
  taken_at timestamptz NOT NULL,
  PRIMARY KEY (receipt, part)
);
CREATE INDEX alarms_taken_at ON alarms_taken (taken_at);

CREATE TABLE incident_timeline (
  number   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  incident text NOT NULL REFERENCES incidents (id),
  at       timestamptz NOT NULL,
  kind     text NOT NULL,
  actor    text NOT NULL,
  text     text NOT NULL,
  level    integer NOT NULL
);
CREATE INDEX incident_timeline_of ON incident_timeline (incident, number);
CREATE TRIGGER incident_timeline_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON incident_timeline
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What the clock does next for an incident. Whoever touches a timer locks its incident first.
CREATE TABLE incident_timers (
  incident text NOT NULL REFERENCES incidents (id),
  kind     text NOT NULL CHECK (kind IN ('ESCALATE', 'UPDATE', 'SETTLE')),
  due_at   timestamptz NOT NULL,
  PRIMARY KEY (incident, kind)
);
CREATE INDEX incident_timers_due ON incident_timers (due_at);

-- What a storm keeps back, to be told together.
CREATE TABLE incident_digests (
  number   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  channel  text NOT NULL,
  incident text NOT NULL REFERENCES incidents (id),
  type     text NOT NULL,
  held_at  timestamptz NOT NULL,
  told_at  timestamptz
);
CREATE INDEX incident_digests_waiting ON incident_digests (channel) WHERE told_at IS NULL;
CREATE INDEX incident_digests_told ON incident_digests (channel, told_at);
CREATE INDEX incident_digests_of ON incident_digests (incident);

CREATE TABLE incident_calls (
  number   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  incident text NOT NULL REFERENCES incidents (id),
  at       timestamptz NOT NULL,
  who      text NOT NULL,
  about    text NOT NULL,
  actor    text NOT NULL
);
CREATE TABLE post_mortems (
  incident   text PRIMARY KEY REFERENCES incidents (id),
  happened   text NOT NULL,
  cause      text NOT NULL,
  well       text NOT NULL,
  badly      text NOT NULL,
  author     text NOT NULL,
  written_at timestamptz NOT NULL
);
CREATE TABLE improvements (
  number   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  incident text NOT NULL REFERENCES incidents (id),
  text     text NOT NULL,
  owner    text NOT NULL,
  due      date,
  done_at  timestamptz,
  done_by  text
);

-- A message that an acknowledgement has made pointless is never claimed again.
ALTER TABLE outbox ADD COLUMN withdrawn boolean NOT NULL DEFAULT false;
ALTER TABLE outbox DROP CONSTRAINT outbox_state_check;
ALTER TABLE outbox ADD CONSTRAINT outbox_state_check
  CHECK (state IN ('WAITING', 'SENDING', 'DELIVERED', 'DEAD', 'DROPPED'));
CREATE INDEX outbox_notices ON outbox (channel, created_at) WHERE incident IS NOT NULL;

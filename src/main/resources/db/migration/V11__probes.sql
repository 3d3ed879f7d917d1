-- What Holdfast's own probes find: one row per probe, which says how it stands now.
CREATE TABLE probe_results (
  system        text NOT NULL,
  probe         text NOT NULL,
  state         text NOT NULL DEFAULT 'UNKNOWN'
    CHECK (state IN ('UP', 'DOWN', 'COULD_NOT_PROBE', 'UNKNOWN')),
  since         timestamptz,
  reason        text NOT NULL DEFAULT '',    -- of the last look that was not well
  looked_at     timestamptz,
  failures      integer NOT NULL DEFAULT 0,  -- in a row
  successes     integer NOT NULL DEFAULT 0,  -- in a row
  episode       bigint NOT NULL DEFAULT 0,   -- counts its alarms; below, the newest
  began_at      timestamptz,
  began_reason  text NOT NULL DEFAULT '',
  ended_at      timestamptz,
  told          integer NOT NULL DEFAULT 0,  -- 1: that it began, 2: also that it ended
  due_at        timestamptz NOT NULL,        -- of the next look, by the service's clock
  claim         bigint NOT NULL DEFAULT 0,   -- counts the looks; only the newest may be recorded
  claimed_until timestamptz,                 -- by this server's now(), while a node looks
  PRIMARY KEY (system, probe)
);

-- For how long each component was found usable; what neither column counts is not known.
CREATE TABLE probe_days (
  system    text NOT NULL,
  component text NOT NULL,
  day       date NOT NULL,  -- UTC
  up_ms     bigint NOT NULL,
  down_ms   bigint NOT NULL,
  PRIMARY KEY (system, component, day)
);

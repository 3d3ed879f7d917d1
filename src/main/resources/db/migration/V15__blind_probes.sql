-- A probe that cannot look for a while is an alarm of its own, beside the one about what it looks at.
ALTER TABLE probe_results
  ADD COLUMN blanks       integer NOT NULL DEFAULT 0,  -- looks in a row that were not possible
  ADD COLUMN blind        bigint NOT NULL DEFAULT 0,   -- counts the alarms about that; below, the newest
  ADD COLUMN blind_from   timestamptz,
  ADD COLUMN blind_reason text NOT NULL DEFAULT '',
  ADD COLUMN blind_until  timestamptz,
  ADD COLUMN blind_told   integer NOT NULL DEFAULT 0;  -- 1: that it began, 2: also that it ended

-- A message may tell of an incident instead of a run.
ALTER TABLE outbox ADD COLUMN incident text;
CREATE INDEX outbox_of_incident ON outbox (incident, id) WHERE incident IS NOT NULL;

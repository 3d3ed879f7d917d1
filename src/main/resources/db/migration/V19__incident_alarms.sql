-- The names of an incident's alarms, and the systems that a failure of a whole region drew in:
-- both decide who is called. A signal that a person held for clear is believed when it fires on.
ALTER TABLE incidents
  ADD COLUMN alarms text[] NOT NULL DEFAULT '{}',
  ADD COLUMN systems text[] NOT NULL DEFAULT '{}';
ALTER TABLE signals ADD COLUMN by_hand boolean NOT NULL DEFAULT false;
CREATE INDEX incidents_region ON incidents (region) WHERE state <> 'RESOLVED' AND situation = 'REGION';

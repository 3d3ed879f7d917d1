-- Who would have been called by what a storm keeps back; the digest calls them.
ALTER TABLE incident_digests ADD COLUMN contacts text[] NOT NULL DEFAULT '{}';
-- How many were held back within the last minute is asked for each notice.
CREATE INDEX incident_digests_held ON incident_digests (channel, held_at);

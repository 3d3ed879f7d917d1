-- A message that its own channel does not take goes to another one as well: the first row says
-- where to, the second which row it stands in for.
ALTER TABLE outbox ADD COLUMN handed_to text;
ALTER TABLE outbox ADD COLUMN failed_at timestamptz;
ALTER TABLE outbox ADD COLUMN stands_in_for bigint REFERENCES outbox (id);
CREATE INDEX outbox_lagging ON outbox (created_at)
  WHERE incident IS NOT NULL AND handed_to IS NULL AND state IN ('WAITING', 'SENDING');

-- What a channel itself calls an incident, so that later messages join the first.
CREATE TABLE threads (
  channel   text NOT NULL,
  incident  text NOT NULL,
  reference text NOT NULL,
  PRIMARY KEY (channel, incident)
);

-- Links by which whoever was told may acknowledge; the key itself is only in the message.
CREATE TABLE ack_links (
  hash       text PRIMARY KEY,
  incident   text NOT NULL,
  recipient  text NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at    timestamptz
);
CREATE INDEX ack_links_expiry ON ack_links (expires_at);

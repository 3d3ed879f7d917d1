-- Claims the due messages of one channel for two minutes, as many as it may be given now, which can
-- be tried in that time, or for the life of this process, if that is shorter. Those about incidents
-- come first, the critical ones before all others. What says that an incident is over waits for what
-- another sender has in hand about it, and the other way round: neither may overtake the other.
WITH claimed AS (
  UPDATE outbox
  SET state = 'SENDING', attempts = attempts + 1, claimed_until = now() + interval '2 minutes',
    claimed_by = :#${bean:life.number}
  WHERE id = ANY (ARRAY(
    SELECT id FROM outbox
    WHERE channel = :#channel
      AND attempts < 12
      AND NOT withdrawn
      AND NOT EXISTS (SELECT 1 FROM outbox first
        WHERE first.id = outbox.stands_in_for AND first.withdrawn)
      AND NOT EXISTS (SELECT 1 FROM outbox ahead
        WHERE ahead.incident = outbox.incident AND ahead.channel = outbox.channel
          AND ahead.id < outbox.id
          AND ahead.state = 'SENDING' AND ahead.claimed_until > now()
          AND 'RESOLVED' IN (ahead.event ->> 'type', outbox.event ->> 'type'))
      AND ((state = 'WAITING' AND next_attempt_at <= now())
        OR (state = 'SENDING' AND claimed_until <= now()))
    ORDER BY incident IS NULL, event ->> 'severity' IS DISTINCT FROM 'CRITICAL', id
    LIMIT :#room
    FOR UPDATE SKIP LOCKED))
  RETURNING id, channel, run_id, incident, CAST(event AS text) AS event, attempts, created_at)
SELECT * FROM claimed
ORDER BY incident IS NULL, CAST(event AS jsonb) ->> 'severity' IS DISTINCT FROM 'CRITICAL', id

-- The status asks at every look which messages were given up; the delivered ones are many more.
CREATE INDEX outbox_dead ON outbox (created_at) WHERE state = 'DEAD';

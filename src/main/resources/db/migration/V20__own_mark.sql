-- What Holdfast marks its own notices with, so that one that comes back as an event is known, and
-- nobody else can make such a mark. It protects nothing but that; one for each installation.
CREATE TABLE own_mark (key text NOT NULL);
INSERT INTO own_mark
SELECT encode(sha256((gen_random_uuid()::text || gen_random_uuid()::text)::bytea), 'hex');

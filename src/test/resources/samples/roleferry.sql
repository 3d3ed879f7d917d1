-- A sample database in the shape of a job search platform: people, what they applied for, whom they wrote to.
-- psql -v people=600000 makes about 1.5 GB in a minute or two; the other tables grow with it.
\set ON_ERROR_STOP on
\if :{?people}
\else
  \set people 2000
\endif

CREATE FUNCTION pg_temp.words(how_many int, seed bigint) RETURNS text LANGUAGE sql VOLATILE AS $$
  SELECT string_agg(
           (ARRAY['team', 'backup', 'service', 'design', 'built', 'with', 'care', 'and', 'tested', 'every', 'night',
                  'customers', 'trust', 'reliable', 'systems', 'we'])[1 + floor(random() * 16)::int], ' ')
  FROM generate_series(1, how_many) WHERE seed IS NOT NULL
$$;

CREATE TABLE users (
  id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email      text NOT NULL UNIQUE,
  name       text,
  created_at timestamptz NOT NULL,
  profile    jsonb
);
CREATE TABLE applications (
  id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id      bigint NOT NULL REFERENCES users (id),
  job          text,
  cover_letter text,
  status       text,
  score        numeric,
  created_at   timestamptz
);
CREATE TABLE outreach (
  id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  application_id bigint,
  channel        text,
  body           text,
  sent_at        timestamptz
);

INSERT INTO users (email, name, created_at, profile)
SELECT 'person' || n || '@example.org', md5(n::text), timestamptz '2026-11-01' - random() * interval '2 years',
       jsonb_build_object('skills', jsonb_build_array(md5(random()::text), md5(random()::text)),
                          'years', floor(random() * 30), 'city', md5((n % 1000)::text))
FROM generate_series(1, :people) AS n;

INSERT INTO applications (user_id, job, cover_letter, status, score, created_at)
SELECT 1 + floor(random() * :people), 'job-' || floor(random() * 10000), pg_temp.words(60, n) || md5(random()::text),
       (ARRAY['new', 'sent', 'rejected', 'offer'])[1 + floor(random() * 4)::int], random() * 100,
       timestamptz '2026-11-01' - random() * interval '1 year'
FROM generate_series(1, :people * 5 / 2) AS n;

INSERT INTO outreach (application_id, channel, body, sent_at)
SELECT 1 + floor(random() * :people * 5 / 2), (ARRAY['email', 'linkedin'])[1 + floor(random() * 2)::int],
       md5(random()::text) || ' ' || md5(random()::text) || ' dear reader ' || n, timestamptz '2026-11-01' - random() * interval '300 days'
FROM generate_series(1, :people * 5) AS n;

CREATE INDEX ON applications (user_id);
CREATE INDEX ON outreach (application_id);
ANALYZE;

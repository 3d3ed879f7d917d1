package holdfast;

import holdfast.harness.Postgres;

/** A small database of the roleferry shape, with rows that are hard to keep right. */
final class Sample {

  /** A row that must never be found in a store, in clear. */
  static final String CANARY = "canary-7f3a91-plaintext-row-of-the-sample";

  static final String QUERIES =
      """
      {name: users, sql: "SELECT COUNT(*) FROM users", table: public.users, min: 1},
      {name: applications, sql: "SELECT COUNT(*) FROM applications", table: public.applications, min: 1},
      {name: outreach, sql: "SELECT COUNT(*) FROM outreach", table: public.outreach, min: 1}"""
          .replace('\n', ' ');

  private static final String[] SQL = {
    "CREATE TABLE users (id bigserial PRIMARY KEY, email text UNIQUE NOT NULL, name text, born date,"
        + " profile jsonb, photo bytea)",
    "CREATE TABLE applications (id bigserial PRIMARY KEY, user_id bigint REFERENCES users ON DELETE"
        + " CASCADE, job text, score numeric(8,3), made_at timestamptz)",
    "CREATE TABLE outreach (id bigserial PRIMARY KEY, application_id bigint, body text)",
    "CREATE TABLE \"odd Name\" (\"a;b\" text)",
    "CREATE TABLE empty_one (id int)",
    "CREATE VIEW busy AS SELECT user_id, count(*) AS n FROM applications GROUP BY user_id",
    "INSERT INTO users (email, name, born, profile, photo) SELECT 'user' || i || '@example.com',"
        + " md5(i::text) || E' \\u00e4\\\\\\t\\n', date '1970-01-01' + i, jsonb_build_object('n', i),"
        + " decode(md5(i::text), 'hex') FROM generate_series(1, 400) i",
    "INSERT INTO users (email, name) VALUES ('canary@example.com', '" + CANARY + "')",
    "INSERT INTO applications (user_id, job, score, made_at) SELECT 1 + i % 400, 'job ' || i, i / 7.0,"
        + " timestamptz '2026-01-01' + i * interval '1 minute' FROM generate_series(1, 1500) i",
    "INSERT INTO outreach (application_id, body) SELECT i % 1500, repeat(md5(i::text), 3) FROM"
        + " generate_series(1, 3000) i",
    "INSERT INTO \"odd Name\" VALUES ('\\.'), (NULL), ('')"
  };

  private Sample() {}

  static String database() {
    return Postgres.database("roleferry", SQL);
  }

  /** One line per table: its rows, and a checksum over all of them. */
  static String checksums(String database) {
    StringBuilder lines = new StringBuilder();
    for (String table :
        new String[] {"users", "applications", "outreach", "\"odd Name\"", "empty_one"}) {
      lines
          .append(table)
          .append(' ')
          .append(
              Postgres.ask(
                  database,
                  "SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' ORDER BY"
                      + " t::text)), '-') FROM "
                      + table
                      + " t"))
          .append('\n');
    }
    return lines.toString();
  }
}

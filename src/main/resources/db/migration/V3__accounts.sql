-- People who may sign in, the tokens that programs carry for them, and failed attempts at the door.

CREATE TABLE accounts (
  name       text        PRIMARY KEY CHECK (name ~ '^[a-z0-9][a-z0-9._-]{0,62}$'),
  password   text        NOT NULL,                    -- encoded with its algorithm, never the password
  role       text        NOT NULL CHECK (role IN ('VIEWER', 'OPERATOR', 'ADMIN')),
  initial    boolean     NOT NULL DEFAULT false,      -- the password was generated and not changed since
  stamp      bigint      NOT NULL DEFAULT 0,          -- goes up with each change; sessions with an older one end
  created_at timestamptz NOT NULL
);

CREATE TABLE api_tokens (
  id           text        PRIMARY KEY,
  owner        text        NOT NULL REFERENCES accounts (name) ON DELETE CASCADE,
  name         text        NOT NULL,
  hash         bytea       NOT NULL UNIQUE,           -- SHA-256 of the token; 256 random bits need no salt
  role         text        NOT NULL CHECK (role IN ('VIEWER', 'OPERATOR', 'ADMIN')),
  created_at   timestamptz NOT NULL,
  expires_at   timestamptz,
  last_used_at timestamptz
);
CREATE INDEX api_tokens_of_owner ON api_tokens (owner);

CREATE TABLE login_attempts (
  subject  text        PRIMARY KEY,                   -- account:NAME or address:ADDRESS
  attempts integer     NOT NULL,
  last_at  timestamptz NOT NULL
);

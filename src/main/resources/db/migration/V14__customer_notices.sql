-- What customers are told. Nothing leaves before somebody else than its writer has approved it, and
-- what was approved stays as it was.
CREATE TABLE customer_notices (
  id         text PRIMARY KEY,
  incident   text NOT NULL REFERENCES incidents (id),
  title      text NOT NULL,
  body       text NOT NULL,
  channels   text[] NOT NULL,
  version    integer NOT NULL DEFAULT 1,  -- grows with every change
  written_by text NOT NULL,               -- whoever changed it last
  written_at timestamptz NOT NULL,
  state      text NOT NULL DEFAULT 'DRAFT' CHECK (state IN ('DRAFT', 'SENT', 'DISCARDED')),
  decided_by text,
  decided_at timestamptz,
  CHECK ((state = 'DRAFT') = (decided_at IS NULL)),
  CHECK ((decided_at IS NULL) = (decided_by IS NULL)),
  CHECK (state <> 'SENT' OR decided_by <> written_by)
);
CREATE INDEX customer_notices_of ON customer_notices (incident, id);
CREATE FUNCTION keep_decided_notice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.state <> 'DRAFT' THEN
    RAISE EXCEPTION 'notice % is decided and is kept as it is', OLD.id;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER customer_notices_kept BEFORE UPDATE OR DELETE ON customer_notices
  FOR EACH ROW EXECUTE FUNCTION keep_decided_notice();

-- The delivery that a signal was last heard with; its event as it came is kept there for a while.
ALTER TABLE signals ADD COLUMN receipt text;

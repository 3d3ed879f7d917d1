-- The database that a restore has made, as CONNECTION/DATABASE, to be named if its process dies.
ALTER TABLE runs ADD COLUMN target text;

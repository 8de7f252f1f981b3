-- The audit log (AuditChain says how it is chained). at is in milliseconds since 1970, UTC; roles is a JSON array, detail a JSON object of texts.
CREATE TABLE audit(
  number bigint PRIMARY KEY,
  at bigint NOT NULL,
  actor text COLLATE "C",
  roles text NOT NULL,
  action text COLLATE "C" NOT NULL,
  target text COLLATE "C",
  procuratorate text,
  outcome text NOT NULL,
  address text,
  request text,
  detail text NOT NULL,
  previous bytea NOT NULL,
  hash bytea NOT NULL);
CREATE INDEX audit_at ON audit(at, number);
CREATE INDEX audit_actor ON audit(actor, at, number);
CREATE INDEX audit_action ON audit(action, at, number);
CREATE INDEX audit_target ON audit(target, at, number);

-- Where the chain ends, beside the chain: entries cut off its end leave this behind. Whoever appends locks it first, last of all locks.
CREATE TABLE audit_head(id integer PRIMARY KEY CHECK (id = 1), number bigint NOT NULL, hash bytea NOT NULL) WITH (fillfactor = 50);
INSERT INTO audit_head(id, number, hash) VALUES(1, 0, decode(repeat('00', 32), 'hex'));

CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'The audit log is append-only.'; END $$;
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();

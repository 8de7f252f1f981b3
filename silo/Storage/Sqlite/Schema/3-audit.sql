-- The audit log (AuditChain says how it is chained). at is in milliseconds since 1970, UTC; roles is a JSON array, detail a JSON object of texts.
CREATE TABLE audit(
  number INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  actor TEXT,
  roles TEXT NOT NULL,
  action TEXT NOT NULL,
  target TEXT,
  procuratorate TEXT,
  outcome TEXT NOT NULL,
  address TEXT,
  request TEXT,
  detail TEXT NOT NULL,
  previous BLOB NOT NULL,
  hash BLOB NOT NULL) STRICT;
CREATE INDEX audit_at ON audit(at);
CREATE INDEX audit_actor ON audit(actor, at);
CREATE INDEX audit_action ON audit(action, at);
CREATE INDEX audit_target ON audit(target, at);

-- Where the chain ends, beside the chain: entries cut off its end leave this behind.
CREATE TABLE audit_head(id INTEGER PRIMARY KEY CHECK (id = 1), number INTEGER NOT NULL, hash BLOB NOT NULL) STRICT;
INSERT INTO audit_head(id, number, hash) VALUES(1, 0, zeroblob(32));

-- Append-only. INSERT OR REPLACE deletes without asking the trigger on deletion, so it is refused by itself.
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'The audit log is append-only.'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'The audit log is append-only.'); END;
CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE number = NEW.number)
  BEGIN SELECT RAISE(ABORT, 'The audit log is append-only.'); END;

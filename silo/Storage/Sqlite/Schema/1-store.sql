-- Instants are UTC ticks of 100 ns; an offset, where it is kept, is in minutes beside it.
-- Text is compared byte by byte.

CREATE TABLE source(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE stream(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;

-- The journal. A stream's version is that of its last event; nothing else says it, so nothing can disagree.
CREATE TABLE event(
  position INTEGER PRIMARY KEY,
  stream_id INTEGER NOT NULL,
  version INTEGER NOT NULL,
  source_id INTEGER NOT NULL,
  id TEXT NOT NULL,
  type TEXT NOT NULL,
  time INTEGER NOT NULL,
  time_offset INTEGER NOT NULL,
  recorded_time INTEGER,
  recorded_time_offset INTEGER,
  recorded_at INTEGER NOT NULL,
  recorded_at_offset INTEGER NOT NULL,
  data BLOB NOT NULL) STRICT;
CREATE UNIQUE INDEX event_version ON event(stream_id, version);
CREATE UNIQUE INDEX event_identity ON event(source_id, id);

-- Lists are read by (whose, state, sort_key, id), so that every page of every list is one walk along an index.
-- state: 1 open, 0 not. sort_key: when the next deadline expires; the highest integer if none runs.
CREATE TABLE case_row(
  id TEXT PRIMARY KEY,
  case_type TEXT NOT NULL,
  name TEXT,
  stage TEXT NOT NULL,
  procuratorate TEXT,
  department TEXT,
  prosecutor TEXT,
  accepted_on INTEGER,
  weight REAL NOT NULL,
  custody INTEGER NOT NULL,
  state INTEGER NOT NULL,
  version INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  next_limit TEXT,
  next_due_on TEXT,
  next_due_at INTEGER,
  light TEXT,
  updated_at INTEGER NOT NULL,
  sort_key INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX case_all ON case_row(state, sort_key, id);
CREATE INDEX case_procuratorate ON case_row(procuratorate, state, sort_key, id);
CREATE INDEX case_department ON case_row(department, state, sort_key, id);
CREATE INDEX case_prosecutor ON case_row(prosecutor, state, sort_key, id);

-- state: 0 open, 1 cleared, 2 retracted. sort_key: minus raised_at, so the newest come first.
CREATE TABLE alert(
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  case_id TEXT NOT NULL,
  rule TEXT NOT NULL,
  subject TEXT NOT NULL,
  instance TEXT NOT NULL,
  level TEXT NOT NULL,
  category TEXT NOT NULL,
  status TEXT NOT NULL,
  raised_at INTEGER NOT NULL,
  cleared_at INTEGER,
  retracted_at INTEGER,
  due_at INTEGER,
  detected_at INTEGER NOT NULL,
  procuratorate TEXT,
  department TEXT,
  prosecutor TEXT,
  json BLOB NOT NULL,
  state INTEGER NOT NULL,
  sort_key INTEGER NOT NULL) STRICT;
CREATE INDEX alert_case ON alert(case_id, state, sort_key, id);
CREATE INDEX alert_all ON alert(state, sort_key, id);
CREATE INDEX alert_procuratorate ON alert(procuratorate, state, sort_key, id);
CREATE INDEX alert_department ON alert(department, state, sort_key, id);
CREATE INDEX alert_prosecutor ON alert(prosecutor, state, sort_key, id);
CREATE INDEX alert_rule ON alert(rule, state, sort_key, id);

-- An item is stored once and takes a sequence in each of its scopes. Ids and sequences rise together.
-- at is of the clock of the law, stored_at of the real one: how long an item is kept must not depend on a simulation.
CREATE TABLE feed_item(id INTEGER PRIMARY KEY, kind TEXT NOT NULL, at INTEGER NOT NULL, payload BLOB NOT NULL, stored_at INTEGER NOT NULL) STRICT;
CREATE TABLE feed_scope(id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, last INTEGER NOT NULL) STRICT;
CREATE TABLE feed(
  scope_id INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  item_id INTEGER NOT NULL,
  PRIMARY KEY(scope_id, sequence)) STRICT, WITHOUT ROWID;
CREATE INDEX feed_by_item ON feed(item_id);

CREATE TABLE due(case_id TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX due_at ON due(at, case_id);
CREATE TABLE undelivered(case_id TEXT PRIMARY KEY, revision INTEGER NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE unit(
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  parent TEXT,
  name TEXT NOT NULL,
  json BLOB NOT NULL,
  PRIMARY KEY(kind, id)) STRICT, WITHOUT ROWID;

CREATE TABLE account(
  name TEXT PRIMARY KEY,
  password_hash TEXT NOT NULL,
  must_change_password INTEGER NOT NULL,
  roles TEXT NOT NULL,
  procuratorate TEXT,
  department TEXT,
  prosecutor TEXT) STRICT, WITHOUT ROWID;
CREATE TABLE session(token_hash BLOB PRIMARY KEY, account TEXT NOT NULL, expires_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX session_account ON session(account);
CREATE INDEX session_expiry ON session(expires_at);
CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- state NULL: cleared; the version goes on counting, so an etag never means two states.
CREATE TABLE snapshot(
  name TEXT NOT NULL,
  key TEXT NOT NULL,
  version INTEGER NOT NULL,
  state BLOB,
  PRIMARY KEY(name, key)) STRICT;

-- Instants are UTC ticks of 100 ns; an offset, where it is kept, is in minutes beside it.
-- Text is compared byte by byte, whatever the collation of the database.

CREATE TABLE source(id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text COLLATE "C" NOT NULL UNIQUE);
CREATE TABLE stream(id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text COLLATE "C" NOT NULL UNIQUE);

-- The journal. A stream's version is that of its last event; nothing else says it, so nothing can disagree.
-- The two unique keys are what several writers are kept apart by. Columns lie so that none needs padding.
CREATE TABLE event(
  stream_id bigint NOT NULL,
  version bigint NOT NULL,
  time bigint NOT NULL,
  recorded_at bigint NOT NULL,
  recorded_time bigint,
  source_id integer NOT NULL,
  time_offset smallint NOT NULL,
  recorded_at_offset smallint NOT NULL,
  recorded_time_offset smallint,
  id text COLLATE "C" NOT NULL,
  type text COLLATE "C" NOT NULL,
  data bytea NOT NULL,
  CONSTRAINT event_version PRIMARY KEY(stream_id, version),
  CONSTRAINT event_identity UNIQUE(source_id, id));

-- Lists are read by (whose, state, sort_key, id), so that every page of every list is one walk along an index.
-- state: 1 open, 0 not. sort_key: when the next deadline expires; the highest integer if none runs.
CREATE TABLE case_row(
  id text COLLATE "C" PRIMARY KEY,
  case_type text COLLATE "C" NOT NULL,
  name text COLLATE "C",
  stage text COLLATE "C" NOT NULL,
  procuratorate text COLLATE "C",
  department text COLLATE "C",
  prosecutor text COLLATE "C",
  accepted_on integer,
  weight double precision NOT NULL,
  custody boolean NOT NULL,
  state integer NOT NULL,
  version bigint NOT NULL,
  revision bigint NOT NULL,
  next_limit text COLLATE "C",
  next_due_on text COLLATE "C",
  next_due_at bigint,
  light text COLLATE "C",
  updated_at bigint NOT NULL,
  sort_key bigint NOT NULL) WITH (fillfactor = 80);
CREATE INDEX case_all ON case_row(state, sort_key, id);
CREATE INDEX case_procuratorate ON case_row(procuratorate, state, sort_key, id);
CREATE INDEX case_department ON case_row(department, state, sort_key, id);
CREATE INDEX case_prosecutor ON case_row(prosecutor, state, sort_key, id);

-- state: 0 open, 1 cleared, 2 retracted. sort_key: minus raised_at, so the newest come first.
CREATE TABLE alert(
  id text COLLATE "C" PRIMARY KEY,
  case_id text COLLATE "C" NOT NULL,
  rule text COLLATE "C" NOT NULL,
  subject text COLLATE "C" NOT NULL,
  instance text COLLATE "C" NOT NULL,
  level text COLLATE "C" NOT NULL,
  category text COLLATE "C" NOT NULL,
  status text COLLATE "C" NOT NULL,
  raised_at bigint NOT NULL,
  cleared_at bigint,
  retracted_at bigint,
  due_at bigint,
  detected_at bigint NOT NULL,
  procuratorate text COLLATE "C",
  department text COLLATE "C",
  prosecutor text COLLATE "C",
  json bytea NOT NULL,
  state integer NOT NULL,
  sort_key bigint NOT NULL) WITH (fillfactor = 90);
CREATE INDEX alert_case ON alert(case_id, state, sort_key, id);
CREATE INDEX alert_all ON alert(state, sort_key, id);
CREATE INDEX alert_procuratorate ON alert(procuratorate, state, sort_key, id);
CREATE INDEX alert_department ON alert(department, state, sort_key, id);
CREATE INDEX alert_prosecutor ON alert(prosecutor, state, sort_key, id);
CREATE INDEX alert_rule ON alert(rule, state, sort_key, id);

-- An item is stored once and takes a sequence in each of its scopes. Its id is drawn while the row of each of its scopes is locked,
-- so that within a scope ids and sequences rise together.
-- at is of the clock of the law, stored_at of the real one: how long an item is kept must not depend on a simulation.
CREATE SEQUENCE feed_item_id;
CREATE TABLE feed_item(id bigint PRIMARY KEY, at bigint NOT NULL, stored_at bigint NOT NULL, kind text COLLATE "C" NOT NULL, payload bytea NOT NULL);
CREATE TABLE feed_scope(
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text COLLATE "C" NOT NULL UNIQUE,
  last bigint NOT NULL) WITH (fillfactor = 50);
CREATE TABLE feed(
  scope_id bigint NOT NULL,
  sequence bigint NOT NULL,
  item_id bigint NOT NULL,
  PRIMARY KEY(scope_id, sequence));
CREATE INDEX feed_by_item ON feed(item_id);

CREATE TABLE due(case_id text COLLATE "C" PRIMARY KEY, at bigint NOT NULL);
CREATE INDEX due_at ON due(at, case_id);
CREATE TABLE undelivered(case_id text COLLATE "C" PRIMARY KEY, revision bigint NOT NULL);

CREATE TABLE unit(
  kind text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  parent text COLLATE "C",
  name text COLLATE "C" NOT NULL,
  json bytea NOT NULL,
  PRIMARY KEY(kind, id));

CREATE TABLE account(
  name text COLLATE "C" PRIMARY KEY,
  password_hash text NOT NULL,
  must_change_password boolean NOT NULL,
  roles text NOT NULL,
  procuratorate text,
  department text,
  prosecutor text);
CREATE TABLE session(token_hash bytea PRIMARY KEY, account text COLLATE "C" NOT NULL, expires_at bigint NOT NULL);
CREATE INDEX session_account ON session(account);
CREATE INDEX session_expiry ON session(expires_at);
CREATE TABLE setting(name text COLLATE "C" PRIMARY KEY, value text NOT NULL);

-- state NULL: cleared; the version goes on counting, so an etag never means two states.
CREATE TABLE snapshot(
  name text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  version bigint NOT NULL,
  state bytea,
  PRIMARY KEY(name, key));

-- By which revision of the catalogue a case was last assessed; a case without a row: by the rules that ship.
CREATE TABLE assessed(case_id text COLLATE "C" PRIMARY KEY, revision bigint NOT NULL);

-- What rules on trial found. Shown to nobody but as a count. Written whole for a case and a run.
CREATE TABLE trial_finding(
  case_id text COLLATE "C" NOT NULL,
  run text COLLATE "C" NOT NULL,
  rule text COLLATE "C" NOT NULL,
  subject text COLLATE "C" NOT NULL,
  instance text COLLATE "C" NOT NULL);
CREATE INDEX trial_case ON trial_finding(case_id, run);
CREATE INDEX trial_run ON trial_finding(run, rule, case_id);

-- Alerts that people decided on are few among all.
CREATE INDEX alert_decided ON alert(rule, status)
  WHERE state <> 2 AND (status IN ('dismissed', 'noticed', 'replied') OR (status = 'closed' AND state = 0));

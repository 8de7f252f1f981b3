-- What hangs on rules that offices publish and try. Programs of schema 1 made these tables without counting them, so most files of that schema have them.

-- By which revision of the catalogue a case was last assessed; a case without a row: by the rules that ship.
CREATE TABLE IF NOT EXISTS assessed(case_id TEXT PRIMARY KEY, revision INTEGER NOT NULL) STRICT, WITHOUT ROWID;

-- What rules on trial found. Shown to nobody but as a count.
CREATE TABLE IF NOT EXISTS trial_finding(
  case_id TEXT NOT NULL,
  run TEXT NOT NULL,
  rule TEXT NOT NULL,
  subject TEXT NOT NULL,
  instance TEXT NOT NULL,
  PRIMARY KEY(case_id, run, rule, subject, instance)) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS trial_run ON trial_finding(run, rule, case_id);

-- Alerts that people decided on are few among all.
CREATE INDEX IF NOT EXISTS alert_decided ON alert(rule, status)
  WHERE state <> 2 AND (status IN ('dismissed', 'noticed', 'replied') OR (status = 'closed' AND state = 0));

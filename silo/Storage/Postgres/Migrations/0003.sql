-- The legal date on which a case was closed, as a number of days; null while it is open and of cases closed before this was recorded.
ALTER TABLE case_row ADD COLUMN closed_on integer;
CREATE INDEX case_closed ON case_row(closed_on, procuratorate, department, prosecutor) WHERE closed_on IS NOT NULL;
CREATE INDEX case_accepted ON case_row(accepted_on, procuratorate, department, prosecutor) WHERE accepted_on IS NOT NULL;

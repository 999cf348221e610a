-- What the source says that cannot be sent, one row for each field and each rejected row, as long as the source says the
-- same: a quiet morning writes none. The subject is the PMI ID, or what stands in its place. Personal data.
CREATE TABLE ${schema}.sync_flaw (
  subject ${subject} NOT NULL,
  what ${subject} NOT NULL,
  kind ${word} NOT NULL,
  source_hash ${word} NOT NULL,
  source_value NVARCHAR(200) NOT NULL,
  row_position BIGINT NOT NULL,
  first_run BIGINT NOT NULL,
  CONSTRAINT pk_sync_flaw PRIMARY KEY (subject, what)
);
ALTER TABLE ${schema}.sync_flaw ADD CONSTRAINT ck_sync_flaw_kind CHECK (${known_flaw_kind} = 1);

-- What people have decided, the last word on each thing. Personal data.
CREATE TABLE ${schema}.sync_decision (
  kind ${word} NOT NULL,
  subject ${subject} NOT NULL,
  about ${subject} NOT NULL,
  verdict ${word} NOT NULL,
  answer NVARCHAR(200) NOT NULL,
  decided_by NVARCHAR(200) NOT NULL,
  why NVARCHAR(500) NOT NULL,
  decided_at ${time} NOT NULL,
  source_hash NVARCHAR(64) NOT NULL,
  CONSTRAINT pk_sync_decision PRIMARY KEY (kind, subject, about)
);
ALTER TABLE ${schema}.sync_decision ADD CONSTRAINT ck_sync_decision_kind CHECK (${known_decision_kind} = 1);
ALTER TABLE ${schema}.sync_decision ADD CONSTRAINT ck_sync_decision_verdict CHECK (${known_verdict} = 1);
-- Finds what was decided about somebody.
CREATE INDEX ix_sync_decision_subject ON ${schema}.sync_decision (subject);
-- Finds what is old enough to go.
CREATE INDEX ix_sync_decision_decided_at ON ${schema}.sync_decision (decided_at);

-- What was noted of anomalies until now.
INSERT INTO ${schema}.sync_decision (kind, subject, about, verdict, answer, decided_by, why, decided_at, source_hash)
SELECT 'ANOMALY', subject, kind, 'ACKNOWLEDGED', '', 'by hand', decision, ${now}, '' FROM ${schema}.sync_anomaly
WHERE decision IS NOT NULL;
ALTER TABLE ${schema}.sync_anomaly DROP COLUMN decision;

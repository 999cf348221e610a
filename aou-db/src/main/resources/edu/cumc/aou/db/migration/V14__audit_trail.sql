-- The audit trail: rows are added and never changed, each with the hash of the one before. No personal data.
CREATE TABLE ${schema}.sync_audit (
  audit_seq BIGINT NOT NULL,
  entered_at ${time} NOT NULL,
  kind ${word} NOT NULL,
  who NVARCHAR(200) NOT NULL,
  run_id BIGINT NULL,
  batch BIGINT NOT NULL,
  records BIGINT NOT NULL,
  what ${text} NOT NULL,
  root NVARCHAR(64) NOT NULL,
  previous NVARCHAR(64) NOT NULL,
  hash NVARCHAR(64) NOT NULL,
  CONSTRAINT pk_sync_audit PRIMARY KEY (audit_seq)
);
-- Finds what is so old that nobody need be named in it.
CREATE INDEX ix_sync_audit_entered_at ON ${schema}.sync_audit (entered_at, batch);
-- Finds the last row about a run.
CREATE INDEX ix_sync_audit_run_id ON ${schema}.sync_audit (run_id, audit_seq);

-- The leaves of people, with whom they are about until that is forgotten, and of records that came to another end later.
CREATE TABLE ${schema}.sync_audit_leaf (
  batch BIGINT NOT NULL,
  position BIGINT NOT NULL,
  subject ${subject} NULL,
  nonce NVARCHAR(22) NULL,
  leaf NVARCHAR(43) NOT NULL,
  CONSTRAINT pk_sync_audit_leaf PRIMARY KEY (batch, position)
);
-- Finds what is about somebody.
CREATE INDEX ix_sync_audit_leaf_subject ON ${schema}.sync_audit_leaf (subject);

-- The end of the chain; whoever adds a row locks this one, so that no two follow the same row.
CREATE TABLE ${schema}.sync_audit_head (
  head_key SMALLINT NOT NULL,
  audit_seq BIGINT NOT NULL,
  hash NVARCHAR(64) NOT NULL,
  touched_at ${time} NOT NULL,
  verified_seq BIGINT NOT NULL,
  verified_hash NVARCHAR(64) NOT NULL,
  purged_batch BIGINT NOT NULL,
  CONSTRAINT pk_sync_audit_head PRIMARY KEY (head_key)
);
INSERT INTO ${schema}.sync_audit_head (head_key, audit_seq, hash, touched_at, verified_seq, verified_hash, purged_batch)
VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000', ${now}, 0, '0000000000000000000000000000000000000000000000000000000000000000', 0);

-- The leaf of each record that was sent, and the nonce in it until the record is blanked or forgotten.
ALTER TABLE ${schema}.sync_change ADD audit_batch BIGINT NULL;
ALTER TABLE ${schema}.sync_change ADD nonce NVARCHAR(22) NULL;
ALTER TABLE ${schema}.sync_change ADD leaf NVARCHAR(43) NULL;
ALTER TABLE ${schema}.outcome_staging ADD audit_batch BIGINT NULL;
ALTER TABLE ${schema}.outcome_staging ADD nonce NVARCHAR(22) NULL;
ALTER TABLE ${schema}.outcome_staging ADD leaf NVARCHAR(43) NULL;

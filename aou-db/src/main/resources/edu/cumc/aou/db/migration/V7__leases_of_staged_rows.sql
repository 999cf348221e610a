-- Staged rows belong to the lease under which they were staged: a run that lost its lease and one that took it never see
-- each other's. Staging holds nothing that is needed: the next refresh reads anew.
DELETE FROM ${schema}.contact_staging;
ALTER TABLE ${schema}.contact_staging ADD token BIGINT NOT NULL;
ALTER TABLE ${schema}.contact_staging DROP CONSTRAINT pk_contact_staging;
ALTER TABLE ${schema}.contact_staging ADD CONSTRAINT pk_contact_staging PRIMARY KEY (token, contact_id, seq);
DELETE FROM ${schema}.journey_staging;
ALTER TABLE ${schema}.journey_staging ADD token BIGINT NOT NULL;
ALTER TABLE ${schema}.journey_staging DROP CONSTRAINT pk_journey_staging;
ALTER TABLE ${schema}.journey_staging ADD CONSTRAINT pk_journey_staging PRIMARY KEY (token, journey_id, seq);

-- What came of the rows of a call or job, until one statement brings all of it into sync_change.
CREATE TABLE ${schema}.outcome_staging (
  token BIGINT NOT NULL,
  run_id BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  state ${word} NOT NULL,
  contact_id ${id} NULL,
  journey_id ${id} NULL,
  error_code NVARCHAR(200) NULL,
  error_fields ${text} NOT NULL,
  CONSTRAINT pk_outcome_staging PRIMARY KEY (token, run_id, seq)
);

-- What was written to records, until one statement brings all of it into the mirror.
CREATE TABLE ${schema}.written_staging (
  token BIGINT NOT NULL,
  record_id ${id} NOT NULL,
  pmi_id ${key} NULL,
  fields ${text} NOT NULL,
  sent ${text} NOT NULL,
  CONSTRAINT pk_written_staging PRIMARY KEY (token, record_id)
);

-- How far a full refresh has come that is read in several goes; one row, or none. Its staged rows carry this token.
CREATE TABLE ${schema}.mirror_refresh (
  refresh_key SMALLINT NOT NULL,
  token BIGINT NOT NULL,
  watermark ${time} NOT NULL,
  full_at ${time} NOT NULL,
  mapping_fingerprint NVARCHAR(64) NOT NULL,
  object ${word} NOT NULL,
  last_id ${id} NULL,
  CONSTRAINT pk_mirror_refresh PRIMARY KEY (refresh_key)
);

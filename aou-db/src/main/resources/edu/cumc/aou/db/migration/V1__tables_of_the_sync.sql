-- Ids and codes compare in binary: a Salesforce id of 15 letters may differ from another by case alone. All texts are
-- of Unicode, as the driver's parameters are: a comparison of both kinds would pass the indexes by.

CREATE TABLE ${schema}.contact_mirror (
  contact_id ${id} NOT NULL,
  pmi_id ${key} NULL,
  fields ${text} NOT NULL,
  sent ${text} NOT NULL,
  modstamp ${time} NULL,
  owner_id ${id} NULL,
  is_deleted SMALLINT NOT NULL,
  merged_into ${id} NULL,
  CONSTRAINT pk_contact_mirror PRIMARY KEY (contact_id)
);
CREATE INDEX ix_contact_mirror_pmi_id ON ${schema}.contact_mirror (pmi_id, contact_id);

CREATE TABLE ${schema}.journey_mirror (
  journey_id ${id} NOT NULL,
  contact_id ${id} NULL,
  fields ${text} NOT NULL,
  sent ${text} NOT NULL,
  modstamp ${time} NULL,
  owner_id ${id} NULL,
  is_deleted SMALLINT NOT NULL,
  CONSTRAINT pk_journey_mirror PRIMARY KEY (journey_id)
);
CREATE INDEX ix_journey_mirror_contact_id ON ${schema}.journey_mirror (contact_id, is_deleted);

CREATE TABLE ${schema}.contact_staging (
  contact_id ${id} NOT NULL,
  pmi_id ${key} NULL,
  fields ${text} NOT NULL,
  modstamp ${time} NULL,
  owner_id ${id} NULL,
  is_gone SMALLINT NOT NULL,
  merged_into ${id} NULL,
  CONSTRAINT pk_contact_staging PRIMARY KEY (contact_id)
);

CREATE TABLE ${schema}.journey_staging (
  journey_id ${id} NOT NULL,
  contact_id ${id} NULL,
  fields ${text} NOT NULL,
  modstamp ${time} NULL,
  owner_id ${id} NULL,
  is_gone SMALLINT NOT NULL,
  CONSTRAINT pk_journey_staging PRIMARY KEY (journey_id)
);

CREATE TABLE ${schema}.mirror_state (
  state_key SMALLINT NOT NULL,
  watermark ${time} NOT NULL,
  full_at ${time} NOT NULL,
  mapping_fingerprint NVARCHAR(64) NOT NULL,
  CONSTRAINT pk_mirror_state PRIMARY KEY (state_key)
);

CREATE TABLE ${schema}.sync_run (
  run_id BIGINT NOT NULL,
  run_mode ${word} NOT NULL,
  state ${word} NOT NULL,
  org_id ${id} NOT NULL,
  mapping_fingerprint NVARCHAR(64) NOT NULL,
  started_at ${time} NOT NULL,
  finished_at ${time} NULL,
  counts ${text} NOT NULL,
  is_bound SMALLINT NOT NULL,
  CONSTRAINT pk_sync_run PRIMARY KEY (run_id)
);
CREATE INDEX ix_sync_run_state ON ${schema}.sync_run (run_mode, state, run_id);

CREATE TABLE ${schema}.sync_lease (
  lease_key SMALLINT NOT NULL,
  state ${word} NOT NULL,
  holder NVARCHAR(200) NOT NULL,
  token BIGINT NOT NULL,
  since ${time} NOT NULL,
  valid_until ${time} NOT NULL,
  CONSTRAINT pk_sync_lease PRIMARY KEY (lease_key)
);

CREATE TABLE ${schema}.sync_change (
  run_id BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  object ${word} NOT NULL,
  pmi_id ${key} NOT NULL,
  contact_id ${id} NULL,
  journey_id ${id} NULL,
  action ${word} NOT NULL,
  state ${word} NOT NULL,
  old_values ${text} NOT NULL,
  new_values ${text} NOT NULL,
  clears INT NOT NULL,
  refused_fields ${text} NOT NULL,
  job_id ${id} NULL,
  attempts INT NOT NULL,
  error_code NVARCHAR(200) NULL,
  error_fields ${text} NOT NULL,
  CONSTRAINT pk_sync_change PRIMARY KEY (run_id, seq)
);
CREATE INDEX ix_sync_change_work ON ${schema}.sync_change (run_id, object, state, seq);
CREATE INDEX ix_sync_change_pmi_id ON ${schema}.sync_change (pmi_id, run_id);

CREATE TABLE ${schema}.sync_job (
  job_id ${id} NOT NULL,
  run_id BIGINT NOT NULL,
  object ${word} NOT NULL,
  operation ${word} NOT NULL,
  row_count BIGINT NOT NULL,
  state ${word} NOT NULL,
  CONSTRAINT pk_sync_job PRIMARY KEY (job_id)
);
CREATE INDEX ix_sync_job_run_id ON ${schema}.sync_job (run_id);

CREATE TABLE ${schema}.sync_hold (
  pmi_id ${key} NOT NULL,
  kind ${word} NOT NULL,
  reason NVARCHAR(200) NOT NULL,
  since ${time} NOT NULL,
  values_hash NVARCHAR(64) NULL,
  CONSTRAINT pk_sync_hold PRIMARY KEY (pmi_id)
);

CREATE TABLE ${schema}.sync_anomaly (
  kind ${word} NOT NULL,
  subject ${subject} NOT NULL,
  first_run BIGINT NOT NULL,
  last_run BIGINT NOT NULL,
  decision NVARCHAR(200) NULL,
  CONSTRAINT pk_sync_anomaly PRIMARY KEY (kind, subject)
);
CREATE INDEX ix_sync_anomaly_last_run ON ${schema}.sync_anomaly (last_run);

INSERT INTO ${schema}.sync_lease (lease_key, state, holder, token, since, valid_until)
VALUES (1, 'FREE', '', 0, ${now}, ${now});

-- What the org is called and is like, as far as it acts on what the sync writes. No personal data.
ALTER TABLE ${schema}.sync_run ADD org_name NVARCHAR(255) NULL;
ALTER TABLE ${schema}.sync_run ADD org_fields NVARCHAR(64) NULL;
ALTER TABLE ${schema}.sync_run ADD org_traits BIGINT NULL;
ALTER TABLE ${schema}.sync_run ADD org_rules_at ${time} NULL;
ALTER TABLE ${schema}.sync_run ADD org_changes ${text} NULL;
-- Finds whether another run goes by the same.
CREATE INDEX ix_sync_run_org_traits ON ${schema}.sync_run (org_traits);
CREATE TABLE ${schema}.sync_org (
  run_id BIGINT NOT NULL,
  traits ${text} NOT NULL,
  CONSTRAINT pk_sync_org PRIMARY KEY (run_id)
);
-- The records that a duplicate rule of the org found to be like a participant. Personal data.
CREATE TABLE ${schema}.sync_match (
  pmi_id ${key} NOT NULL,
  contact_id ${id} NOT NULL,
  run_id BIGINT NOT NULL,
  CONSTRAINT pk_sync_match PRIMARY KEY (pmi_id, contact_id)
);
-- Finds what a run learnt.
CREATE INDEX ix_sync_match_run_id ON ${schema}.sync_match (run_id);
-- Finds where the record of somebody who is forgotten is named.
CREATE INDEX ix_sync_match_contact_id ON ${schema}.sync_match (contact_id);

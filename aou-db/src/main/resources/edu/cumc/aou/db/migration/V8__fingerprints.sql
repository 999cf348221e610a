-- Of whom nothing was to be done when they were compared last, as long as the source says the same of them: 128 bits of
-- what it said. A narrow table of its own, so that a quiet morning reads no row of the mirror. Personal data.
CREATE TABLE ${schema}.mirror_fingerprint (
  pmi_id ${key} NOT NULL,
  hash_high BIGINT NOT NULL,
  hash_low BIGINT NOT NULL,
  CONSTRAINT pk_mirror_fingerprint PRIMARY KEY (pmi_id)
);

-- The keys of the mirror, and whether they are live, without a look at its rows.
DROP INDEX ${old_key_index};
CREATE INDEX ix_contact_mirror_pmi_id ON ${schema}.contact_mirror (pmi_id, contact_id, is_deleted);

-- One row while the analysts' tables are in line with the mirror: how many rows they have.
CREATE TABLE ${schema}.ids_written (
  written_key SMALLINT NOT NULL,
  contact_pmi BIGINT NOT NULL,
  contact_journey BIGINT NOT NULL,
  relationship BIGINT NOT NULL,
  complete BIGINT NOT NULL,
  CONSTRAINT pk_ids_written PRIMARY KEY (written_key)
);

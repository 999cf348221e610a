-- What the mirror had of records that Salesforce shows otherwise since a run began to write, until the run has read back.
-- Personal data.
CREATE TABLE ${schema}.altered_record (
  run_id BIGINT NOT NULL,
  record_id ${id} NOT NULL,
  fields ${text} NOT NULL,
  CONSTRAINT pk_altered_record PRIMARY KEY (run_id, record_id)
);

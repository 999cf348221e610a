-- What the fields of a change were and shall be has a table of its own: a change takes on a new state several times, and
-- its row is narrow now. A change without a row here says nothing, or no more. Personal data.
CREATE TABLE ${schema}.sync_change_values (
  run_id BIGINT NOT NULL,
  seq BIGINT NOT NULL,
  old_values ${text} NOT NULL,
  new_values ${text} NOT NULL,
  CONSTRAINT pk_sync_change_values PRIMARY KEY (run_id, seq)
);
INSERT INTO ${schema}.sync_change_values (run_id, seq, old_values, new_values)
SELECT run_id, seq, old_values, new_values FROM ${schema}.sync_change WHERE old_values <> '{}' OR new_values <> '{}';
ALTER TABLE ${schema}.sync_change DROP COLUMN old_values;
ALTER TABLE ${schema}.sync_change DROP COLUMN new_values;

-- Attempts that came to nothing, or not to their end: what status shows of a morning whose login was refused.
CREATE TABLE ${schema}.sync_attempt (
  attempt_id BIGINT NOT NULL,
  ended_at ${time} NOT NULL,
  run_mode ${word} NOT NULL,
  run_id BIGINT NULL,
  kind ${word} NOT NULL,
  message NVARCHAR(2000) NOT NULL,
  exit_code INT NOT NULL,
  CONSTRAINT pk_sync_attempt PRIMARY KEY (attempt_id)
);
CREATE INDEX ix_sync_attempt_run_id ON ${schema}.sync_attempt (run_id);
-- Finds those that are too old to be kept.
CREATE INDEX ix_sync_attempt_ended_at ON ${schema}.sync_attempt (ended_at);

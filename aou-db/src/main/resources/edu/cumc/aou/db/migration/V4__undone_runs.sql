-- The run whose writes this one takes back.
ALTER TABLE ${schema}.sync_run ADD undone BIGINT NULL;

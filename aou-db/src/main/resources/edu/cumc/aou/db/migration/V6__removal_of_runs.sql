-- Whether the removal of the run has begun: its changes go in slices, and no report shows it meanwhile.
ALTER TABLE ${schema}.sync_run ADD is_going SMALLINT DEFAULT 0 NOT NULL;

-- Finds who was put on hold while a run went on: such a run is kept.
CREATE INDEX ix_sync_hold_since ON ${schema}.sync_hold (since, kind);

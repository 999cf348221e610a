-- What a state or a kind may be. A statement by hand that mistypes one is refused, and not met by the next run. Not
-- written with IN: a list in a CHECK of H2 is of no more use once the connection that made it is closed.
ALTER TABLE ${schema}.sync_run ADD CONSTRAINT ck_sync_run_state CHECK (${known_run_state} = 1);
ALTER TABLE ${schema}.sync_lease ADD CONSTRAINT ck_sync_lease_state CHECK (${known_lease_state} = 1);
ALTER TABLE ${schema}.sync_change ADD CONSTRAINT ck_sync_change_state CHECK (${known_change_state} = 1);
ALTER TABLE ${schema}.sync_job ADD CONSTRAINT ck_sync_job_state CHECK (${known_job_state} = 1);
ALTER TABLE ${schema}.sync_hold ADD CONSTRAINT ck_sync_hold_kind CHECK (${known_hold_kind} = 1);
ALTER TABLE ${schema}.sync_anomaly ADD CONSTRAINT ck_sync_anomaly_kind CHECK (${known_anomaly_kind} = 1);

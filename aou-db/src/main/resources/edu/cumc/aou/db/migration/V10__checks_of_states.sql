-- What a state or a kind may be. A statement by hand that mistypes one is refused, and not met by the next run.
ALTER TABLE ${schema}.sync_run ADD CONSTRAINT ck_sync_run_state CHECK (state IN (${run_states}));
ALTER TABLE ${schema}.sync_lease ADD CONSTRAINT ck_sync_lease_state CHECK (state IN ('FREE', 'ACTIVE', 'SUSPENDED'));
ALTER TABLE ${schema}.sync_change ADD CONSTRAINT ck_sync_change_state CHECK (state IN (${change_states}));
ALTER TABLE ${schema}.sync_job ADD CONSTRAINT ck_sync_job_state CHECK (state IN (${job_states}));
ALTER TABLE ${schema}.sync_hold ADD CONSTRAINT ck_sync_hold_kind CHECK (kind IN (${hold_kinds}));
ALTER TABLE ${schema}.sync_anomaly ADD CONSTRAINT ck_sync_anomaly_kind CHECK (kind IN (${anomaly_kinds}));

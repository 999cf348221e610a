-- A journey that lost its Contact is an anomaly too.
ALTER TABLE ${schema}.sync_anomaly DROP CONSTRAINT ck_sync_anomaly_kind;
ALTER TABLE ${schema}.sync_anomaly ADD CONSTRAINT ck_sync_anomaly_kind CHECK (${known_anomaly_kind} = 1);

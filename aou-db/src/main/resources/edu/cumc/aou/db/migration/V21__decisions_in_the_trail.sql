-- The leaf of each decision and hold in force, and the nonce in it. NULL: from before, to be taken into the trail.
ALTER TABLE ${schema}.sync_decision ADD nonce NVARCHAR(22) NULL;
ALTER TABLE ${schema}.sync_decision ADD leaf NVARCHAR(43) NULL;
ALTER TABLE ${schema}.sync_hold ADD nonce NVARCHAR(22) NULL;
ALTER TABLE ${schema}.sync_hold ADD leaf NVARCHAR(43) NULL;
-- The product of these leaves. NULL until the trail has taken them in.
ALTER TABLE ${schema}.sync_audit_head ADD standing NVARCHAR(600) NULL;

-- Numbers of batches are drawn, so none of them says which rows are older. The time does.
ALTER TABLE ${schema}.sync_audit_head DROP COLUMN purged_batch;
ALTER TABLE ${schema}.sync_audit_head ADD purged_until ${time} NULL;

-- The least that the sync needs on SQL Server. Replace the names in <…>, run each part in the database it names.
-- The tables are created by a DBA with the output of "aou-sync init --print", or by a login that may create tables
-- (ALTER on the schema and CREATE TABLE in the database) with "aou-sync init"; the daily run needs neither.

-- Part 1, in the participants' database: reading two relations, nothing else.
CREATE USER [<source login>] FOR LOGIN [<source login>];
GRANT SELECT ON [dbo].[vw_reporting_base] TO [<source login>];
GRANT SELECT ON [dbo].[healthpro] TO [<source login>];

-- Part 2, in the store's database; [dbo] is store.schema.
CREATE USER [<store login>] FOR LOGIN [<store login>];
GRANT SELECT ON [dbo].[sync_schema_history] TO [<store login>];
GRANT SELECT, UPDATE ON [dbo].[sync_lease] TO [<store login>];
GRANT SELECT, INSERT, UPDATE, DELETE ON [dbo].[contact_mirror] TO [<store login>];
GRANT SELECT, INSERT, UPDATE, DELETE ON [dbo].[journey_mirror] TO [<store login>];
GRANT SELECT, INSERT, UPDATE, DELETE ON [dbo].[contact_staging] TO [<store login>];
GRANT SELECT, INSERT, UPDATE, DELETE ON [dbo].[journey_staging] TO [<store login>];
GRANT SELECT, INSERT, DELETE ON [dbo].[ids_written] TO [<store login>];
GRANT SELECT, INSERT, DELETE ON [dbo].[mirror_fingerprint] TO [<store login>];
GRANT SELECT, INSERT, DELETE ON [dbo].[altered_record] TO [<store login>];
GRANT SELECT, INSERT, UPDATE, DELETE ON [dbo].[outcome_staging] TO [<store login>];
GRANT SELECT, INSERT, UPDATE, DELETE ON [dbo].[written_staging] TO [<store login>];
GRANT SELECT, INSERT, UPDATE, DELETE ON [dbo].[mirror_refresh] TO [<store login>];
GRANT SELECT, INSERT, UPDATE, DELETE ON [dbo].[mirror_state] TO [<store login>];
GRANT SELECT, INSERT, UPDATE, DELETE ON [dbo].[sync_run] TO [<store login>];
GRANT SELECT, INSERT, UPDATE, DELETE ON [dbo].[sync_org] TO [<store login>];
GRANT SELECT, INSERT, UPDATE, DELETE ON [dbo].[sync_match] TO [<store login>];
GRANT SELECT, INSERT, UPDATE, DELETE ON [dbo].[sync_change] TO [<store login>];
GRANT SELECT, INSERT, DELETE ON [dbo].[sync_change_values] TO [<store login>];
GRANT SELECT, INSERT, UPDATE, DELETE ON [dbo].[sync_job] TO [<store login>];
GRANT SELECT, INSERT, UPDATE, DELETE ON [dbo].[sync_attempt] TO [<store login>];
GRANT SELECT, INSERT, UPDATE, DELETE ON [dbo].[sync_hold] TO [<store login>];
GRANT SELECT, INSERT, UPDATE, DELETE ON [dbo].[sync_anomaly] TO [<store login>];
GRANT SELECT, INSERT, UPDATE, DELETE ON [dbo].[sync_flaw] TO [<store login>];
GRANT SELECT, INSERT, UPDATE, DELETE ON [dbo].[sync_decision] TO [<store login>];
-- Rows of the audit trail are added and never changed, and the store login can do no more.
GRANT SELECT, INSERT ON [dbo].[sync_audit] TO [<store login>];
GRANT SELECT, INSERT, UPDATE ON [dbo].[sync_audit_leaf] TO [<store login>];
GRANT SELECT, INSERT, UPDATE ON [dbo].[sync_audit_head] TO [<store login>];
GRANT SELECT, INSERT, UPDATE, DELETE ON [dbo].[Contact_PMI] TO [<store login>];
GRANT SELECT, INSERT, UPDATE, DELETE ON [dbo].[Contact_Journey] TO [<store login>];
GRANT SELECT, INSERT, UPDATE, DELETE ON [dbo].[Relationship] TO [<store login>];

-- Part 3, in the store's database: the analysts read the three tables that are theirs. The others hold personal data.
GRANT SELECT ON [dbo].[Contact_PMI] TO [<analysts>];
GRANT SELECT ON [dbo].[Contact_Journey] TO [<analysts>];
GRANT SELECT ON [dbo].[Relationship] TO [<analysts>];

-- Part 4, in the store's database: who reviews the audit trail reads it, and it names nobody.
GRANT SELECT ON [dbo].[sync_audit] TO [<reviewers>];
GRANT SELECT ON [dbo].[sync_audit_head] TO [<reviewers>];

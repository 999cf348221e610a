-- Estimated plans of the statements that matter. Run in the store's database in SQL Server Management Studio or sqlcmd;
-- nothing is executed. [dbo] is store.schema. Expect an Index Seek in 1 to 4, one ordered pass of each index in 5 and 6.
SET SHOWPLAN_ALL ON;
GO
-- 1. a page of the mirror, in the order of the PMI ID
SELECT MAX(p.pmi_id) FROM (SELECT pmi_id FROM [dbo].contact_mirror WHERE pmi_id > N'P000000001' ORDER BY pmi_id
  OFFSET 0 ROWS FETCH NEXT 1000 ROWS ONLY) p;
GO
-- 2. the work that is left of a run
SELECT seq, state FROM [dbo].sync_change WHERE run_id = 1 AND object = N'CONTACT' AND seq > 0 AND action IN (N'INSERT')
  AND state IN (N'PLANNED') ORDER BY seq OFFSET 0 ROWS FETCH NEXT 200 ROWS ONLY;
GO
-- 3. one participant's history
SELECT run_id, seq FROM [dbo].sync_change WHERE pmi_id = N'P000000001' ORDER BY run_id DESC, seq DESC
  OFFSET 0 ROWS FETCH NEXT 20 ROWS ONLY;
GO
-- 4. the answers to one call
UPDATE [dbo].sync_change SET state = N'DONE' WHERE run_id = 1 AND seq = 1;
GO
-- 5. what is new in staging
INSERT INTO [dbo].contact_mirror (contact_id, pmi_id, fields, sent, modstamp, owner_id, is_deleted, merged_into)
SELECT s.contact_id, s.pmi_id, s.fields, N'{}', s.modstamp, s.owner_id, 0, NULL FROM [dbo].contact_staging s
WHERE s.is_gone = 0 AND NOT EXISTS (SELECT 1 FROM [dbo].contact_mirror m WHERE m.contact_id = s.contact_id);
GO
-- 6. what is missing in the analysts' table
INSERT INTO [dbo].Contact_PMI (Contact_Id, PMI_Id) SELECT c.contact_id, c.pmi_id FROM [dbo].contact_mirror c
WHERE c.is_deleted = 0 AND c.pmi_id IS NOT NULL
AND NOT EXISTS (SELECT 1 FROM [dbo].Contact_PMI p WHERE p.Contact_Id = c.contact_id);
GO
SET SHOWPLAN_ALL OFF;
GO
-- How large each table is and how long its rows are; this one is executed.
SELECT t.name, SUM(CASE WHEN s.index_id < 2 THEN s.row_count ELSE 0 END) AS row_count,
  SUM(s.reserved_page_count) * 8 AS reserved_kb
FROM sys.dm_db_partition_stats s JOIN sys.tables t ON t.object_id = s.object_id
WHERE t.schema_id = SCHEMA_ID(N'dbo') GROUP BY t.name ORDER BY reserved_kb DESC;
GO
-- The logical reads of each statement since the server compiled it; this one is executed, and takes VIEW SERVER STATE (or
-- VIEW SERVER PERFORMANCE STATE). Run it right after a quiet morning, in the store's database and in the participants'. On
-- a quiet morning no statement but those on the two relations reads more pages than a pass over a narrow index has.
SELECT TOP (40) s.total_logical_reads, s.execution_count, s.total_rows, s.total_worker_time / 1000 AS cpu_ms,
  s.last_execution_time, SUBSTRING(q.text, s.statement_start_offset / 2 + 1, 300) AS statement_text
FROM sys.dm_exec_query_stats s CROSS APPLY sys.dm_exec_sql_text(s.sql_handle) q
WHERE s.last_execution_time > DATEADD(hour, -24, GETDATE()) AND EXISTS (
  SELECT 1 FROM sys.dm_exec_plan_attributes(s.plan_handle) a
  WHERE a.attribute = N'dbid' AND CONVERT(int, a.value) = DB_ID())
ORDER BY s.total_logical_reads DESC;
GO

-- A SQL Server Agent job that runs the morning's sync on the server itself. Not tried on a real server.
-- Needs: aou-sync unpacked on that server, and a proxy (here: aou_sync_proxy) for the CmdExec subsystem whose account may
-- read the configuration. The step fails with aou-sync's exit code in the job's history; only 0 is success.
USE msdb;
GO
SET XACT_ABORT ON;
BEGIN TRANSACTION;

IF EXISTS (SELECT 1 FROM dbo.sysjobs WHERE name = N'aou-sync')
    EXEC dbo.sp_delete_job @job_name = N'aou-sync';

EXEC dbo.sp_add_job
    @job_name = N'aou-sync',
    @description = N'The morning''s sync of All of Us participants with Salesforce';

EXEC dbo.sp_add_jobstep
    @job_name = N'aou-sync',
    @step_name = N'sync',
    @subsystem = N'CmdExec',
    @proxy_name = N'aou_sync_proxy',
    @command = N'"C:\Program Files\aou-sync\bin\aou-sync.cmd" sync --config "C:\ProgramData\aou-sync\aou-sync.conf"',
    @cmdexec_success_code = 0,
    @retry_attempts = 0,
    @on_success_action = 1,
    @on_fail_action = 2;

EXEC dbo.sp_add_jobschedule
    @job_name = N'aou-sync',
    @name = N'every morning',
    @freq_type = 4,
    @freq_interval = 1,
    @active_start_time = 060000;

EXEC dbo.sp_add_jobserver @job_name = N'aou-sync';

COMMIT TRANSACTION;
GO

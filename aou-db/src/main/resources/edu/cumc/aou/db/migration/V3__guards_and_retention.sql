-- The guards that stopped a run, as a list: the guard's setting, its message, the next guard's setting, and so on.
ALTER TABLE ${schema}.sync_run ADD trips ${text} DEFAULT '[]' NOT NULL;

-- Whether the values of the run's changes are blanked already, so that retention need not look at them again.
ALTER TABLE ${schema}.sync_run ADD is_blanked SMALLINT DEFAULT 0 NOT NULL;

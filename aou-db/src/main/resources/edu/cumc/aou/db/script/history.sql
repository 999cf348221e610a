-- What aou-sync init would note of it, so that it goes on from here.
CREATE TABLE ${schema}.sync_schema_history (
  installed_rank INT NOT NULL,
  version NVARCHAR(50) NULL,
  description NVARCHAR(200) NULL,
  type NVARCHAR(20) NOT NULL,
  script NVARCHAR(1000) NOT NULL,
  checksum INT NULL,
  installed_by NVARCHAR(100) NOT NULL,
  installed_on DATETIME DEFAULT CURRENT_TIMESTAMP NOT NULL,
  execution_time INT NOT NULL,
  success BIT NOT NULL,
  CONSTRAINT sync_schema_history_pk PRIMARY KEY (installed_rank)
);
CREATE INDEX sync_schema_history_s_idx ON ${schema}.sync_schema_history (success);

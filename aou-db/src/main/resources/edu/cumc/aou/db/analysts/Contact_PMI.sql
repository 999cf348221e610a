CREATE TABLE ${schema}.Contact_PMI (
  Contact_Id ${id} NOT NULL,
  PMI_Id ${key} NOT NULL,
  PRIMARY KEY (Contact_Id)
);
CREATE INDEX ix_Contact_PMI_PMI_Id ON ${schema}.Contact_PMI (PMI_Id);

CREATE TABLE ${schema}.Relationship (
  Contact_Id ${id} NOT NULL,
  PMI_Id ${key} NOT NULL,
  Journey_Id ${id} NULL,
  PRIMARY KEY (PMI_Id)
);

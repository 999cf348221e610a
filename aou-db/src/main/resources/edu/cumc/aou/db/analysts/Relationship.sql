CREATE TABLE ${schema}.Relationship (
  Contact_Id ${id} NOT NULL,
  PMI_Id ${key} NOT NULL,
  Journey_Id ${id} NULL,
  CONSTRAINT pk_Relationship PRIMARY KEY (PMI_Id)
);

CREATE TABLE ${schema}.Contact_Journey (
  Contact_Id ${id} NOT NULL,
  Journey_Id ${id} NOT NULL,
  PRIMARY KEY (Journey_Id)
);
CREATE INDEX ix_Contact_Journey_Contact_Id ON ${schema}.Contact_Journey (Contact_Id);

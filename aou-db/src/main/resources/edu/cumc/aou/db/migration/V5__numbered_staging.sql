-- A record may come more than once in one refresh. Its rows are told apart by a number, so that all can be loaded
-- without a look at those before; what is not the last of them is removed before the merge. Staging holds nothing that
-- is needed: the next refresh begins with empty tables.
DELETE FROM ${schema}.contact_staging;
ALTER TABLE ${schema}.contact_staging ADD seq BIGINT NOT NULL;
ALTER TABLE ${schema}.contact_staging DROP CONSTRAINT pk_contact_staging;
ALTER TABLE ${schema}.contact_staging ADD CONSTRAINT pk_contact_staging PRIMARY KEY (contact_id, seq);
DELETE FROM ${schema}.journey_staging;
ALTER TABLE ${schema}.journey_staging ADD seq BIGINT NOT NULL;
ALTER TABLE ${schema}.journey_staging DROP CONSTRAINT pk_journey_staging;
ALTER TABLE ${schema}.journey_staging ADD CONSTRAINT pk_journey_staging PRIMARY KEY (journey_id, seq);

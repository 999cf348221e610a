-- Up to when the mirror was read, and how much of that a reading from the watermark on would read again: what a run wrote
-- and read back is not read again the next morning. NULL in a mirror of which no more is known than its watermark.
ALTER TABLE ${schema}.mirror_state ADD read_up_to ${time} NULL;
ALTER TABLE ${schema}.mirror_state ADD read_again BIGINT NULL;

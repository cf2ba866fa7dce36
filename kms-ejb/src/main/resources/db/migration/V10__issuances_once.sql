-- How often and when last a key set was given out stands in the audit trail; a column that nobody reads cost every repeated
-- request an update.
ALTER TABLE kms_issuance DROP COLUMN last_at;
ALTER TABLE kms_issuance DROP COLUMN times;

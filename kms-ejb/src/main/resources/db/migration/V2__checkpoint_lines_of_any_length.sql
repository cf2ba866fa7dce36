-- A checkpoint names the head of every chain there ever was, about 125 characters each: no fixed length holds for good.
ALTER TABLE kms_audit_checkpoint ALTER COLUMN line SET DATA TYPE TEXT;

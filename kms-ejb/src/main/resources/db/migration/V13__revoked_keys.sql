-- When a key of a group was revoked: who joined after that is not given it. Empty in rows of before, which count as revoked when
-- they were made.
ALTER TABLE gms_key ADD COLUMN revoked_at TIMESTAMP(6) WITH TIME ZONE;

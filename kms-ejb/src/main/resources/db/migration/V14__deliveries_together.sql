-- What is due of each topic, however much waits of others.
DROP INDEX kms_outbox_due;
CREATE INDEX kms_outbox_due ON kms_outbox (topic, state, due_at, seq);

-- line: the first eight octets of the SHA-256 of the destination. An index finds the first delivery of each line of a topic in
-- as many steps as there are lines, however many deliveries wait in them. Rows from before are of topics that do not need it.
ALTER TABLE kms_outbox ADD COLUMN line BIGINT DEFAULT 0 NOT NULL;
CREATE INDEX kms_outbox_line ON kms_outbox (topic, state, line, seq);

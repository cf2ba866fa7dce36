-- The first delivery of each destination of a topic, however many wait behind it.
CREATE INDEX kms_outbox_line ON kms_outbox (topic, state, destination, seq);

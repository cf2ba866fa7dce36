-- Each key writes to every index, and its deliveries three times.

-- Keys of one MC server are listed in order of Key ID, as the primary key has them; few servers share the table.
DROP INDEX kms_cek_server;

-- Operators page through deliveries in order of seq, the primary key; what nobody waits for is deleted or soon delivered.
DROP INDEX kms_outbox_page;

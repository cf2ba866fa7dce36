-- Where members of groups want to be notified, one address for each.
CREATE TABLE gms_callback (
    member_uri    VARCHAR(512)  NOT NULL PRIMARY KEY,
    address       VARCHAR(2048) NOT NULL,
    registered_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    row_mac       VARCHAR(96)   NOT NULL
);

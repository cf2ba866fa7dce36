-- Temporary groups over systems: how far the part of each partner is, as this side sees it.
-- part_key: SHA-256 of what names the part, hex. Groups and owners: separated by line ends. row_mac: under a data key, hex.
CREATE TABLE gms_regroup_part (
    part_key       VARCHAR(64)    NOT NULL PRIMARY KEY,
    regroup_id     VARCHAR(64)    NOT NULL,
    primary_gms    VARCHAR(512)   NOT NULL,
    partner_gms    VARCHAR(512)   NOT NULL,
    role           VARCHAR(20)    NOT NULL,
    owners         VARCHAR(33000) NOT NULL,
    temporary_uri  VARCHAR(512)   NOT NULL,
    primary_groups VARCHAR(33000) NOT NULL,
    partner_groups VARCHAR(33000) NOT NULL,
    service        VARCHAR(20)    NOT NULL,
    generation     BIGINT         NOT NULL,
    state          VARCHAR(20)    NOT NULL,
    reason         VARCHAR(500),
    members        INTEGER        NOT NULL,
    acknowledged   INTEGER        NOT NULL,
    failed         INTEGER        NOT NULL,
    created_at     TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    changed_at     TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    row_mac        VARCHAR(96)    NOT NULL
);
CREATE INDEX gms_regroup_part_id ON gms_regroup_part (regroup_id);
CREATE INDEX gms_regroup_part_state ON gms_regroup_part (role, state, changed_at);
CREATE INDEX gms_regroup_part_age ON gms_regroup_part (created_at);

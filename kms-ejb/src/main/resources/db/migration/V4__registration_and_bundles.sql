-- Registration of servers by two officers, and jobs that make pre-provisioning bundles.

-- A first officer's request to register the keys of a server, waiting for another officer.
CREATE TABLE kms_registration_request (
    owner_uri           VARCHAR(512) NOT NULL,
    device              VARCHAR(200) NOT NULL,
    officer             VARCHAR(80)  NOT NULL,
    officer_certificate VARCHAR(64)  NOT NULL,
    reason              VARCHAR(500) NOT NULL,
    requested_at        TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    row_mac             VARCHAR(64)  NOT NULL,
    PRIMARY KEY (owner_uri, device)
);

-- An order to make one bundle per user of a list; all periods are of one epoch, both ends included.
CREATE TABLE kms_bundle_job (
    id                  VARCHAR(36)  NOT NULL PRIMARY KEY,
    state               VARCHAR(20)  NOT NULL,
    officer             VARCHAR(80)  NOT NULL,
    officer_certificate VARCHAR(64)  NOT NULL,
    reason              VARCHAR(500) NOT NULL,
    epoch_id            VARCHAR(36)  NOT NULL,
    first_period        BIGINT       NOT NULL,
    last_period         BIGINT       NOT NULL,
    total               INTEGER      NOT NULL,
    folded              INTEGER      NOT NULL,
    started_at          TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    ended_at            TIMESTAMP(6) WITH TIME ZONE,
    row_mac             VARCHAR(64)  NOT NULL
);

-- Its items, counted from 1. device: empty where the list names none. sha256: of the file, which no database holds.
CREATE TABLE kms_bundle_item (
    job_id   VARCHAR(36)  NOT NULL,
    item_no  INTEGER      NOT NULL,
    user_uri VARCHAR(512) NOT NULL,
    device   VARCHAR(200) NOT NULL,
    state    VARCHAR(20)  NOT NULL,
    failure  VARCHAR(500),
    sha256   VARCHAR(64),
    ended_at TIMESTAMP(6) WITH TIME ZONE,
    PRIMARY KEY (job_id, item_no),
    UNIQUE (job_id, user_uri, device)
);
-- Workers look for the first open items, operators for those that failed.
CREATE INDEX kms_bundle_item_state ON kms_bundle_item (job_id, state, item_no);

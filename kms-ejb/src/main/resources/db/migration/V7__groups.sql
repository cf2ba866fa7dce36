-- Groups, their members and keys, the messages that bring the keys to the members, and the jobs that make them.
-- row_mac: under a data key, id of the data key and HMAC-SHA-256, hex.

-- uses: comma separated. rekey_every, lifetime: seconds. members: how many there are now; last_member: number given last.
CREATE TABLE gms_group (
    uri           VARCHAR(512) NOT NULL PRIMARY KEY,
    owner         VARCHAR(512) NOT NULL,
    name          VARCHAR(200) NOT NULL,
    service       VARCHAR(20)  NOT NULL,
    state         VARCHAR(20)  NOT NULL,
    temporary     BOOLEAN      NOT NULL,
    uses          VARCHAR(40)  NOT NULL,
    floor_purpose VARCHAR(20)  NOT NULL,
    rekey_every   BIGINT,
    lifetime      BIGINT,
    generation    BIGINT       NOT NULL,
    next_rekey_at TIMESTAMP(6) WITH TIME ZONE,
    members       INTEGER      NOT NULL,
    last_member   INTEGER      NOT NULL,
    created_at    TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    ended_at      TIMESTAMP(6) WITH TIME ZONE,
    row_mac       VARCHAR(96)  NOT NULL
);
CREATE INDEX gms_group_owner ON gms_group (owner, uri);
CREATE INDEX gms_group_due ON gms_group (next_rekey_at);

CREATE TABLE gms_member (
    group_uri VARCHAR(512) NOT NULL REFERENCES gms_group (uri) ON DELETE CASCADE,
    member_no INTEGER      NOT NULL,
    uri       VARCHAR(512) NOT NULL,
    kms_uri   VARCHAR(512),
    joined_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    row_mac   VARCHAR(96)  NOT NULL,
    PRIMARY KEY (group_uri, member_no),
    UNIQUE (group_uri, uri)
);
-- A user fetches the keys of all its groups.
CREATE INDEX gms_member_user ON gms_member (uri, group_uri);

-- sealed: id of the data key, IV, ciphertext and tag of AES-256-GCM, hex; rand: hex.
CREATE TABLE gms_key (
    key_id        VARCHAR(8)   NOT NULL PRIMARY KEY,
    group_uri     VARCHAR(512) NOT NULL REFERENCES gms_group (uri) ON DELETE CASCADE,
    generation    BIGINT       NOT NULL,
    key_use       VARCHAR(20)  NOT NULL,
    purpose       VARCHAR(20)  NOT NULL,
    rand          VARCHAR(510) NOT NULL,
    status        VARCHAR(20)  NOT NULL,
    activation    TIMESTAMP(6) WITH TIME ZONE,
    expiry        TIMESTAMP(6) WITH TIME ZONE,
    origin        VARCHAR(512),
    created_at    TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    superseded_at TIMESTAMP(6) WITH TIME ZONE,
    sealed        VARCHAR(200) NOT NULL,
    row_mac       VARCHAR(96)  NOT NULL,
    UNIQUE (group_uri, generation, key_use)
);
CREATE INDEX gms_key_superseded ON gms_key (superseded_at);

-- One message per member and key: the primary key is what keeps two workers from doubling one. No reference to the member,
-- who may leave while a worker stores the messages of superseded keys; they are given out through their members only.
CREATE TABLE gms_message (
    key_id       VARCHAR(8)   NOT NULL REFERENCES gms_key (key_id) ON DELETE CASCADE,
    member_no    INTEGER      NOT NULL,
    state        VARCHAR(20)  NOT NULL,
    message      BYTEA,
    guk_id       VARCHAR(8)   NOT NULL,
    usable_until TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    reason       VARCHAR(600),
    made_at      TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    changed_at   TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    PRIMARY KEY (key_id, member_no)
);

-- Groups with messages that wait for the certificate of a KMS.
CREATE TABLE gms_waiting (
    kms_uri   VARCHAR(512) NOT NULL,
    group_uri VARCHAR(512) NOT NULL REFERENCES gms_group (uri) ON DELETE CASCADE,
    PRIMARY KEY (kms_uri, group_uri)
);

-- key_ids: space separated.
CREATE TABLE gms_job (
    id         VARCHAR(36)  NOT NULL PRIMARY KEY,
    group_uri  VARCHAR(512) NOT NULL REFERENCES gms_group (uri) ON DELETE CASCADE,
    kind       VARCHAR(20)  NOT NULL,
    state      VARCHAR(20)  NOT NULL,
    key_ids    VARCHAR(400) NOT NULL,
    total      INTEGER      NOT NULL,
    started_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    ended_at   TIMESTAMP(6) WITH TIME ZONE,
    row_mac    VARCHAR(96)  NOT NULL
);
CREATE INDEX gms_job_state ON gms_job (state, started_at);
CREATE INDEX gms_job_group ON gms_job (group_uri, started_at);

-- A range of members, both ends included, dealt with in one transaction. members: how many there were at the start.
CREATE TABLE gms_job_part (
    job_id   VARCHAR(36) NOT NULL REFERENCES gms_job (id) ON DELETE CASCADE,
    first_no INTEGER     NOT NULL,
    last_no  INTEGER     NOT NULL,
    members  INTEGER     NOT NULL,
    state    VARCHAR(20) NOT NULL,
    waiting  INTEGER     NOT NULL,
    ended_at TIMESTAMP(6) WITH TIME ZONE,
    PRIMARY KEY (job_id, first_no)
);

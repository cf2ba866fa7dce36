-- Content encryption keys (CEKs): one for each user, MC server and SIP session.

-- key_id, predecessor, scope, token_digest: hex. scope: SHA-256 of user, server and session.
-- live: PENDING or ACTIVE while the key is one of the two that a scope may have of each at once, else NULL.
-- acknowledged: the newest revision that the server has confirmed; 0: none.
-- due_at: when time changes something about the row.
-- sealed: id of the data key, IV, ciphertext and tag of AES-256-GCM, hex; NULL once the key has ended.
-- row_mac: under a data key, id of the data key and HMAC-SHA-256, hex.
CREATE TABLE kms_cek (
    key_id        VARCHAR(32)   NOT NULL PRIMARY KEY,
    scope         VARCHAR(64)   NOT NULL,
    live          VARCHAR(10),
    user_uri      VARCHAR(512)  NOT NULL,
    server_uri    VARCHAR(512)  NOT NULL,
    sip_session   VARCHAR(255),
    state         VARCHAR(10)   NOT NULL,
    revision      BIGINT        NOT NULL,
    acknowledged  BIGINT        NOT NULL,
    created_at    TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    valid_to      TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    refresh_after TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    predecessor   VARCHAR(32),
    token_digest  VARCHAR(64),
    ended_at      TIMESTAMP(6) WITH TIME ZONE,
    end_reason    VARCHAR(20),
    due_at        TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    sealed        VARCHAR(200),
    row_mac       VARCHAR(96)   NOT NULL,
    UNIQUE (scope, live)
);
CREATE INDEX kms_cek_user ON kms_cek (user_uri, key_id);
CREATE INDEX kms_cek_server ON kms_cek (server_uri, key_id);
CREATE INDEX kms_cek_session ON kms_cek (sip_session);
CREATE INDEX kms_cek_token ON kms_cek (token_digest);
CREATE INDEX kms_cek_due ON kms_cek (due_at);

-- One node at a time does what time brings to CEKs.
INSERT INTO kms_lock (name) VALUES ('ceks');

-- Access tokens that operators have revoked: one by issuer and jti, or all of an identity that were issued before a moment.
-- Kept for longer than any token lives. What counts is what the nodes have seen and what the audit trail says.
CREATE TABLE kms_token_revocation (
    id            VARCHAR(36)  NOT NULL PRIMARY KEY,
    issuer        VARCHAR(128),
    jti           VARCHAR(512),
    identity_uri  VARCHAR(512),
    issued_before TIMESTAMP(6) WITH TIME ZONE,
    revoked_at    TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    revoked_by    VARCHAR(128) NOT NULL,
    reason        VARCHAR(500)
);
CREATE INDEX kms_token_revocation_time ON kms_token_revocation (revoked_at);

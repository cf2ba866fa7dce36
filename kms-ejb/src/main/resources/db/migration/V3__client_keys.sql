-- Keys of devices, dialects of identities, and what is remembered of signed requests.

-- How an identity is served differently: interop profiles, comma separated, in place of two columns for two of them.
ALTER TABLE kms_identity ADD COLUMN profiles VARCHAR(500) DEFAULT '' NOT NULL;
UPDATE kms_identity SET profiles = 'user-id-hex' WHERE user_id_form = 'HEX' AND identity_encoding <> 'ASCII_HEX';
UPDATE kms_identity SET profiles = 'uid-as-hex-text' WHERE user_id_form <> 'HEX' AND identity_encoding = 'ASCII_HEX';
UPDATE kms_identity SET profiles = 'user-id-hex,uid-as-hex-text' WHERE user_id_form = 'HEX' AND identity_encoding = 'ASCII_HEX';
ALTER TABLE kms_identity DROP COLUMN identity_encoding;
ALTER TABLE kms_identity DROP COLUMN user_id_form;

-- TrK and InK of one device of one identity, sealed under kms.store.client.<n> with all columns but last_used as
-- authenticated data. key_number counts over all devices of an identity; names of keys hold it.
CREATE TABLE kms_client_keys (
    owner_uri        VARCHAR(512)  NOT NULL,
    device           VARCHAR(200)  NOT NULL,
    state            VARCHAR(20)   NOT NULL,
    revision         BIGINT        NOT NULL,
    key_number       INTEGER       NOT NULL,
    usable_until     TIMESTAMP(6) WITH TIME ZONE,
    registered_at    TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    last_used        TIMESTAMP(6) WITH TIME ZONE,
    rotated_at       TIMESTAMP(6) WITH TIME ZONE NOT NULL,
    rotation_ordered BOOLEAN       NOT NULL,
    active_names     VARCHAR(1300) NOT NULL,
    pending_names    VARCHAR(1300) NOT NULL,
    key_label        VARCHAR(40)   NOT NULL,
    sealed_iv        VARCHAR(24)   NOT NULL,
    sealed_keys      VARCHAR(400)  NOT NULL,
    PRIMARY KEY (owner_uri, device),
    UNIQUE (owner_uri, key_number)
);

-- How often a store key has encrypted: AES-GCM with random IVs has a limit.
CREATE TABLE kms_seal_count (
    key_label VARCHAR(40) NOT NULL PRIMARY KEY,
    seals     BIGINT      NOT NULL
);

-- Signed requests that were let in: the same octets are not let in twice while their Time is fresh.
CREATE TABLE kms_seen_request (
    fingerprint VARCHAR(64) NOT NULL PRIMARY KEY,
    seen_until  TIMESTAMP(6) WITH TIME ZONE NOT NULL
);
CREATE INDEX kms_seen_request_until ON kms_seen_request (seen_until);

package org.mckms.protocol.audit;

/** What the audit trail records. Names are part of the exported format and never change. */
public enum AuditEvent {
    /** First record of a chain: a node started. */
    CHAIN_OPENED,
    /** Last record of a chain: the node stopped in order. */
    CHAIN_CLOSED,
    /** A chain without a last record is taken note of by a later one: its node had crashed. */
    CHAIN_ADOPTED,
    /** Private keys of an identity were given out. */
    KEYS_PROVISIONED,
    /** The KMS certificate was given to a client. */
    KMS_INITIALISED,
    /** Certificates of other KMSs were given to a client. */
    CERT_CACHE_SERVED,
    /** An authenticated caller was refused. */
    REQUEST_REFUSED,
    /** Callers that could not be authenticated, with their number. */
    AUTHENTICATION_FAILED,
    /** The store keys of a fresh token were made. */
    TOKEN_PREPARED,
    /** An epoch with derived masters was made. */
    EPOCH_CREATED,
    /** An epoch with given masters was made. */
    EPOCH_IMPORTED,
    /** An epoch was retired. */
    EPOCH_RETIRED,
    /** The vault was opened with the token's PIN. */
    VAULT_ACTIVATED,
    /** The vault was shut. */
    VAULT_DEACTIVATED,
    /** The token was lost. */
    VAULT_LOST,
    /** The token came back. */
    VAULT_RECOVERED,
    /** The vault could not be opened. */
    ACTIVATION_FAILED,
    /** Computed keys failed the check before release. */
    SELF_CHECK_FAILED,
    /** An identity was blocked. */
    IDENTITY_BLOCKED,
    /** An identity was unblocked. */
    IDENTITY_UNBLOCKED,
    /** What an identity is served was changed. */
    IDENTITY_POLICY_CHANGED,
    /** The issue counter of an identity went up. */
    ISSUE_ADVANCED,
    /** The first of two officers asked for the issue counter to go up. */
    ISSUE_ADVANCE_REQUESTED,
    /** A row of the database does not fit its MAC, or is missing though it must be there. */
    ROW_TAMPERED,
    /** An operator was refused. */
    OPERATOR_REFUSED,
    /** The audit trail was exported. */
    AUDIT_EXPORTED,
    /** TrK and InK of a device were registered, or replaced by registering it again. */
    CLIENT_KEYS_REGISTERED,
    /** Registered keys were used for the first time. */
    CLIENT_KEYS_ACTIVATED,
    /** An operator wants new keys of a device with its next answer. */
    CLIENT_KEYS_ROTATION_ORDERED,
    /** New keys of a device were made and go with its answers from now on. */
    CLIENT_KEYS_ROTATION_STARTED,
    /** A device signed with its new keys: the old ones were erased. */
    CLIENT_KEYS_ROTATED,
    /** The keys of a device were erased by an operator. */
    CLIENT_KEYS_REVOKED,
    /** The first of two officers asked for the registration of a server's keys. */
    REGISTRATION_REQUESTED,
    /** The certificate of another KMS was taken in. */
    PARTNER_CERTIFICATE_IMPORTED,
    /** The certificate of another KMS was replaced by a newer one. */
    PARTNER_CERTIFICATE_REPLACED,
    /** The certificate of another KMS was revoked. */
    PARTNER_CERTIFICATE_REVOKED,
    /** The certificate of another KMS was removed. */
    PARTNER_CERTIFICATE_REMOVED,
    /** The signed certificate of this KMS was exported for its partners. */
    CERTIFICATE_EXPORTED,
    /** A job that makes pre-provisioning bundles was started. */
    BUNDLE_JOB_STARTED,
    /** A job that makes pre-provisioning bundles came to its end. */
    BUNDLE_JOB_FINISHED,
    /** A job that makes pre-provisioning bundles was cancelled. */
    BUNDLE_JOB_CANCELLED,
    /** A pre-provisioning bundle was made. */
    BUNDLE_MADE,
    /** A client handed over a KMS redirect response. */
    KRR_RECEIVED,
    /** A client reported that an earlier answer failed its checks. */
    CLIENT_ERROR_REPORTED,
    /** One certificate was given to a client. */
    CERTIFICATE_SERVED,
    /** A client asked which KMS serves a user. */
    LOOKUP_SERVED,
    /** The GMS of this server got its own keys from its KMS. */
    GMS_PROVISIONED,
    /** A group was made. */
    GROUP_CREATED,
    /** Members joined or left a group. */
    GROUP_MEMBERS_CHANGED,
    /** The time between two generations of a group's keys was set. */
    GROUP_SCHEDULE_CHANGED,
    /** A group came to its end, and its keys with it. */
    GROUP_TORN_DOWN,
    /** New keys of a group were made. */
    GROUP_KEYS_CREATED,
    /** A key of a group was revoked. */
    GROUP_KEY_REVOKED,
    /** A member was given the keys of a group. */
    GROUP_KEYS_SERVED,
    /** A member stored the keys of a group. */
    GROUP_KEYS_ACKNOWLEDGED,
    /** A member could not take the keys of a group. */
    GROUP_KEYS_REFUSED,
    /** A job that makes the key messages of a group was started. */
    REKEY_JOB_STARTED,
    /** A job that makes the key messages of a group was held up. */
    REKEY_JOB_PAUSED,
    /** A job that makes the key messages of a group goes on after it was held up. */
    REKEY_JOB_RESUMED,
    /** A job that makes the key messages of a group came to its end. */
    REKEY_JOB_FINISHED,
    /** A job that makes the key messages of a group was cancelled. */
    REKEY_JOB_CANCELLED,
    /** A member named the address where it wants to be notified, or took it back. */
    CALLBACK_CHANGED,
    /** A delivery was given up after its last attempt. */
    DELIVERY_ABANDONED,
    /** An operator had an abandoned delivery tried again. */
    DELIVERY_RETRIED,
    /** An operator had a delivery forgotten that had not arrived. */
    DELIVERY_DROPPED,
    /** Keys of a temporary group were sent to the GMS of a partner. */
    REGROUP_REQUESTED,
    /** Keys of a temporary group came from the GMS of a partner. */
    REGROUP_RECEIVED,
    /** The GMS of a partner told how the keys of a temporary group fared. */
    REGROUP_ANSWERED,
    /** A regroup with a partner failed. */
    REGROUP_FAILED,
    /** A temporary group with a partner came to its end. */
    REGROUP_TORN_DOWN,
    /** A content encryption key of a user and its server was made. */
    CEK_CREATED,
    /** A content encryption key was made that takes the place of an older one. */
    CEK_RENEWED,
    /** A content encryption key may be used for longer. */
    CEK_UPDATED,
    /** The server has a content encryption key: its user may seal with it. */
    CEK_ACTIVATED,
    /** A content encryption key that was there already was given out again, to its user or to its server. */
    CEK_SERVED,
    /** A content encryption key came to its end and was erased. */
    CEK_ENDED,
    /** A server could not take a content encryption key. */
    CEK_REFUSED_BY_SERVER,
    /** An operator revoked access tokens. */
    TOKEN_REVOKED
}

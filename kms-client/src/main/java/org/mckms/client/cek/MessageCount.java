package org.mckms.client.cek;

/**
 * What use has been made of one key since the KMS last said how many messages it is for. Guarded by the store that holds the
 * key.
 */
final class MessageCount {
    private long messages;
    private boolean provenByUse;

    /** @param messages no less than there have been */
    MessageCount(long messages, boolean provenByUse) {
        this.messages = messages;
        this.provenByUse = provenByUse;
    }

    /** Messages sealed and opened. */
    long messages() {
        return messages;
    }

    /** One message more. */
    void count() {
        messages++;
    }

    /** Notes that the other end sealed a message with the key. */
    void otherEndHasIt() {
        provenByUse = true;
    }

    /** Whether the other end sealed a message with the key. */
    boolean isProvenByUse() {
        return provenByUse;
    }
}

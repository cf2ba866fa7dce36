package org.mckms.mikeysakke.mikey;

import java.util.Optional;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.secret.SecretOctets;

/** A key out of a message, with what came with it; zeroed on close. */
public final class OpenedKey implements AutoCloseable {
    private final KeyPurpose purpose;
    private final KeyIdentifier keyId;
    private final KeyIdentifier csbId;
    private final Octets rand;
    private final SecretOctets key;
    private final Optional<KeyParameters> parameters;

    OpenedKey(
            KeyPurpose purpose,
            KeyIdentifier keyId,
            KeyIdentifier csbId,
            Octets rand,
            SecretOctets key,
            Optional<KeyParameters> parameters) {
        this.purpose = purpose;
        this.keyId = keyId;
        this.csbId = csbId;
        this.rand = rand;
        this.key = key;
        this.parameters = parameters;
    }

    /** By the purpose tag; the key type, if there is one, is the same. */
    public KeyPurpose purpose() {
        return purpose;
    }

    /** What the key is stored by: for a diversified key recovered from the GUK-ID, else the CSB-ID. */
    public KeyIdentifier keyId() {
        return keyId;
    }

    /** The GUK-ID of the receiver for a diversified key, else the same as {@link #keyId}. */
    public KeyIdentifier csbId() {
        return csbId;
    }

    /** The RAND of the message, 16 octets or more, an input to the derivation of session keys. */
    public Octets rand() {
        return rand;
    }

    /** The 16 octets of the key; closed with this object. */
    public SecretOctets key() {
        return key;
    }

    /** What came with the key, if the message has it. */
    public Optional<KeyParameters> parameters() {
        return parameters;
    }

    /** Zeroes the key; closing again does nothing. */
    @Override
    public void close() {
        key.close();
    }

    @Override
    public String toString() {
        return "OpenedKey[" + purpose.name() + " " + keyId.toString() + ", hidden]";
    }
}

package org.mckms.mikeysakke.mikey;

import java.util.Optional;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.kdf.KeyDerivation;
import org.mckms.mikeysakke.secret.SecretOctets;

/** A key, and the form in which it is sent. The key stays with the caller, who closes it after the last message is made. */
public final class KeyToSend {
    /** The least number of octets of RAND (RFC 3830 clause 6.11). */
    public static final int MIN_RAND_OCTETS = 16;

    private static final int MAX_RAND_OCTETS = 0xFF;

    private final KeyPurpose purpose;
    private final KeyIdentifier keyId;
    private final SecretOctets key;
    private final Octets rand;
    private final Optional<KeyParameters> parameters;
    private final MessageProfile profile;

    private KeyToSend(
            KeyPurpose purpose,
            KeyIdentifier keyId,
            SecretOctets key,
            Octets rand,
            Optional<KeyParameters> parameters,
            MessageProfile profile) {
        if (keyId.purposeTag() != purpose.tag()) {
            throw new InvalidValueException(
                    "key identifier " + keyId.toString() + " is not one of a " + purpose.name());
        }
        if (key.size() != KeyDerivation.KEY_OCTETS) {
            throw new InvalidValueException("a key to send has 16 octets, not " + key.size());
        }
        if (rand.size() < MIN_RAND_OCTETS || rand.size() > MAX_RAND_OCTETS) {
            throw new InvalidValueException("RAND has " + rand.size() + " octets, not 16 to 255");
        }
        if (parameters.isPresent() && parameters.get().purpose() != purpose) {
            throw new InvalidValueException("parameters of another kind of key than " + purpose.name());
        }
        this.purpose = purpose;
        this.keyId = keyId;
        this.key = key;
        this.rand = rand;
        this.parameters = parameters;
        this.profile = profile;
    }

    /**
     * A key with its parameters.
     *
     * @param keyId with the purpose tag of the key
     * @param key 16 octets
     * @param rand 16 to 255 octets; the same for every receiver of a group key, which derive session keys from it
     * @throws InvalidValueException if a length is out of range, or identifier or parameters are of another purpose
     */
    public static KeyToSend withParameters(
            KeyIdentifier keyId, SecretOctets key, Octets rand, KeyParameters parameters, MessageProfile profile) {
        return new KeyToSend(parameters.purpose(), keyId, key, rand, Optional.of(parameters), profile);
    }

    /** A key without parameters, such as a CSK (clause E.4.1); otherwise as {@link #withParameters}. */
    public static KeyToSend withoutParameters(
            KeyPurpose purpose, KeyIdentifier keyId, SecretOctets key, Octets rand, MessageProfile profile) {
        return new KeyToSend(purpose, keyId, key, rand, Optional.empty(), profile);
    }

    /** What the key is for. */
    public KeyPurpose purpose() {
        return purpose;
    }

    /** The identifier that all receivers have in common. */
    public KeyIdentifier keyId() {
        return keyId;
    }

    /** The key, which the caller closes. */
    public SecretOctets key() {
        return key;
    }

    /** The RAND of each message. */
    public Octets rand() {
        return rand;
    }

    /** What is sent with the key. */
    public Optional<KeyParameters> parameters() {
        return parameters;
    }

    /** The form of each message. */
    public MessageProfile profile() {
        return profile;
    }

    @Override
    public String toString() {
        return "KeyToSend[" + purpose.name() + " " + keyId.toString() + ", hidden]";
    }
}

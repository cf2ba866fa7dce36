package org.mckms.client.group;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.mikey.KeyPurpose;

/**
 * What is known of a group key besides the key.
 *
 * @param purpose GMK or MKFC
 * @param keyId the identifier that all members have in common
 * @param gukId the own one, under which this member speaks
 * @param rand of the key, an input to every session key
 * @param groups URIs of the groups that the key serves
 * @param text for people; or {@link KeyUse#FLOOR_TEXT}
 * @param sharedWithGateway whether a security gateway has the key too
 * @param activation from when on it is used
 * @param expiry from when on it is not used any more
 * @param message the message that the above comes from, the last one about this key
 */
public record GroupKeyDetails(
        KeyPurpose purpose,
        KeyIdentifier keyId,
        KeyIdentifier gukId,
        Octets rand,
        List<String> groups,
        String text,
        boolean sharedWithGateway,
        Instant activation,
        Optional<Instant> expiry,
        Origin message) {
    public GroupKeyDetails {
        Objects.requireNonNull(purpose, "purpose");
        Objects.requireNonNull(keyId, "keyId");
        Objects.requireNonNull(gukId, "gukId");
        Objects.requireNonNull(rand, "rand");
        groups = List.copyOf(groups);
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(activation, "activation");
        Objects.requireNonNull(expiry, "expiry");
        Objects.requireNonNull(message, "message");
    }

    /**
     * A message that was taken.
     *
     * @param sender who signed it
     * @param time its timestamp
     * @param digest its name
     * @param usableUntil when its timestamp is too old to be taken
     */
    public record Origin(Sender sender, Instant time, Octets digest, Instant usableUntil) {
        static Origin of(OpenedMessage message) {
            return new Origin(message.sender(), message.time(), message.digest(), message.usableUntil());
        }
    }

    /** The same for the other groups. */
    GroupKeyDetails without(String groupUri) {
        return new GroupKeyDetails(
                purpose,
                keyId,
                gukId,
                rand,
                groups.stream().filter(each -> !each.equals(groupUri)).toList(),
                text,
                sharedWithGateway,
                activation,
                expiry,
                message);
    }

    /** What the key protects. */
    public KeyUse use() {
        return KeyUse.of(purpose, text);
    }

    /** Whether the key is used at a time: active, and not expired. */
    public boolean isUsableAt(Instant time) {
        return !time.isBefore(activation) && !isExpiredAt(time);
    }

    /** Whether the life of the key is over. */
    public boolean isExpiredAt(Instant time) {
        return expiry.isPresent() && !time.isBefore(expiry.get());
    }
}

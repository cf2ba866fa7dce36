package org.mckms.gms.domain.regroup;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.mckms.gms.domain.KeyUse;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.mikey.KeyPurpose;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.group.Gktp;
import org.mckms.protocol.group.KeyTransports;
import org.mckms.protocol.group.ReceptionFault;
import org.mckms.protocol.group.RegroupNotification;
import org.mckms.protocol.group.RegroupedTransports;

/**
 * The keys of one notification, opened: one for media, and one more for floor control at most, all for the temporary group
 * and this GMS. They are taken together or not at all. Close them to wipe them.
 */
public final class NotifiedKeys implements AutoCloseable {

    /** Keys for media and for floor control. */
    private static final int MOST_KEYS = KeyUse.values().length;

    private final Map<KeyUse, IncomingKey> byUse = new EnumMap<>(KeyUse.class);

    private NotifiedKeys() {}

    /** A message and the kind of key that its list is for. */
    private record Carried(KeyPurpose purpose, Octets message) {}

    /**
     * Opens what a notification brings.
     *
     * @throws KmsException {@code KEY_MESSAGE_REFUSED}; then no key is left open
     */
    public static NotifiedKeys open(RegroupNotification notification, KeyOpening opening) {
        NotifiedKeys keys = new NotifiedKeys();
        try {
            for (Carried carried : carried(notification)) {
                keys.add(
                        opening.open(carried.message(), notification.primaryGmsUri(), carried.purpose()), notification);
            }
            if (!keys.byUse.containsKey(KeyUse.MEDIA)) {
                throw refused(ReceptionFault.KEY_MISMATCH, "there is no key for media");
            }
            return keys;
        } catch (RuntimeException | Error e) {
            keys.close();
            throw e;
        }
    }

    /** The refusal of a key message, with what the sender's operator is told. */
    public static KmsException refused(ReceptionFault fault, String why) {
        return new KmsException(
                KmsErrorCode.KEY_MESSAGE_REFUSED, "the key message is not accepted: " + fault + ", " + why);
    }

    private static List<Carried> carried(RegroupNotification notification) {
        List<Carried> all = new ArrayList<>();
        messages(notification, notification.keys().gmk())
                .forEach(octets -> all.add(new Carried(KeyPurpose.GMK, octets)));
        messages(notification, notification.keys().mkfc())
                .forEach(octets -> all.add(new Carried(KeyPurpose.MKFC, octets)));
        if (all.isEmpty() || all.size() > MOST_KEYS) {
            throw refused(ReceptionFault.MALFORMED, all.size() + " keys come, 1 to " + MOST_KEYS + " are accepted");
        }
        return all;
    }

    private static Stream<Octets> messages(RegroupNotification notification, Optional<KeyTransports> transports) {
        if (transports.stream().anyMatch(lists -> !lists.direct().isEmpty())) {
            throw refused(ReceptionFault.MALFORMED, "a key is not in the list of the temporary group");
        }
        return transports.stream()
                .flatMap(lists -> lists.regrouped().stream())
                .flatMap(group -> messages(notification, group));
    }

    private static Stream<Octets> messages(RegroupNotification notification, RegroupedTransports group) {
        if (!group.temporaryGroupUri().equals(notification.temporaryGroupUri())) {
            throw refused(ReceptionFault.KEY_MISMATCH, "a key is in the list of another group");
        }
        for (Gktp transport : group.transports()) {
            if (!transport.id().equals(notification.partnerGmsUri())) {
                throw refused(ReceptionFault.NOT_FOR_ME, "a key is for somebody else");
            }
        }
        return group.transports().stream().map(Gktp::message);
    }

    private void add(IncomingKey key, RegroupNotification notification) {
        IncomingKey.Description description = key.description();
        IncomingKey former = byUse.putIfAbsent(description.use(), key);
        if (former != null) {
            key.close();
            throw refused(ReceptionFault.KEY_MISMATCH, "two keys for one use come");
        }
        if (description.revoked()) {
            throw refused(ReceptionFault.REVOKED, "a key is revoked already");
        }
        if (!description.serves(notification.temporaryGroupUri())) {
            throw refused(ReceptionFault.KEY_MISMATCH, "a key is for other groups");
        }
        if (byUse.values().stream()
                        .filter(other -> other.description().keyId().equals(description.keyId()))
                        .count()
                > 1) {
            throw refused(ReceptionFault.DUPLICATE_KEY_ID, "two keys have one identifier");
        }
    }

    /** For media first. */
    public List<IncomingKey> keys() {
        return List.copyOf(byUse.values());
    }

    @Override
    public void close() {
        byUse.values().forEach(IncomingKey::close);
    }
}

package org.mckms.protocol.cek;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;

/**
 * What a server did with the CEKs of one list.
 *
 * @param items 0 to 256, each Key ID once
 * @throws InvalidValueException if there are more, or one twice
 */
public record CekAcknowledgement(List<Item> items) implements RequestExtension {
    public CekAcknowledgement {
        items = List.copyOf(items);
        CekChecks.distinct(items.stream().map(Item::keyId).toList());
    }

    /**
     * What became of one CEK.
     *
     * @param keyId 16 octets
     * @param revision the revision that was sent, from 1
     * @param fault why it was not taken; absent: it is stored, or deleted if it was revoked
     * @throws InvalidValueException if the Key ID has another length or the revision is below 1
     */
    public record Item(Octets keyId, long revision, Optional<CekFault> fault) {
        public Item {
            CekChecks.keyId(keyId);
            CekChecks.revision(revision);
            Objects.requireNonNull(fault, "fault");
        }

        /** That it is stored, or deleted if it was revoked. */
        public static Item stored(Cek cek) {
            return new Item(cek.keyId(), cek.revision(), Optional.empty());
        }

        /** That it was not taken. */
        public static Item refused(Cek cek, CekFault fault) {
            return new Item(cek.keyId(), cek.revision(), Optional.of(fault));
        }
    }
}

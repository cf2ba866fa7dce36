package org.mckms.client.csk;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.mckms.client.group.ReceptionException;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.protocol.group.ReceptionFault;

/** A change of the keys held. What it leaves behind is wiped by the store, once the change is on the disk or has failed. */
final class CskEdit {
    /** How long a key that was replaced still opens what is on its way. */
    static final Duration OVERLAP = Duration.ofMinutes(5);

    /** Keys of one kind and binding, the one in use among them; of those replaced the oldest give way. */
    static final int MAX_OF_BINDING = 4;

    private static final int MAX_KEYS = 65_536;

    private final List<ServerKey> keys;
    private final List<ServerKey> made = new ArrayList<>();
    private boolean changed;

    CskEdit(List<ServerKey> before) {
        this.keys = new ArrayList<>(before);
    }

    List<ServerKey> next() {
        return List.copyOf(keys);
    }

    /** The keys that this change made, whether they are held in the end or not. */
    List<ServerKey> made() {
        return made;
    }

    boolean changed() {
        return changed;
    }

    /**
     * Takes a key in place of the earlier ones of its kind and binding, which stay for the overlap, and deletes all keys, of
     * any binding, whose life is over.
     *
     * @param key copied
     * @throws ReceptionException DUPLICATE_KEY_ID, REPLAYED or STORAGE
     */
    void take(ServerKeyDetails details, SecretOctets key, Instant now) {
        Predicate<ServerKeyDetails> sameKind =
                each -> each.binding().equals(details.binding()) && each.purpose() == details.purpose();
        List<ServerKey> earlier =
                keys.stream().filter(each -> sameKind.test(each.details())).toList();
        for (ServerKey each : earlier) {
            checkAgainst(each, details, key);
        }
        keys.removeAll(earlier);
        remove(held -> held.isOver(now));
        List<ServerKey> replaced = earlier.stream()
                .filter(each -> !each.details().isOver(now))
                .filter(each -> !each.details().keyId().equals(details.keyId()))
                .toList();
        for (ServerKey each : replaced.subList(Math.max(0, replaced.size() - MAX_OF_BINDING + 1), replaced.size())) {
            add(each.with(each.details().endingAt(now.plus(OVERLAP))));
        }
        add(new ServerKey(details, key.use(SecretOctets::copyOf)));
        if (keys.size() > MAX_KEYS) {
            throw new ReceptionException(ReceptionFault.STORAGE, "more than " + MAX_KEYS + " keys of clients");
        }
    }

    /** Deletes keys. */
    void remove(Predicate<ServerKeyDetails> wanted) {
        changed |= keys.removeIf(each -> wanted.test(each.details()));
    }

    private static void checkAgainst(ServerKey held, ServerKeyDetails details, SecretOctets key) {
        boolean sameId = held.details().keyId().equals(details.keyId());
        if (sameId && !held.key().constantTimeEquals(key)) {
            throw new ReceptionException(
                    ReceptionFault.DUPLICATE_KEY_ID,
                    "the key " + details.keyId() + " is the identifier of another key");
        }
        Optional<Instant> last = Optional.of(held.details().message())
                .filter(message -> message.senderUri().equals(details.message().senderUri()))
                .map(ServerKeyDetails.Origin::time);
        if (last.filter(time -> !details.message().time().isAfter(time)).isPresent()) {
            throw new ReceptionException(
                    ReceptionFault.REPLAYED,
                    "the key " + details.keyId() + " comes in a message not later than the last one");
        }
    }

    private void add(ServerKey key) {
        made.add(key);
        keys.add(key);
        changed = true;
    }
}

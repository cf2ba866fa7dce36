package org.mckms.client.csk;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.mckms.client.group.ExpectedMessage;
import org.mckms.client.group.MessageOpening;
import org.mckms.client.group.MessageWindow;
import org.mckms.client.group.OpenedMessage;
import org.mckms.client.group.RecentMessages;
import org.mckms.client.group.ReceptionException;
import org.mckms.client.group.Sender;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.mikey.KeyParameters;
import org.mckms.mikeysakke.mikey.KeyPurpose;
import org.mckms.mikeysakke.mikey.OpenedKey;
import org.mckms.protocol.group.ReceptionFault;

/** What both receivers do with a message: open it, once, and store its key under its binding. */
final class KeyReception {
    private final MessageOpening opening;
    private final CskStore store;
    private final RecentMessages seen;

    KeyReception(MessageOpening opening, CskStore store, RecentMessages seen) {
        this.opening = opening;
        this.store = store;
        this.seen = seen;
    }

    /**
     * Takes the key of a message. The same message for the same binding changes nothing: SIP sends a request again, for
     * example with the answer to a challenge.
     *
     * @return the identifier of the key; empty if the message ended it
     * @throws ReceptionException with the check that failed
     */
    Optional<KeyIdentifier> take(
            Octets message, CskBinding binding, Sender from, Set<KeyPurpose> purposes, Instant now) {
        Octets digest = MessageOpening.digest(message);
        Optional<KeyIdentifier> known = store.known(digest, binding, purposes, now);
        if (known.isPresent()) {
            return known;
        }
        ExpectedMessage expected = new ExpectedMessage(purposes, Set.of(from), MessageWindow.INTERACTIVE, seen);
        try (OpenedMessage opened = opening.open(message, expected)) {
            return store(opened, binding, now);
        }
    }

    private Optional<KeyIdentifier> store(OpenedMessage opened, CskBinding binding, Instant now) {
        OpenedKey key = opened.key();
        Optional<KeyParameters> parameters = key.parameters();
        Optional<Instant> expiry = parameters.flatMap(KeyParameters::expiry);
        if (expiry.filter(end -> !now.isBefore(end)).isPresent()) {
            throw new ReceptionException(ReceptionFault.EXPIRED, "the key " + key.keyId() + " has expired");
        }
        remember(opened);
        if (parameters.filter(KeyParameters::revoked).isPresent()) {
            store.change(edit -> edit.remove(
                    held -> held.binding().equals(binding) && held.keyId().equals(key.keyId())));
            return Optional.empty();
        }
        ServerKeyDetails details = new ServerKeyDetails(
                key.purpose(),
                key.keyId(),
                key.rand(),
                binding,
                expiry,
                new ServerKeyDetails.Origin(opened.sender().uri(), opened.time(), opened.digest()));
        store.change(edit -> edit.take(details, key.key(), now));
        return Optional.of(key.keyId());
    }

    private void remember(OpenedMessage opened) {
        try {
            if (!seen.remember(opened)) {
                throw new ReceptionException(
                        ReceptionFault.REPLAYED, "the message of " + opened.time() + " came before");
            }
        } catch (IllegalStateException e) {
            throw new ReceptionException(ReceptionFault.STORAGE, e.getMessage(), e);
        }
    }
}

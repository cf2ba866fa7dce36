package org.mckms.client.group;

import java.util.Objects;
import java.util.Set;
import org.mckms.mikeysakke.mikey.KeyPurpose;

/**
 * What the receiver knows of a message before it looks into it.
 *
 * @param purposes kinds of keys that come by this way
 * @param senders who may send them: for a group the servers that manage it
 * @param window how old the message may be
 * @param seen messages that were taken before
 */
public record ExpectedMessage(Set<KeyPurpose> purposes, Set<Sender> senders, MessageWindow window, SeenMessages seen) {
    public ExpectedMessage {
        purposes = Set.copyOf(purposes);
        senders = Set.copyOf(senders);
        Objects.requireNonNull(window, "window");
        Objects.requireNonNull(seen, "seen");
    }
}

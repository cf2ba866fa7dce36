package org.mckms.client.csk;

import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.mckms.client.group.MessageOpening;
import org.mckms.client.group.RecentMessages;
import org.mckms.client.group.ReceptionException;
import org.mckms.client.group.Sender;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.mikeysakke.mikey.KeyPurpose;
import org.mckms.protocol.smime.SipBody;

/**
 * Keys that a client receives from its server (TS 33.180 clause 5.8): a CSK or a MuSiK, from the MDSI and nobody else. One of each is
 * in use for a registration; a new one replaces the former, which still opens for the overlap. Safe for use by several threads.
 */
public final class KeyDownloadReception {
    private final KeyReception reception;
    private final Sender server;
    private final Clock clock;

    /**
     * @param opening for the user
     * @param store of the client
     * @param server the MDSI and its KMS
     */
    public KeyDownloadReception(
            MessageOpening opening, CskStore store, RecentMessages seen, Sender server, Clock clock) {
        this.reception = new KeyReception(opening, store, seen);
        this.server = server;
        this.clock = clock;
    }

    /**
     * Takes the key in the body of a request of the server.
     *
     * @param binding the registration that the request belongs to
     * @return the identifier of the key; empty if the server revoked it
     * @throws ReceptionException with the check that failed
     */
    public Optional<KeyIdentifier> receive(SipBody body, CskBinding binding) {
        return reception.take(
                KeyBody.message(body, Set.of()),
                binding,
                server,
                Set.of(KeyPurpose.CSK, KeyPurpose.MUSIK),
                clock.instant());
    }
}

package org.mckms.client.csk;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mckms.client.group.MessageOpening;
import org.mckms.client.group.RecentMessages;
import org.mckms.client.group.ReceptionException;
import org.mckms.client.group.Sender;
import org.mckms.mikeysakke.MikeySakkeException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.Sha256;
import org.mckms.mikeysakke.mikey.KeyPurpose;
import org.mckms.mikeysakke.mikey.MikeyLeniency;
import org.mckms.mikeysakke.mikey.MikeyMessage;
import org.mckms.protocol.codec.KmsRedirectResponseCodec;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.group.ReceptionFault;
import org.mckms.protocol.message.KmsRedirectResponse;
import org.mckms.protocol.smime.SipBody;

/**
 * CSKs as a server receives them (TS 33.180 clause 5.4): the message is verified, opened with the keys of the MDSI, and its key bound to
 * the pair of SIP identity and MC service user; a new registration replaces it. Safe for use by several threads.
 */
public final class CskReception {
    private final MessageOpening opening;
    private final CskStore store;
    private final KeyReception reception;
    private final String kmsUri;
    private final Clock clock;
    private final Set<KeyBody.Deviation> deviations;

    /**
     * @param opening for the MDSI
     * @param seen messages of the last minutes
     * @param kmsUri KMS of the MDSI, which a client is told that used another
     */
    public CskReception(
            MessageOpening opening,
            CskStore store,
            RecentMessages seen,
            String kmsUri,
            Clock clock,
            Set<KeyBody.Deviation> deviations) {
        this.opening = opening;
        this.store = store;
        this.reception = new KeyReception(opening, store, seen);
        this.kmsUri = kmsUri;
        this.clock = clock;
        this.deviations = Set.copyOf(deviations);
    }

    /**
     * Takes the CSK in the body of a REGISTER or PUBLISH; never throws because of what the body says.
     *
     * @param body of the request itself: what came inside a third-party REGISTER is taken out of it first
     * @param impu public user identity that SIP has authenticated
     * @param user MC service user ID of the verified access token, and its KMS
     */
    public CskAnswer receive(SipBody body, String impu, Sender user) {
        Octets message;
        try {
            message = KeyBody.message(body, deviations);
        } catch (ReceptionException e) {
            return CskAnswer.refused(e.fault(), e.getMessage(), Optional.empty());
        }
        try {
            return reception
                    .take(message, new CskBinding(impu, user.uri()), user, Set.of(KeyPurpose.CSK), clock.instant())
                    .map(CskAnswer::taken)
                    .orElseGet(() -> CskAnswer.refused(
                            ReceptionFault.REVOKED, "the client has revoked its CSK", Optional.empty()));
        } catch (ReceptionException e) {
            return CskAnswer.refused(e.fault(), e.getMessage(), redirect(message, e.fault()));
        }
    }

    /** Ends the keys of a registration. */
    public void end(String impu, String userUri) {
        store.end(new CskBinding(impu, userUri));
    }

    /** Which KMS is the right one, if the message names another for the MDSI (clauses 5.2.8 and D.4). */
    private Optional<Octets> redirect(Octets message, ReceptionFault fault) {
        if (fault != ReceptionFault.UNKNOWN_KMS && fault != ReceptionFault.NOT_FOR_ME) {
            return Optional.empty();
        }
        try {
            MikeyMessage named = MikeyMessage.parse(message.toByteArray(), MikeyLeniency.STRICT);
            if (named.responderKmsUri().equals(kmsUri)
                    || named.responder().uri().filter(opening.uri()::equals).isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(Octets.copyOf(KmsRedirectResponseCodec.write(new KmsRedirectResponse(
                    named.initiator().uri(),
                    named.responder().uri(),
                    Optional.of(named.responderKmsUri()),
                    Optional.of(opening.uri()),
                    List.of(kmsUri),
                    Optional.empty(),
                    Sha256.of(message)))));
        } catch (MikeySakkeException | KmsException e) {
            return Optional.empty();
        }
    }
}

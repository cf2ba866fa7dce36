package org.mckms.kms.application.cek;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.kms.domain.CallerRules;
import org.mckms.kms.domain.ClientKind;
import org.mckms.kms.domain.IdentityRegister;
import org.mckms.kms.domain.MasterSecretVault;
import org.mckms.kms.domain.VaultGate;
import org.mckms.kms.domain.cek.CekEnding;
import org.mckms.kms.domain.cek.CekRecord;
import org.mckms.kms.domain.cek.CekRegister;
import org.mckms.kms.domain.cek.StoredCek;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.audit.AuditNote;
import org.mckms.protocol.cek.CekEnd;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** Ends of content encryption keys that their user or their server orders. */
@ApplicationScoped
class CekEndOrders {

    @Inject
    CekRegister register;

    @Inject
    CekLife life;

    @Inject
    CekDesk desk;

    @Inject
    CallerRules rules;

    @Inject
    IdentityRegister identities;

    @Inject
    MasterSecretVault vault;

    @Inject
    Clock clock;

    /**
     * Ends what a signed order names, inside the caller's transaction.
     *
     * @param addressee the identity that the order speaks for
     * @return all that it names, as they are now
     */
    List<CekRecord> end(
            AuthenticatedIdentity caller, String addressee, CekEnd order, Instant now, Consumer<AuditNote> trail) {
        boolean server = caller.kind() == ClientKind.MC_SERVER;
        CekEnding why = order.all() ? CekEnding.LOGGED_OFF : CekEnding.SESSION_ENDED;
        return life.end(named(addressee, server, order), why, server, now, CekAuthor.of(caller), trail);
    }

    private List<StoredCek> named(String addressee, boolean server, CekEnd order) {
        if (order.all()) {
            if (server) {
                throw new KmsException(
                        KmsErrorCode.FORBIDDEN_IDENTITY, "only users log off; a server ends keys or sessions");
            }
            identities.lock(addressee);
            return register.lockOfUser(addressee).intact();
        }
        if (order.session().isPresent()) {
            String session = order.session().get();
            return server ? register.lockOfSession(addressee, session).intact() : ofUser(addressee, session);
        }
        return own(addressee, server, new HashSet<>(order.keyIds()));
    }

    /** With the row of the identity, so that none of its keys is being made meanwhile. */
    private List<StoredCek> ofUser(String userUri, String session) {
        identities.lock(userUri);
        return register.lockOfUser(userUri, session).intact();
    }

    /** All of them, or none: an order that names a key of somebody else ends nothing. */
    private List<StoredCek> own(String addressee, boolean server, Set<Octets> keyIds) {
        List<StoredCek> found = register.lock(keyIds).intact().stream()
                .filter(stored -> addressee.equals(
                        server
                                ? stored.cek().scope().serverUri()
                                : stored.cek().scope().userUri()))
                .toList();
        if (found.size() != keyIds.size()) {
            throw CekGranting.noKey();
        }
        return found;
    }

    /** @throws KmsException {@code FORBIDDEN_IDENTITY}, {@code IDENTITY_BLOCKED}, {@code NOT_FOUND} */
    void endOne(AuthenticatedIdentity server, Octets keyId) {
        rules.check(server);
        VaultGate.requireActive(vault.status());
        if (server.isAsserted()) {
            throw new KmsException(
                    KmsErrorCode.FORBIDDEN_IDENTITY, "a server behind a proxy signs its orders; it posts them");
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        desk.given((none, trail) -> {
                    identities.find(server.primaryUri()).ifPresent(identity -> rules.checkIdentity(server, identity));
                    List<StoredCek> own = own(server.primaryUri(), true, Set.of(keyId));
                    life.end(own, CekEnding.SESSION_ENDED, true, now, CekAuthor.of(server), trail);
                })
                .close();
    }
}

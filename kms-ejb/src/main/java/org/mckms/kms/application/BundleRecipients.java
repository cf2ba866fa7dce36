package org.mckms.kms.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.mckms.kms.domain.BundleItem;
import org.mckms.kms.domain.CallerRules;
import org.mckms.kms.domain.ClientKeysRegister;
import org.mckms.kms.domain.ClientKind;
import org.mckms.kms.domain.Epoch;
import org.mckms.kms.domain.IdentityRegister;
import org.mckms.kms.domain.OpenedClientKeys;
import org.mckms.kms.domain.RegisteredIdentity;
import org.mckms.mikeysakke.MikeySakkeException;
import org.mckms.mikeysakke.identity.KeyPeriod;
import org.mckms.mikeysakke.identity.UserIdentifier;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** Who of a job's list may have a bundle, and whether there is a transport key to wrap it under. */
@ApplicationScoped
class BundleRecipients {

    @Inject
    IdentityRegister identities;

    @Inject
    ClientKeysRegister clientKeys;

    @Inject
    CallerRules rules;

    /**
     * The user of an item, registered and locked until the transaction ends. Called in alphabetic order of the users, as
     * requests of clients lock them.
     *
     * @return closed by the caller
     * @throws KmsException why this user gets no bundle
     */
    BundleRecipient admit(BundleItem item, Epoch epoch, KeyPeriod period, Instant now) {
        String uri = item.userUri();
        if (rules.kindOf(uri) != ClientKind.MC_CLIENT) {
            throw new KmsException(KmsErrorCode.FORBIDDEN_IDENTITY, "this is a server, which fetches its own keys");
        }
        checkUri(uri, epoch, period);
        Optional<RegisteredIdentity> known = identities.lock(uri);
        known.ifPresent(BundleRecipients::check);
        OpenedClientKeys keys = clientKeys
                .openDefault(uri, item.device())
                .orElseThrow(() -> new KmsException(
                        KmsErrorCode.TRANSPORT_KEY_REQUIRED,
                        "no transport key is registered for " + item.device().orElse("a device of the user")));
        boolean admitted = false;
        try {
            if (keys.record().isExpired(now)) {
                throw new KmsException(
                        KmsErrorCode.REGISTRATION_EXPIRED, "the registration was not used in time; make a new one");
            }
            RegisteredIdentity identity = known.map(k -> registered(k, now)).orElseGet(() -> register(uri, now));
            admitted = true;
            return new BundleRecipient(item, identity, keys);
        } finally {
            if (!admitted) {
                keys.close();
            }
        }
    }

    /** What cannot be part of a UID would spoil the whole batch later. */
    private static void checkUri(String uri, Epoch epoch, KeyPeriod period) {
        try {
            UserIdentifier.format2(uri, epoch.kmsUri(), epoch.schedule(), period);
        } catch (MikeySakkeException e) {
            throw new KmsException(KmsErrorCode.MALFORMED_REQUEST, "the URI cannot be part of a UID", e);
        }
    }

    private static void check(RegisteredIdentity identity) {
        if (identity.isBlocked()) {
            throw new KmsException(KmsErrorCode.IDENTITY_BLOCKED, "this identity is blocked");
        }
        if (identity.kind() != ClientKind.MC_CLIENT) {
            throw new KmsException(KmsErrorCode.FORBIDDEN_IDENTITY, "this identity was registered as a server's");
        }
    }

    private RegisteredIdentity register(String uri, Instant now) {
        RegisteredIdentity fresh = RegisteredIdentity.fresh(uri, ClientKind.MC_CLIENT, now, Optional.of(now));
        identities.add(fresh);
        return fresh;
    }

    private RegisteredIdentity registered(RegisteredIdentity identity, Instant now) {
        if (identity.registeredAt().isPresent()) {
            return identity;
        }
        RegisteredIdentity registered = identity.registered(now);
        identities.change(registered);
        return registered;
    }

    /** Closes all, whatever becomes of one. */
    static void closeAll(List<BundleRecipient> recipients) {
        recipients.forEach(BundleRecipient::close);
    }
}

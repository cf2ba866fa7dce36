package org.mckms.kms.application.cek;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.mckms.kms.application.AnswerForm;
import org.mckms.kms.application.KeysBesideKeySets;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.kms.domain.ClientKind;
import org.mckms.kms.domain.cek.CekPolicy;
import org.mckms.kms.domain.cek.CekScope;
import org.mckms.kms.domain.cek.OpenedCeks;
import org.mckms.platform.audit.AuditNote;
import org.mckms.platform.config.CekSettings;
import org.mckms.platform.config.KmsSettings;
import org.mckms.protocol.cek.CekList;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/**
 * The content encryption keys that go with the key sets of users where SIP messages are to be protected: one for each
 * identity and the site's MC server, for no session. Nobody waits for the server here: a new key is pending.
 */
@ApplicationScoped
public class ProvisionedCeks implements KeysBesideKeySets {

    @Inject
    KmsSettings settings;

    @Inject
    CekGranting granting;

    @Inject
    StandingTokens tokens;

    @Inject
    CekPolicy policy;

    /** Policy wants it, and it is a user's with a transport key. */
    @Override
    public boolean goWithKeys(AuthenticatedIdentity caller, AnswerForm form) {
        return settings.cek().filter(CekSettings::required).isPresent()
                && caller.kind() == ClientKind.MC_CLIENT
                && form.isProtected();
    }

    @Override
    public void prepare() {
        granting.prepare();
    }

    @Override
    public void add(
            AuthenticatedIdentity caller,
            List<String> userUris,
            Instant now,
            OpenedCeks given,
            Consumer<AuditNote> trail) {
        tokens.require(caller);
        String server = settings.cek().map(CekSettings::serverUri).orElseThrow();
        for (String user : userUris) {
            unlessTooMany(
                    () -> granting.current(new CekScope(user, server, Optional.empty()), caller, now, given, trail));
        }
    }

    /** A server that acknowledges no ends keeps nobody from the key sets. */
    private static void unlessTooMany(Runnable current) {
        try {
            current.run();
        } catch (KmsException e) {
            if (e.code() != KmsErrorCode.TOO_MANY_KEYS) {
                throw e;
            }
        }
    }

    @Override
    public void checkStill(AuthenticatedIdentity caller) {
        tokens.requireStill(caller);
    }

    @Override
    public Optional<CekList> list(OpenedCeks given, String addressee) {
        return given.records().isEmpty() ? Optional.empty() : Optional.of(given.to(addressee, policy));
    }
}

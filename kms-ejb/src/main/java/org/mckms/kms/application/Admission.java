package org.mckms.kms.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.kms.domain.CallerRules;
import org.mckms.kms.domain.ClientPolicy;
import org.mckms.kms.domain.IdentityRegister;
import org.mckms.kms.domain.MasterSecretVault;
import org.mckms.kms.domain.RegisteredIdentity;
import org.mckms.kms.domain.RequestChecks;
import org.mckms.kms.domain.VaultGate;
import org.mckms.protocol.codec.WireDialect;
import org.mckms.protocol.message.KmsRequest;

/** What every request of a client passes before its use case begins. */
@ApplicationScoped
class Admission {

    @Inject
    CallerRules rules;

    @Inject
    RequestChecks checks;

    @Inject
    IdentityRegister identities;

    @Inject
    MasterSecretVault vault;

    @Inject
    Clock clock;

    /** The present as the databases keep it. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** Refuses a caller that may not be what it says, a body that does not fit, and everybody while the vault is shut. */
    void check(AuthenticatedIdentity caller, Optional<KmsRequest> body, String requestUrl, Instant now) {
        rules.check(caller);
        checks.check(caller, body, requestUrl, now);
        VaultGate.requireActive(vault.status());
    }

    /** The dialect of the identity that is answered; refuses a blocked one. Inside a transaction. */
    WireDialect dialectFor(AuthenticatedIdentity caller, String uri) {
        Optional<RegisteredIdentity> known = identities.find(uri);
        known.ifPresent(identity -> rules.checkIdentity(caller, identity));
        return WireDialect.STANDARD.withUserIdForm(known.map(RegisteredIdentity::policy)
                .orElse(ClientPolicy.STANDARD)
                .userIdForm());
    }

    /** The identity an answer is addressed to: that of the body, which the caller owns, else its primary one. */
    String addressee(AuthenticatedIdentity caller, Optional<KmsRequest> body) {
        return body.map(KmsRequest::userUri).orElse(caller.primaryUri());
    }

    String answeredUrl(Optional<KmsRequest> body, String requestUrl) {
        return checks.answeredUrl(body, requestUrl);
    }
}

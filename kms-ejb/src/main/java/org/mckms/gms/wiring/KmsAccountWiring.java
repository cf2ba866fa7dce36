package org.mckms.gms.wiring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.mckms.gms.domain.GmsIdentity;
import org.mckms.gms.domain.MessageMaking;
import org.mckms.gms.infrastructure.kms.GmsAccount;
import org.mckms.gms.infrastructure.kms.GmsEnvironment;
import org.mckms.gms.infrastructure.kms.KmsMessageMaking;
import org.mckms.mikeysakke.core.SelectedSakkeCore;
import org.mckms.platform.audit.AuditTrail;
import org.mckms.platform.config.KmsSettings;
import org.mckms.platform.datakey.DataKeyWrapping;
import org.mckms.platform.datakey.DataKeys;

/** Makes the GMS as a client of its KMS. It does nothing until {@link GmsStart} begins. */
@ApplicationScoped
public class KmsAccountWiring {

    /** Empty where the settings describe no GMS. */
    @Produces
    @Singleton
    Optional<GmsAccount> account(
            KmsSettings settings,
            DataKeys dataKeys,
            DataKeyWrapping wrapping,
            AuditTrail audit,
            Clock clock,
            SecureRandom random) {
        GmsEnvironment environment =
                new GmsEnvironment(settings.site().node(), dataKeys, wrapping::activation, audit, clock, random);
        return settings.gms().map(gms -> new GmsAccount(gms, environment));
    }

    @Produces
    @Singleton
    GmsIdentity identity(Optional<GmsAccount> account) {
        return account.<GmsIdentity>map(present -> present).orElseGet(NoGms::new);
    }

    @Produces
    @Singleton
    MessageMaking messageMaking(Optional<GmsAccount> account, SelectedSakkeCore core, SecureRandom random) {
        return account.<MessageMaking>map(present -> new KmsMessageMaking(present, core, random))
                .orElseGet(NoGms::new);
    }
}

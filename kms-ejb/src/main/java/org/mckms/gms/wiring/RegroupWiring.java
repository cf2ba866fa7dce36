package org.mckms.gms.wiring;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.mckms.gms.domain.GroupGuard;
import org.mckms.gms.domain.regroup.KeyOpening;
import org.mckms.gms.domain.regroup.PartnerChannel;
import org.mckms.gms.domain.regroup.RegroupPartRepository;
import org.mckms.gms.domain.regroup.RegroupParts;
import org.mckms.gms.domain.regroup.RegroupRegister;
import org.mckms.gms.infrastructure.kms.GmsAccount;
import org.mckms.gms.infrastructure.partner.HttpsPartnerChannel;
import org.mckms.gms.infrastructure.partner.KmsKeyOpening;
import org.mckms.platform.config.KmsSettings;

/** Makes what regroups need of the GMSs of partners; where there is no GMS nobody gets as far as to use it. */
@ApplicationScoped
public class RegroupWiring {

    @Produces
    @Singleton
    RegroupParts regroupParts(RegroupPartRepository rows, GroupGuard guard) {
        return new RegroupRegister(rows, guard);
    }

    @Produces
    @Singleton
    KeyOpening keyOpening(KmsSettings settings, Optional<GmsAccount> account) {
        return account.<KeyOpening>map(
                        present -> new KmsKeyOpening(present, settings.gms().orElseThrow()))
                .orElseGet(NoPartners::new);
    }

    @Produces
    @Singleton
    PartnerChannel partnerChannel(KmsSettings settings) {
        return settings.gms().<PartnerChannel>map(HttpsPartnerChannel::new).orElseGet(NoPartners::new);
    }
}

package org.mckms.kms.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;
import org.mckms.kms.domain.ClientKeysId;
import org.mckms.kms.domain.EpochRegister;
import org.mckms.kms.domain.PeriodWindow;
import org.mckms.kms.domain.TokenServices;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.config.KmsSettings;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.sealed.Recipient;
import org.mckms.protocol.sealed.RegistrationFile;
import org.mckms.protocol.sealed.RegistrationFiles;
import org.mckms.protocol.security.ClientKeys;

/** Seals first keys into registration files, which are signed on the token. */
@ApplicationScoped
class RegistrationSealing {

    @Inject
    EpochRegister epochs;

    @Inject
    PeriodWindow window;

    @Inject
    TokenServices tokens;

    @Inject
    KmsSettings settings;

    @Inject
    SecureRandom random;

    /**
     * The file, with the root certificate of now.
     *
     * @param keys not closed
     * @throws org.mckms.protocol.error.KmsException {@code NOT_READY} if no epoch is valid now
     */
    Octets seal(ClientKeysId id, ClientKeys keys, Instant until, Recipient recipient, Instant now) {
        KmsCertificate root = window.current(epochs.checked(), now).epoch().certificate();
        try (RegistrationFile file = new RegistrationFile(
                UUID.randomUUID().toString(),
                settings.site().kmsUri(),
                settings.site().baseUrls(),
                id.ownerUri(),
                id.device(),
                keys.copy(),
                until,
                root)) {
            return Octets.copyOf(RegistrationFiles.seal(file, recipient, TokenBundleSigner.of(tokens), random));
        }
    }
}

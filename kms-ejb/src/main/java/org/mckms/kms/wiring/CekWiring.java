package org.mckms.kms.wiring;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.security.DrbgParameters;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import org.mckms.kms.domain.TokenServices;
import org.mckms.kms.domain.cek.CekGenerator;
import org.mckms.kms.domain.cek.CekPolicy;
import org.mckms.kms.domain.cek.CekRegister;
import org.mckms.kms.domain.cek.CekRepository;
import org.mckms.kms.domain.cek.McServerChannel;
import org.mckms.kms.infrastructure.cek.HttpsMcServerChannel;
import org.mckms.platform.audit.AuditTrail;
import org.mckms.platform.audit.TamperEvents;
import org.mckms.platform.config.CekSettings;
import org.mckms.platform.config.KmsSettings;
import org.mckms.platform.datakey.DataKeys;
import org.mckms.platform.persistence.AfterCommit;
import org.mckms.platform.persistence.BeforeCommit;

/** Makes what content encryption keys need out of settings and ports. */
@ApplicationScoped
public class CekWiring {

    private static final int STRENGTH_BITS = 256;

    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    TransactionSynchronizationRegistry transaction;

    @Produces
    @Singleton
    CekPolicy policy(KmsSettings settings) {
        return settings.cek().map(CekSettings::policy).orElse(CekPolicy.STANDARD);
    }

    @Produces
    @Singleton
    CekRegister register(
            CekRepository rows,
            DataKeys dataKeys,
            KmsSettings settings,
            AuditTrail audit,
            CekPolicy policy,
            BeforeCommit last) {
        return new CekRegister(rows, dataKeys, settings.site().kmsUri(), new TamperEvents(audit), policy, last);
    }

    @Produces
    @Singleton
    CekGenerator generator(TokenServices token, Clock clock) {
        return new CekGenerator(drbg(), token, clock);
    }

    /** Where no server shares keys none is spoken to. */
    @Produces
    @Singleton
    McServerChannel channel(KmsSettings settings) {
        return settings.cek()
                .<McServerChannel>map(cek -> new HttpsMcServerChannel(cek.push().tls()))
                .orElse((url, document) -> new McServerChannel.Failed("no server shares content encryption keys"));
    }

    private static SecureRandom drbg() {
        try {
            return SecureRandom.getInstance(
                    "DRBG", DrbgParameters.instantiation(STRENGTH_BITS, DrbgParameters.Capability.RESEED_ONLY, null));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has a DRBG of " + STRENGTH_BITS + " bits", e);
        }
    }

    @Produces
    @Singleton
    AfterCommit afterCommit() {
        return act -> transaction.registerInterposedSynchronization(committed(act));
    }

    private static Synchronization committed(Runnable act) {
        return new Synchronization() {
            @Override
            public void beforeCompletion() {
                // nothing is to be done before
            }

            @Override
            public void afterCompletion(int status) {
                if (status == Status.STATUS_COMMITTED) {
                    act.run();
                }
            }
        };
    }
}

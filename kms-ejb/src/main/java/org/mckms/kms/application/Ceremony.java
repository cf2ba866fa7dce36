package org.mckms.kms.application;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptors;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.mckms.kms.domain.Epoch;
import org.mckms.kms.domain.EpochId;
import org.mckms.kms.domain.EpochPlan;
import org.mckms.kms.domain.EpochPurpose;
import org.mckms.kms.domain.EpochRegister;
import org.mckms.kms.domain.EpochState;
import org.mckms.kms.domain.MasterSecretVault;
import org.mckms.kms.domain.OperatorIdentity;
import org.mckms.kms.domain.OperatorRole;
import org.mckms.kms.domain.VaultGate;
import org.mckms.mikeysakke.eccsi.KmsSecretAuthenticationKey;
import org.mckms.mikeysakke.sakke.KmsMasterSecret;
import org.mckms.platform.KmsLog;
import org.mckms.platform.audit.AuditTrail;
import org.mckms.platform.config.KmsSettings;
import org.mckms.platform.config.Profile;
import org.mckms.platform.persistence.Transactions;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** The key ceremony: makes and ends what lives on the token, under a lock of the database. Role: officer. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@Interceptors(OperatorRefusals.class)
public class Ceremony {

    @Inject
    MasterSecretVault vault;

    @Inject
    EpochRegister epochs;

    @Inject
    Transactions transactions;

    @Inject
    AuditTrail audit;

    @Inject
    KmsSettings settings;

    @Inject
    Clock clock;

    /**
     * Makes the store keys of a fresh token.
     *
     * @throws KmsException {@code CONFLICT} if the token holds KMS keys already
     */
    public void prepareToken(OperatorIdentity caller) {
        caller.must(OperatorRole.OFFICER);
        VaultGate.requireActive(vault.status());
        transactions.runInNew(() -> {
            epochs.lockCeremony();
            vault.createStoreKeys();
            audit.record(Notes.operator(
                            AuditEvent.EPOCH_CREATED,
                            caller,
                            "token:" + vault.status().tokenLabel())
                    .with("made", "store keys only"));
        });
    }

    /**
     * Makes a new epoch whose masters are derived on the token; makes the store keys too if the token is fresh.
     *
     * @throws KmsException {@code CONFLICT} if the CertUri is taken, or if a development epoch is ordered of a production
     *     server
     */
    public EpochView createEpoch(OperatorIdentity caller, EpochOrder order) {
        caller.must(OperatorRole.OFFICER);
        return make(caller, order, AuditEvent.EPOCH_CREATED, vault::createEpoch);
    }

    /**
     * Makes a new epoch of given masters, which are kept only sealed by the token; the caller closes both.
     *
     * @throws KmsException as for {@link #createEpoch}; {@code MALFORMED_REQUEST} for published numbers in a production
     *     epoch
     */
    public EpochView importEpoch(
            OperatorIdentity caller, EpochOrder order, KmsSecretAuthenticationKey ksak, KmsMasterSecret zT) {
        caller.must(OperatorRole.OFFICER);
        return make(caller, order, AuditEvent.EPOCH_IMPORTED, plan -> vault.importEpoch(plan, ksak, zT));
    }

    private EpochView make(
            OperatorIdentity caller, EpochOrder order, AuditEvent event, Function<EpochPlan, Epoch> maker) {
        VaultGate.requireActive(vault.status());
        if (order.purpose() == EpochPurpose.DEVELOPMENT && settings.site().profile() == Profile.PRODUCTION) {
            throw new KmsException(
                    KmsErrorCode.CONFLICT, "this server runs in the production profile and takes no development epoch");
        }
        EpochPlan plan = plan(order);
        AtomicBoolean keysMade = new AtomicBoolean();
        try {
            Epoch epoch = transactions.inNew(() -> {
                epochs.lockCeremony();
                List<Epoch> known = epochs.unchecked();
                refuseTakenName(known, plan);
                boolean prepared = known.isEmpty() && prepareFreshToken();
                Epoch made = maker.apply(plan);
                keysMade.set(true);
                epochs.add(made);
                audit.record(Notes.operator(event, caller, made.id().toString())
                        .with("certUri", made.certUri())
                        .with("purpose", made.purpose().name())
                        .with("kpak", made.kpak().octets().toHex())
                        .with("storeKeysMade", Boolean.toString(prepared)));
                return made;
            });
            return EpochView.of(epoch, isCurrent(epoch));
        } catch (KmsException e) {
            if (keysMade.get()) {
                KmsLog.LOG.orphanedEpochKeys(plan.id().toString());
            }
            throw e;
        }
    }

    private EpochPlan plan(EpochOrder order) {
        return new EpochPlan(
                new EpochId(UUID.randomUUID()),
                order.purpose(),
                settings.site().kmsUri(),
                order.certUri(),
                settings.site().issuerName(),
                order.validFrom().truncatedTo(ChronoUnit.SECONDS),
                order.validTo().truncatedTo(ChronoUnit.SECONDS),
                order.schedule(),
                settings.site().domains());
    }

    private static void refuseTakenName(List<Epoch> known, EpochPlan plan) {
        if (known.stream().anyMatch(e -> e.certUri().equals(plan.certUri()))) {
            throw new KmsException(
                    KmsErrorCode.CONFLICT,
                    "an epoch with CertUri " + plan.certUri() + " exists already; choose another");
        }
    }

    /** Whether this call made the store keys; a token that has them keeps them. */
    private boolean prepareFreshToken() {
        try {
            vault.createStoreKeys();
            return true;
        } catch (KmsException e) {
            if (e.code() == KmsErrorCode.CONFLICT) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Ends an epoch for good: it is retired in the database, then its keys on the token are destroyed. May be repeated if
     * the token failed in between.
     *
     * @throws KmsException {@code NOT_FOUND} if there is no such epoch
     */
    public EpochView retireEpoch(OperatorIdentity caller, EpochId epoch) {
        caller.must(OperatorRole.OFFICER);
        VaultGate.requireActive(vault.status());
        Epoch retired = transactions.inNew(() -> {
            epochs.lockCeremony();
            Epoch found = epochs.checked().epochs().stream()
                    .filter(e -> e.id().equals(epoch))
                    .findFirst()
                    .orElseThrow(() -> new KmsException(KmsErrorCode.NOT_FOUND, "no epoch " + epoch));
            Epoch ended = retired(found);
            if (found.state() == EpochState.ACTIVE) {
                epochs.change(ended);
            }
            audit.record(Notes.operator(AuditEvent.EPOCH_RETIRED, caller, epoch.toString())
                    .with("certUri", ended.certUri()));
            return ended;
        });
        vault.retire(epoch);
        return EpochView.of(retired, false);
    }

    private static Epoch retired(Epoch epoch) {
        return new Epoch(
                epoch.id(),
                epoch.purpose(),
                epoch.origin(),
                EpochState.RETIRED,
                epoch.kmsUri(),
                epoch.certUri(),
                epoch.issuer(),
                epoch.validFrom(),
                epoch.validTo(),
                epoch.schedule(),
                epoch.domains(),
                epoch.zT(),
                epoch.kpak(),
                epoch.sealedMasters());
    }

    private boolean isCurrent(Epoch epoch) {
        return transactions
                .inNew(() -> epochs.checked().validAt(clock.instant()))
                .filter(e -> e.id().equals(epoch.id()))
                .isPresent();
    }
}

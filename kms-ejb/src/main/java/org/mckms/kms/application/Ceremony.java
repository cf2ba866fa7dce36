package org.mckms.kms.application;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptors;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;
import org.mckms.kms.domain.Epoch;
import org.mckms.kms.domain.EpochId;
import org.mckms.kms.domain.EpochPlan;
import org.mckms.kms.domain.EpochRegister;
import org.mckms.kms.domain.EpochRegister.EpochCatalogue;
import org.mckms.kms.domain.EpochRules;
import org.mckms.kms.domain.EpochState;
import org.mckms.kms.domain.MasterSecretVault;
import org.mckms.kms.domain.OperatorIdentity;
import org.mckms.kms.domain.OperatorRole;
import org.mckms.kms.domain.SealCounts;
import org.mckms.kms.domain.VaultGate;
import org.mckms.mikeysakke.eccsi.KmsSecretAuthenticationKey;
import org.mckms.mikeysakke.sakke.KmsMasterSecret;
import org.mckms.platform.KmsLog;
import org.mckms.platform.audit.AuditTrail;
import org.mckms.platform.audit.RecordedTransactions;
import org.mckms.platform.config.KmsSettings;
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
    SealCounts seals;

    @Inject
    Transactions transactions;

    @Inject
    RecordedTransactions recorded;

    @Inject
    EpochRules epochRules;

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
            makeStoreKeys(caller);
        });
    }

    /**
     * Makes the keys that a token of an older release lacks, and the next one of a row when the newest has half used up
     * its limit. Does nothing if there is nothing to do.
     *
     * @return labels of the keys that were made
     */
    public List<String> completeTokenKeys(OperatorIdentity caller) {
        caller.must(OperatorRole.OFFICER);
        VaultGate.requireActive(vault.status());
        return transactions.inNew(() -> {
            epochs.lockCeremony();
            Map<String, Long> counts = seals.all();
            List<String> made = vault.completeKeys(
                    counts.keySet(),
                    counts.entrySet().stream()
                            .filter(count -> count.getValue() >= SealCounts.MANY)
                            .map(Map.Entry::getKey)
                            .toList());
            if (!made.isEmpty()) {
                audit.record(Notes.operator(
                                AuditEvent.TOKEN_PREPARED,
                                caller,
                                "token:" + vault.status().tokenLabel())
                        .with("keys", String.join(",", made)));
            }
            return made;
        });
    }

    /** Recorded at once: no transaction undoes keys on a token. */
    private void makeStoreKeys(OperatorIdentity caller) {
        vault.createStoreKeys();
        audit.record(Notes.operator(
                AuditEvent.TOKEN_PREPARED, caller, "token:" + vault.status().tokenLabel()));
    }

    /**
     * Makes a new epoch whose masters are derived on the token; makes the store keys too if the token is fresh.
     *
     * @throws KmsException {@code CONFLICT} if the CertUri is taken, or if an epoch of this purpose has no place on this
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

    /** A new epoch and all epochs of the database with it. */
    private record Made(Epoch epoch, List<Epoch> committed) {

        EpochView view(Instant now) {
            boolean current = new EpochCatalogue(committed)
                    .validAt(now)
                    .filter(epoch::equals)
                    .isPresent();
            return EpochView.of(epoch, current);
        }
    }

    private EpochView make(
            OperatorIdentity caller, EpochOrder order, AuditEvent event, Function<EpochPlan, Epoch> maker) {
        VaultGate.requireActive(vault.status());
        epochRules.objection(order.purpose()).ifPresent(why -> {
            throw new KmsException(KmsErrorCode.CONFLICT, why);
        });
        EpochPlan plan = plan(order);
        AtomicBoolean keysMade = new AtomicBoolean();
        try {
            Made result = recorded.inNew(trail -> {
                epochs.lockCeremony();
                List<Epoch> known = epochs.unchecked();
                refuseTakenName(known, plan);
                boolean prepared = known.isEmpty() && prepareFreshToken(caller);
                Epoch made = maker.apply(plan);
                keysMade.set(true);
                epochs.add(made);
                trail.accept(Notes.operator(event, caller, made.id().toString())
                        .with("certUri", made.certUri())
                        .with("purpose", made.purpose().name())
                        .with("kpak", made.kpak().octets().toHex())
                        .with("storeKeysMade", Boolean.toString(prepared)));
                return new Made(
                        made, Stream.concat(known.stream(), Stream.of(made)).toList());
            });
            vault.knownEpochs(result.committed());
            return result.view(clock.instant());
        } catch (KmsException e) {
            if (keysMade.get()) {
                sayWhatBecameOf(plan.id());
            }
            throw e;
        }
    }

    /**
     * Keys on the token may be removed only if the epoch is certainly not stored: whoever removes those of a stored one
     * destroys its masters. The lock waits for a commit that is still under way.
     */
    private void sayWhatBecameOf(EpochId epoch) {
        try {
            boolean stored = transactions.inNew(() -> {
                epochs.lockCeremony();
                return epochs.isStored(epoch);
            });
            if (stored) {
                KmsLog.LOG.epochStoredAfterAll(epoch.toString());
            } else {
                KmsLog.LOG.orphanedEpochKeys(epoch.toString());
            }
        } catch (KmsException e) {
            KmsLog.LOG.epochOutcomeUnknown(epoch.toString());
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
    private boolean prepareFreshToken(OperatorIdentity caller) {
        try {
            makeStoreKeys(caller);
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
        Epoch retired = recorded.inNew(trail -> {
            epochs.lockCeremony();
            Epoch found = epochs.checked().epochs().stream()
                    .filter(e -> e.id().equals(epoch))
                    .findFirst()
                    .orElseThrow(() -> new KmsException(KmsErrorCode.NOT_FOUND, "no epoch " + epoch));
            Epoch ended = retired(found);
            if (found.state() == EpochState.ACTIVE) {
                epochs.change(ended);
            }
            trail.accept(Notes.operator(AuditEvent.EPOCH_RETIRED, caller, epoch.toString())
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
}

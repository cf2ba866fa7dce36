package org.mckms.kms.application;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.kms.domain.CallerRules;
import org.mckms.kms.domain.Epoch;
import org.mckms.kms.domain.EpochPeriod;
import org.mckms.kms.domain.GatheredExtraction;
import org.mckms.kms.domain.Issuance;
import org.mckms.kms.domain.IssuanceRecords;
import org.mckms.kms.domain.IssuedKeys;
import org.mckms.kms.domain.KeyOrder;
import org.mckms.kms.domain.MasterSecretVault;
import org.mckms.kms.domain.RegisteredIdentity;
import org.mckms.kms.domain.SelfCheckAlarm;
import org.mckms.mikeysakke.Sha256;
import org.mckms.mikeysakke.eccsi.PublicValidationToken;
import org.mckms.mikeysakke.identity.KeyPeriod;
import org.mckms.platform.audit.AuditNote;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsKeySet;

/** Makes the key sets of one request inside its transaction: keys, issuance records, audit records. */
@ApplicationScoped
class KeySetIssue {

    @Inject
    MasterSecretVault vault;

    @Inject
    GatheredExtraction extraction;

    @Inject
    IssuanceRecords issuances;

    @Inject
    CallerRules rules;

    @Inject
    SelfCheckAlarm alarm;

    /** A key set that is wanted: of an identity, for a period. */
    record Wanted(RegisteredIdentity identity, EpochPeriod period) {

        KeyOrder order() {
            return new KeyOrder(
                    identity.uri(), period.period(), identity.policy().identityEncoding(), identity.issue());
        }
    }

    /**
     * Makes the key sets, those of one epoch together; if one fails, none is issued.
     *
     * @param trail   writes the records of the transaction
     * @param changed is run for each key set that was never issued before, whose issuance the database takes
     * @return in the order in which they are wanted; the caller closes them
     */
    List<KmsKeySet> issue(
            AuthenticatedIdentity caller,
            List<Wanted> wanted,
            Instant now,
            Consumer<AuditNote> trail,
            Runnable changed) {
        wanted.forEach(each -> rules.checkEpoch(caller, each.period().epoch()));
        return make(wanted, now, changed, issuance -> trail.accept(note(caller, issuance)));
    }

    /** As the other one for key sets that no client asked for; whether the epochs may be served was checked. */
    List<KmsKeySet> issue(List<Wanted> wanted, Instant now) {
        return make(wanted, now, () -> {}, issuance -> {});
    }

    private List<KmsKeySet> make(List<Wanted> wanted, Instant now, Runnable changed, Consumer<Issuance> noted) {
        KmsKeySet[] made = new KmsKeySet[wanted.size()];
        boolean done = false;
        try {
            Map<Epoch, List<Integer>> byEpoch = IntStream.range(0, made.length)
                    .boxed()
                    .collect(groupingBy(i -> wanted.get(i).period().epoch(), LinkedHashMap::new, toList()));
            byEpoch.forEach((epoch, indexes) -> make(epoch, wanted, indexes, made));
            for (int i = 0; i < made.length; i++) {
                Issuance issuance = issuance(wanted.get(i), made[i].pvt());
                if (isFirst(issuance, now)) {
                    changed.run();
                }
                noted.accept(issuance);
            }
            done = true;
            return List.of(made);
        } finally {
            if (!done) {
                Arrays.stream(made).filter(Objects::nonNull).forEach(KmsKeySet::close);
            }
        }
    }

    private void make(Epoch epoch, List<Wanted> wanted, List<Integer> indexes, KmsKeySet[] made) {
        List<KeyOrder> orders = indexes.stream().map(i -> wanted.get(i).order()).toList();
        List<IssuedKeys> issued = extraction.issue(epoch, orders);
        boolean taken = false;
        try {
            for (int n = 0; n < issued.size(); n++) {
                made[indexes.get(n)] = keySet(wanted.get(indexes.get(n)), issued.get(n));
            }
            taken = true;
        } finally {
            if (!taken) {
                issued.forEach(IssuedKeys::close);
            }
        }
    }

    /** Takes over the issued keys. */
    private static KmsKeySet keySet(Wanted wanted, IssuedKeys issued) {
        Epoch epoch = wanted.period().epoch();
        KeyPeriod period = wanted.period().period();
        return new KmsKeySet(
                epoch.kmsUri(),
                Optional.of(epoch.certUri()),
                Optional.of(epoch.issuer()),
                wanted.identity().uri(),
                issued.uid(),
                Optional.of(wanted.period().start()),
                Optional.of(epoch.schedule().lastSecond(period)),
                period,
                false,
                issued.rsk(),
                issued.ssk(),
                issued.pvt());
    }

    private static Issuance issuance(Wanted wanted, PublicValidationToken pvt) {
        KeyOrder order = wanted.order();
        return new Issuance(
                order.userUri(),
                wanted.period().epoch().id(),
                order.period(),
                order.encoding(),
                order.issue(),
                Sha256.of(pvt.octets()));
    }

    private static AuditNote note(AuthenticatedIdentity caller, Issuance issuance) {
        return Notes.client(AuditEvent.KEYS_PROVISIONED, caller, issuance.uri())
                .with("epoch", issuance.epoch().toString())
                .with("period", Long.toString(issuance.period().number()))
                .with("identityEncoding", issuance.encoding().name())
                .with("issue", Integer.toString(issuance.issue()))
                .with("pvtSha256", issuance.pvtSha256().toHex());
    }

    /** A key set that is not what it was is as grave as one that fails its self-check, and is told like one. */
    private boolean isFirst(Issuance issuance, Instant now) {
        try {
            return issuances.note(issuance, now);
        } catch (KmsException e) {
            if (e.code() == KmsErrorCode.SELF_CHECK_FAILED) {
                alarm.selfCheckFailed(issuance.epoch(), issuance.uri(), vault.countSelfCheckFailure());
            }
            throw e;
        }
    }
}

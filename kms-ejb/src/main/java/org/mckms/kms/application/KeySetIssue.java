package org.mckms.kms.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.mckms.kms.domain.AuthenticatedIdentity;
import org.mckms.kms.domain.CallerRules;
import org.mckms.kms.domain.Epoch;
import org.mckms.kms.domain.EpochPeriod;
import org.mckms.kms.domain.Issuance;
import org.mckms.kms.domain.IssuanceRecords;
import org.mckms.kms.domain.IssuedKeys;
import org.mckms.kms.domain.KeySetExtraction;
import org.mckms.kms.domain.MasterSecretVault;
import org.mckms.kms.domain.RegisteredIdentity;
import org.mckms.kms.domain.SelfCheckAlarm;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Sha256;
import org.mckms.mikeysakke.eccsi.PublicValidationToken;
import org.mckms.platform.audit.AuditNote;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsKeySet;

/** Makes one key set inside the issuing transaction: keys, issuance record, audit record. */
@ApplicationScoped
class KeySetIssue {

    @Inject
    MasterSecretVault vault;

    @Inject
    KeySetExtraction extraction;

    @Inject
    IssuanceRecords issuances;

    @Inject
    CallerRules rules;

    @Inject
    SelfCheckAlarm alarm;

    /** The caller closes the key set; {@code trail} writes the records of the transaction. */
    KmsKeySet issue(
            AuthenticatedIdentity caller,
            RegisteredIdentity identity,
            EpochPeriod wanted,
            Instant now,
            Consumer<AuditNote> trail) {
        Epoch epoch = wanted.epoch();
        rules.checkEpoch(caller, epoch);
        KmsKeySet keys = vault.withMasterSecrets(epoch, masters -> {
            IssuedKeys issued = extraction.issue(
                    masters,
                    epoch,
                    identity.uri(),
                    wanted.period(),
                    identity.policy().identityEncoding(),
                    identity.issue());
            return keySet(identity, wanted, issued);
        });
        boolean noted = false;
        try {
            note(caller, identity, wanted, keys.pvt(), now, trail);
            noted = true;
            return keys;
        } finally {
            if (!noted) {
                keys.close();
            }
        }
    }

    /** Takes over the issued keys. */
    private static KmsKeySet keySet(RegisteredIdentity identity, EpochPeriod wanted, IssuedKeys issued) {
        Epoch epoch = wanted.epoch();
        try {
            return new KmsKeySet(
                    epoch.kmsUri(),
                    Optional.of(epoch.certUri()),
                    Optional.of(epoch.issuer()),
                    identity.uri(),
                    issued.uid(),
                    Optional.of(wanted.start()),
                    Optional.of(epoch.schedule().lastSecond(wanted.period())),
                    wanted.period(),
                    false,
                    issued.rsk(),
                    issued.ssk(),
                    issued.pvt());
        } catch (InvalidValueException e) {
            issued.close();
            throw e;
        }
    }

    private void note(
            AuthenticatedIdentity caller,
            RegisteredIdentity identity,
            EpochPeriod wanted,
            PublicValidationToken pvt,
            Instant now,
            Consumer<AuditNote> trail) {
        Issuance issuance = new Issuance(
                identity.uri(),
                wanted.epoch().id(),
                wanted.period(),
                identity.policy().identityEncoding(),
                identity.issue(),
                Sha256.of(pvt.octets()));
        noteIssuance(issuance, now);
        trail.accept(Notes.client(AuditEvent.KEYS_PROVISIONED, caller, identity.uri())
                .with("epoch", issuance.epoch().toString())
                .with("period", Long.toString(issuance.period().number()))
                .with("identityEncoding", issuance.encoding().name())
                .with("issue", Integer.toString(issuance.issue()))
                .with("pvtSha256", issuance.pvtSha256().toHex()));
    }

    /** A key set that is not what it was is as grave as one that fails its self-check, and is told like one. */
    private void noteIssuance(Issuance issuance, Instant now) {
        try {
            issuances.note(issuance, now);
        } catch (KmsException e) {
            if (e.code() == KmsErrorCode.SELF_CHECK_FAILED) {
                alarm.selfCheckFailed(issuance.epoch(), issuance.uri(), vault.countSelfCheckFailure());
            }
            throw e;
        }
    }
}

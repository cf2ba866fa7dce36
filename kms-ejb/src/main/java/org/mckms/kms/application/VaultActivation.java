package org.mckms.kms.application;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptors;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.mckms.kms.domain.Epoch;
import org.mckms.kms.domain.EpochRegister;
import org.mckms.kms.domain.EpochRegister.EpochCatalogue;
import org.mckms.kms.domain.EpochRules;
import org.mckms.kms.domain.MasterSecretVault;
import org.mckms.kms.domain.OperatorIdentity;
import org.mckms.kms.domain.OperatorRole;
import org.mckms.kms.domain.VaultState;
import org.mckms.kms.domain.VaultStatus;
import org.mckms.platform.KmsLog;
import org.mckms.platform.SystemUse;
import org.mckms.platform.audit.AuditNote;
import org.mckms.platform.audit.AuditTrail;
import org.mckms.platform.persistence.Transactions;
import org.mckms.protocol.audit.AuditEvent;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** Lets operators open and close the vault. Roles: officer or operator. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@Interceptors(OperatorRefusals.class)
public class VaultActivation {

    @Inject
    MasterSecretVault vault;

    @Inject
    EpochRegister epochs;

    @Inject
    EpochRules epochRules;

    @Inject
    Transactions transactions;

    @Inject
    AuditTrail audit;

    @Inject
    Clock clock;

    /**
     * Makes one attempt to log in; every attempt is in the audit trail.
     *
     * @param pin wiped when this returns
     * @throws KmsException {@code INVALID_PIN}, {@code HSM_UNAVAILABLE}, {@code CONFLICT} if the vault is active already,
     *     {@code NOT_READY} if the database has an epoch that has no place on this server
     */
    public VaultStatus activate(OperatorIdentity caller, char[] pin) {
        try {
            caller.mustBeOneOf(OperatorRole.OFFICER, OperatorRole.OPERATOR);
            return open(Notes.actor(caller), pin);
        } finally {
            Arrays.fill(pin, '\0');
        }
    }

    /** The same with the PIN that the platform keeps for the start of the server. */
    @SystemUse("no operator is present when the server starts with a PIN of its own")
    public VaultStatus activateAtStart(char[] pin) {
        try {
            return open(AuditNote.SYSTEM, pin);
        } finally {
            Arrays.fill(pin, '\0');
        }
    }

    private VaultStatus open(String actor, char[] pin) {
        if (!audit.status().writable()) {
            throw new KmsException(
                    KmsErrorCode.AUDIT_UNAVAILABLE,
                    "the vault is not activated while the audit trail cannot be written: "
                            + audit.status().sentence());
        }
        List<Epoch> known = transactions.inNew(epochs::unchecked);
        try {
            epochRules.check(known);
            vault.activate(pin, known);
        } catch (KmsException e) {
            audit.record(AuditNote.of(
                            AuditEvent.ACTIVATION_FAILED,
                            e.code().name(),
                            actor,
                            vault.status().tokenLabel())
                    .with("reason", String.valueOf(e.getMessage())));
            throw e;
        }
        tell(actor, known);
        return vault.status();
    }

    private void tell(String actor, List<Epoch> known) {
        VaultStatus status = vault.status();
        try {
            audit.record(AuditNote.of(AuditEvent.VAULT_ACTIVATED, AuditNote.OK, actor, status.tokenLabel())
                    .with("slotListIndex", Long.toString(status.slot()))
                    .with("generation", Integer.toString(status.generation())));
        } catch (KmsException e) {
            vault.deactivate("its activation could not be written to the audit trail");
            throw e;
        }
        String current = new EpochCatalogue(known)
                .validAt(clock.instant())
                .map(e -> e.id() + " (" + e.certUri() + ", " + e.purpose() + ")")
                .orElse("none");
        String all = known.isEmpty()
                ? "none"
                : known.stream().map(e -> e.id().toString()).collect(Collectors.joining(", "));
        KmsLog.LOG.tokenInUse(status.tokenLabel(), status.slot(), all, current);
    }

    /**
     * Closes the vault; masters are wiped once their last user has returned them.
     *
     * @param reason for the audit trail
     */
    public VaultStatus deactivate(OperatorIdentity caller, String reason) {
        caller.mustBeOneOf(OperatorRole.OFFICER, OperatorRole.OPERATOR);
        boolean wasOpen = vault.status().state() != VaultState.INACTIVE;
        vault.deactivate(reason);
        if (wasOpen) {
            audit.record(Notes.operator(
                            AuditEvent.VAULT_DEACTIVATED, caller, vault.status().tokenLabel())
                    .with("reason", reason));
        }
        return vault.status();
    }

    /** Any role. */
    public VaultStatus status(OperatorIdentity caller) {
        caller.mustBeOneOf(OperatorRole.values());
        return vault.status();
    }
}

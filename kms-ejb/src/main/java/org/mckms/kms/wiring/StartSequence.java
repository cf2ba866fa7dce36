package org.mckms.kms.wiring;

import static java.util.Objects.requireNonNull;

import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.mckms.platform.KmsLog;
import org.mckms.platform.audit.AuditAppender;
import org.mckms.platform.hsm.PinSource;
import org.mckms.platform.persistence.Database;
import org.mckms.protocol.error.KmsException;

/**
 * Brings the server up step by step and keeps looking afterwards: database and schema, then the audit trail and what it
 * says of rows that nobody may put back, then once the vault, if there is a PIN. What is missing is waited for; a PIN is tried once. Run again and again by one thread.
 */
final class StartSequence {

    /** A database that does not answer is asked again less often: each time fills the container's log. */
    private static final int STEPS_SKIPPED = 4;

    private final Database database;
    private final AuditAppender audit;
    private final PinSource pins;
    private final Consumer<char[]> activation;
    private final EpochWatch epochs;
    private final Runnable trail;
    private boolean trailRead;
    private int stepsToSkip;
    private boolean auditStarted;
    private boolean pinTried;

    StartSequence(
            Database database,
            AuditAppender audit,
            PinSource pins,
            Consumer<char[]> activation,
            EpochWatch epochs,
            Runnable trail) {
        this.database = requireNonNull(database, "database");
        this.audit = requireNonNull(audit, "audit");
        this.pins = requireNonNull(pins, "pins");
        this.activation = requireNonNull(activation, "activation");
        this.epochs = requireNonNull(epochs, "epochs");
        this.trail = requireNonNull(trail, "trail");
    }

    void step() {
        if (stepsToSkip > 0) {
            stepsToSkip--;
            return;
        }
        if (!database.check().ready()) {
            stepsToSkip = STEPS_SKIPPED;
            return;
        }
        if (!auditStarted) {
            auditStarted = true;
            audit.start();
        }
        if (!trailRead) {
            trail.run();
            trailRead = true;
        }
        if (!pinTried && audit.status().writable()) {
            pinTried = true;
            activate();
        }
        epochs.refresh();
    }

    private void activate() {
        try {
            Optional<char[]> pin = pins.read();
            if (pin.isPresent()) {
                activation.accept(pin.get());
            } else {
                KmsLog.LOG.vaultInactive("no PIN is configured");
            }
        } catch (KmsException | UncheckedIOException e) {
            KmsLog.LOG.vaultInactive(e.getMessage());
        }
    }
}

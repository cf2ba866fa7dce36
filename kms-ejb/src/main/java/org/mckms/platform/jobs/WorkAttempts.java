package org.mckms.platform.jobs;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.mckms.platform.KmsLog;
import org.mckms.platform.persistence.ConcurrentChangeException;
import org.mckms.protocol.error.KmsException;

/**
 * Attempts of the workers of a job, as {@link NodeJob.Work} wants them: what cannot be done now is done later. The same trouble is
 * told once, until an attempt has succeeded or nothing is left to be done. Thread safe.
 */
public final class WorkAttempts {

    private final Consumer<String> teller;
    private final AtomicReference<Optional<String>> trouble = new AtomicReference<>(Optional.empty());

    /** @param teller tells operators what keeps the work from going on, its code first */
    public WorkAttempts(Consumer<String> teller) {
        this.teller = requireNonNull(teller, "teller");
    }

    /** Whether there is work; where that cannot be told, there is none. */
    public boolean open(BooleanSupplier open) {
        try {
            boolean isOpen = open.getAsBoolean();
            if (!isOpen) {
                trouble.set(Optional.empty());
            }
            return isOpen;
        } catch (KmsException e) {
            tell(e);
            return false;
        }
    }

    /** One step of the work; false if there was none to be had, if it failed, or if another node was faster. */
    public boolean step(BooleanSupplier step) {
        try {
            boolean worked = step.getAsBoolean();
            trouble.set(Optional.empty());
            return worked;
        } catch (ConcurrentChangeException e) {
            KmsLog.LOG.debugf("a step is taken again: %s", e.getMessage());
        } catch (KmsException e) {
            tell(e);
        }
        return false;
    }

    /** Tells a failure that ends nothing but the attempt. */
    public void tell(KmsException failure) {
        Optional<String> now = Optional.of(failure.code() + ": " + failure.getMessage());
        if (!now.equals(trouble.getAndSet(now))) {
            teller.accept(now.get());
        }
    }
}

package org.mckms.platform.health;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Whether key requests can be answered, from four sides. Every side answers from memory; none waits for token or
 * database.
 */
public final class ServerReadiness {

    private final Supplier<Finding> hsm;
    private final Supplier<Finding> database;
    private final Supplier<Finding> epoch;
    private final Supplier<Finding> audit;

    public ServerReadiness(
            Supplier<Finding> hsm, Supplier<Finding> database, Supplier<Finding> epoch, Supplier<Finding> audit) {
        this.hsm = requireNonNull(hsm, "hsm");
        this.database = requireNonNull(database, "database");
        this.epoch = requireNonNull(epoch, "epoch");
        this.audit = requireNonNull(audit, "audit");
    }

    public Finding hsm() {
        return hsm.get();
    }

    public Finding database() {
        return database.get();
    }

    public Finding epoch() {
        return epoch.get();
    }

    public Finding audit() {
        return audit.get();
    }

    /** One sentence for each side that is down; empty when the server is ready. */
    public List<String> reasonsNotReady() {
        return Stream.of(
                        named("hsm", hsm()),
                        named("database", database()),
                        named("epoch", epoch()),
                        named("audit", audit()))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<String> named(String side, Finding finding) {
        return finding.up() ? Optional.empty() : Optional.of(side + ": " + finding.sentence());
    }
}

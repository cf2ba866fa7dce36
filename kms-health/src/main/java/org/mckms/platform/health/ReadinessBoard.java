package org.mckms.platform.health;

import static java.util.Objects.requireNonNull;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Whether key requests can be answered, from six sides. The server core hangs its findings up here when it starts; every
 * side answers from memory and waits for nothing.
 */
@ApplicationScoped
public class ReadinessBoard {

    private volatile Optional<Sides> sides = Optional.empty();

    /** Where the six findings come from. */
    public record Sides(
            Supplier<Finding> hsm,
            Supplier<Finding> database,
            Supplier<Finding> epoch,
            Supplier<Finding> audit,
            Supplier<Finding> arithmetic,
            Supplier<Finding> revocations) {

        public Sides {
            requireNonNull(hsm, "hsm");
            requireNonNull(database, "database");
            requireNonNull(epoch, "epoch");
            requireNonNull(audit, "audit");
            requireNonNull(arithmetic, "arithmetic");
            requireNonNull(revocations, "revocations");
        }
    }

    /** From now on these are asked; before, every side is down. */
    public void hangUp(Sides given) {
        sides = Optional.of(given);
    }

    /** Whether the server core has started. */
    public Finding started() {
        return sides.isPresent() ? Finding.up("the settings are accepted") : starting();
    }

    /** The token, as the vault last saw it. */
    public Finding hsm() {
        return sides.map(s -> s.hsm().get()).orElseGet(ReadinessBoard::starting);
    }

    /** The database, as it last answered. */
    public Finding database() {
        return sides.map(s -> s.database().get()).orElseGet(ReadinessBoard::starting);
    }

    /** Whether an epoch is valid now. */
    public Finding epoch() {
        return sides.map(s -> s.epoch().get()).orElseGet(ReadinessBoard::starting);
    }

    /** Whether the audit trail can be written. */
    public Finding audit() {
        return sides.map(s -> s.audit().get()).orElseGet(ReadinessBoard::starting);
    }

    /** Whether keys can be calculated without a wait, and by what. */
    public Finding arithmetic() {
        return sides.map(s -> s.arithmetic().get()).orElseGet(ReadinessBoard::starting);
    }

    /** Whether it is known which access tokens are revoked. */
    public Finding revocations() {
        return sides.map(s -> s.revocations().get()).orElseGet(ReadinessBoard::starting);
    }

    /** One sentence for each side that is down; empty when the server is ready. */
    public List<String> reasonsNotReady() {
        return Stream.of(
                        reason("hsm", hsm()),
                        reason("database", database()),
                        reason("epoch", epoch()),
                        reason("audit", audit()),
                        reason("arithmetic", arithmetic()),
                        reason("revocations", revocations()))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Finding starting() {
        return Finding.down("the server is starting");
    }

    private static Optional<String> reason(String side, Finding finding) {
        return finding.up() ? Optional.empty() : Optional.of(side + ": " + finding.sentence());
    }
}

package org.mckms.kms.domain;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.mckms.mikeysakke.Octets;
import org.mckms.platform.row.MacProtected;
import org.mckms.platform.row.RowFields;
import org.mckms.platform.row.StoredRow;
import org.mckms.protocol.error.KmsException;

/** The epochs of this KMS, each row checked against its MAC once per content. */
public final class EpochRegister {

    private static final int MAX_REMEMBERED = 200;

    private final EpochRepository rows;
    private final RowGuard guard;
    private final Set<Octets> confirmed = ConcurrentHashMap.newKeySet();
    private final Set<Octets> told = ConcurrentHashMap.newKeySet();

    public EpochRegister(EpochRepository rows, RowGuard guard) {
        this.rows = requireNonNull(rows, "rows");
        this.guard = requireNonNull(guard, "guard");
    }

    /**
     * All epochs as stored, for the vault's activation and for operators; nothing may be issued by them unchecked. A row
     * that cannot be read is left out.
     */
    public List<Epoch> unchecked() {
        List<Epoch> epochs = new ArrayList<>();
        for (StoredRow<Epoch> row : rows.all()) {
            row.content()
                    .ifPresentOrElse(
                            content -> epochs.add(content.row()),
                            () -> tellOnce(malformed(row), row.id(), RowGuard.MALFORMED));
        }
        return epochs;
    }

    /**
     * All epochs, newest validity first.
     *
     * @throws KmsException {@code INTERNAL} if a row was changed past this server
     */
    public EpochCatalogue checked() {
        return new EpochCatalogue(rows.all().stream().map(this::checked).toList());
    }

    private Epoch checked(StoredRow<Epoch> stored) {
        if (stored.content().isEmpty()) {
            throw refused(malformed(stored), stored.id(), RowGuard.MALFORMED);
        }
        MacProtected<Epoch> protectedRow = stored.content().get();
        RowFields fields = fields(protectedRow.row());
        Octets content = fields.message().concat(protectedRow.mac());
        if (!confirmed.contains(content)) {
            if (!guard.matches(fields, protectedRow.mac())) {
                throw refused(content, stored.id(), RowGuard.WRONG_MAC);
            }
            remember(confirmed, content);
        }
        return protectedRow.row();
    }

    private static Octets malformed(StoredRow<Epoch> row) {
        return Octets.ofUtf8("malformed " + row.id());
    }

    private KmsException refused(Octets content, String id, String finding) {
        tellOnce(content, id, finding);
        return RowGuard.refusal(RowTable.EPOCH, finding);
    }

    /** Epochs are looked at every second, and one bad row is one event. */
    private void tellOnce(Octets content, String id, String finding) {
        if (!told.contains(content) && guard.tell(RowTable.EPOCH, id, finding)) {
            remember(told, content);
        }
    }

    private static void remember(Set<Octets> contents, Octets content) {
        if (contents.size() >= MAX_REMEMBERED) {
            contents.clear();
        }
        contents.add(content);
    }

    public void lockCeremony() {
        rows.lockCeremony();
    }

    /** Whether there is a row of this epoch, intact or not. */
    public boolean isStored(EpochId epoch) {
        return rows.exists(epoch);
    }

    public void add(Epoch epoch) {
        rows.insert(new MacProtected<>(epoch, guard.mac(fields(epoch))));
    }

    public void change(Epoch epoch) {
        rows.update(new MacProtected<>(epoch, guard.mac(fields(epoch))));
    }

    private RowFields fields(Epoch epoch) {
        Optional<SealedMasters> sealed = epoch.sealedMasters();
        return guard.fields(RowTable.EPOCH)
                .text(epoch.id().toString())
                .name(epoch.purpose())
                .name(epoch.origin())
                .name(epoch.state())
                .text(epoch.kmsUri())
                .text(epoch.certUri())
                .text(epoch.issuer())
                .time(epoch.validFrom())
                .time(epoch.validTo())
                .number(epoch.schedule().lengthSeconds())
                .number(epoch.schedule().offsetSeconds())
                .texts(epoch.domains())
                .octets(epoch.zT().octets())
                .octets(epoch.kpak().octets())
                .text(sealed.map(s -> s.iv().toHex()))
                .text(sealed.map(s -> s.ciphertext().toHex()));
    }

    /** The epochs at one moment. */
    public record EpochCatalogue(List<Epoch> epochs) {

        public EpochCatalogue {
            epochs = List.copyOf(epochs);
        }

        /** The active epoch whose certificate is valid at an instant; of several the one that began last. */
        public Optional<Epoch> validAt(Instant instant) {
            List<Epoch> valid = allValidAt(instant);
            return valid.isEmpty() ? Optional.empty() : Optional.of(valid.get(valid.size() - 1));
        }

        /** The active epochs whose certificates are valid at an instant, in the order in which they began. */
        public List<Epoch> allValidAt(Instant instant) {
            return epochs.stream()
                    .filter(e -> e.state() == EpochState.ACTIVE)
                    .filter(e -> !instant.isBefore(e.validFrom()) && instant.isBefore(e.validTo()))
                    .sorted(Comparator.comparing(Epoch::validFrom).thenComparing(e -> e.id().toString()))
                    .toList();
        }
    }
}

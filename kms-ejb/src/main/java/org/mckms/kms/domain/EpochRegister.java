package org.mckms.kms.domain;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.mckms.mikeysakke.Octets;

/** The epochs of this KMS, each row checked against its MAC once per content. */
public final class EpochRegister {

    private static final int MAX_REMEMBERED = 200;

    private final EpochRepository rows;
    private final RowGuard guard;
    private final Set<Octets> confirmed = ConcurrentHashMap.newKeySet();

    public EpochRegister(EpochRepository rows, RowGuard guard) {
        this.rows = requireNonNull(rows, "rows");
        this.guard = requireNonNull(guard, "guard");
    }

    /** All epochs as stored, for the vault's activation and for operators; nothing may be issued by them unchecked. */
    public List<Epoch> unchecked() {
        return rows.all().stream().map(MacProtected::row).toList();
    }

    /**
     * All epochs, newest validity first.
     *
     * @throws org.mckms.protocol.error.KmsException {@code INTERNAL} if a row was changed past this server
     */
    public EpochCatalogue checked() {
        List<MacProtected<Epoch>> all = rows.all();
        all.forEach(this::check);
        return new EpochCatalogue(all.stream().map(MacProtected::row).toList());
    }

    private void check(MacProtected<Epoch> stored) {
        RowFields fields = fields(stored.row());
        Octets content = fields.message().concat(stored.mac());
        if (confirmed.contains(content)) {
            return;
        }
        guard.check(RowTable.EPOCH, stored.row().id().toString(), fields, stored.mac());
        if (confirmed.size() >= MAX_REMEMBERED) {
            confirmed.clear();
        }
        confirmed.add(content);
    }

    public void lockCeremony() {
        rows.lockCeremony();
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
            return epochs.stream()
                    .filter(e -> e.state() == EpochState.ACTIVE)
                    .filter(e -> !instant.isBefore(e.validFrom()) && instant.isBefore(e.validTo()))
                    .max(Comparator.comparing(Epoch::validFrom));
        }
    }
}

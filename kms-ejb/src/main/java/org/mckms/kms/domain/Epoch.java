package org.mckms.kms.domain;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.eccsi.KmsPublicAuthenticationKey;
import org.mckms.mikeysakke.identity.KeyPeriodSchedule;
import org.mckms.mikeysakke.sakke.KmsPublicKey;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.message.Role;

/**
 * One generation of master secrets as the database knows it: what its root KMS certificate says, and how its masters are
 * found again. Holds no clear secret.
 *
 * @param zT            public key of SAKKE, Z_T
 * @param kpak          public key of ECCSI, KPAK
 * @param sealedMasters present exactly if the epoch is imported
 */
public record Epoch(
        EpochId id,
        EpochPurpose purpose,
        EpochOrigin origin,
        EpochState state,
        String kmsUri,
        String certUri,
        String issuer,
        Instant validFrom,
        Instant validTo,
        KeyPeriodSchedule schedule,
        List<String> domains,
        KmsPublicKey zT,
        KmsPublicAuthenticationKey kpak,
        Optional<SealedMasters> sealedMasters) {

    public Epoch {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(purpose, "purpose");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(kmsUri, "kmsUri");
        Objects.requireNonNull(certUri, "certUri");
        Objects.requireNonNull(issuer, "issuer");
        Objects.requireNonNull(validFrom, "validFrom");
        Objects.requireNonNull(validTo, "validTo");
        Objects.requireNonNull(schedule, "schedule");
        Objects.requireNonNull(zT, "zT");
        Objects.requireNonNull(kpak, "kpak");
        if ((origin == EpochOrigin.IMPORTED) != sealedMasters.isPresent()) {
            throw new InvalidValueException("sealed masters belong to imported epochs and to no other: " + id);
        }
        domains = List.copyOf(domains);
    }

    /** A new, active epoch of a plan whose masters have been made. */
    public static Epoch ofPlan(
            EpochPlan plan, KmsPublicKey zT, KmsPublicAuthenticationKey kpak, Optional<SealedMasters> sealedMasters) {
        return new Epoch(
                plan.id(),
                plan.purpose(),
                sealedMasters.isPresent() ? EpochOrigin.IMPORTED : EpochOrigin.DERIVED,
                EpochState.ACTIVE,
                plan.kmsUri(),
                plan.certUri(),
                plan.issuer(),
                plan.validFrom(),
                plan.validTo(),
                plan.schedule(),
                plan.domains(),
                zT,
                kpak,
                sealedMasters);
    }

    /** The root KMS certificate of this epoch as it is served (TS 33.180 annex D.3.2). */
    public KmsCertificate certificate() {
        return new KmsCertificate(
                Role.ROOT,
                Optional.of(certUri),
                kmsUri,
                Optional.of(issuer),
                Optional.of(validFrom),
                Optional.of(validTo),
                state == EpochState.RETIRED,
                schedule,
                zT,
                kpak,
                domains);
    }

    /** What binds every secret derived for this epoch to it. */
    public DerivationContext derivationContext() {
        return new DerivationContext(purpose, id, kmsUri);
    }
}

package org.mckms.gms.application.regroup;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.mckms.gms.application.GroupCaller;
import org.mckms.platform.config.GmsSettings;
import org.mckms.platform.config.KmsSettings;
import org.mckms.platform.config.PartnerGmsEntry;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** This GMS and its partners, as the settings describe them. */
@Dependent
class RegroupSite {

    /** A partner that has not stored the keys for so long is shown as failed; attempts go on. */
    static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Keys are not replaced sooner because a partner wants it: whoever leaves meanwhile goes without the next ones too. */
    static final Duration LEAST_LIFE = Duration.ofSeconds(10);

    private final Optional<GmsSettings> settings;

    @Inject
    RegroupSite(KmsSettings settings) {
        this(settings.gms());
    }

    RegroupSite(Optional<GmsSettings> settings) {
        this.settings = settings;
    }

    boolean isOn() {
        return settings.isPresent();
    }

    /** @throws KmsException {@code NOT_FOUND} if there is no GMS here */
    String uri() {
        return gms().uri();
    }

    /** @throws KmsException {@code NOT_GROUP_MANAGER} */
    void requireManager(GroupCaller caller) {
        if (caller.uris().stream().noneMatch(gms().managers()::contains)) {
            throw new KmsException(
                    KmsErrorCode.NOT_GROUP_MANAGER, "the caller is not one of those who may create groups");
        }
    }

    /** @throws KmsException {@code NOT_FOUND} */
    PartnerGmsEntry partner(String gmsUri) {
        return find(gmsUri)
                .orElseThrow(() -> new KmsException(KmsErrorCode.NOT_FOUND, "no partner has the GMS " + gmsUri));
    }

    /** @throws KmsException {@code NOT_FOUND} for a group that this partner may not regroup */
    void requireOpen(String gmsUri, List<String> groupUris) {
        PartnerGmsEntry partner = partner(gmsUri);
        for (String group : groupUris) {
            if (!partner.mayRegroup(group)) {
                throw new KmsException(KmsErrorCode.NOT_FOUND, "no group " + group + " is open to this partner");
            }
        }
    }

    Optional<PartnerGmsEntry> find(String gmsUri) {
        return gms().partnerByUri(gmsUri);
    }

    private GmsSettings gms() {
        return settings.orElseThrow(
                () -> new KmsException(KmsErrorCode.NOT_FOUND, "there is no group management here"));
    }
}

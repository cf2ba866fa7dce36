package org.mckms.gms.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.function.Supplier;
import org.mckms.gms.domain.Group;
import org.mckms.gms.domain.GroupRegister;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.platform.config.GmsSettings;
import org.mckms.platform.config.KmsSettings;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/** Who may do what with a group, and what values are taken. */
@ApplicationScoped
class GroupRights {

    @Inject
    KmsSettings settings;

    /**
     * The URI under which a caller creates groups.
     *
     * @throws KmsException {@code NOT_GROUP_MANAGER}
     */
    String manager(GroupCaller caller) {
        Set<String> managers = settings.gms().map(GmsSettings::managers).orElse(Set.of());
        return caller.uris().stream()
                .filter(managers::contains)
                .sorted()
                .findFirst()
                .orElseThrow(() -> new KmsException(
                        KmsErrorCode.NOT_GROUP_MANAGER, "the caller may not create groups: it is not in gms.managers"));
    }

    /**
     * The group, if it is the caller's.
     *
     * @throws KmsException {@code NOT_FOUND} as for a group that does not exist
     */
    Group owned(GroupCaller caller, Group group) {
        if (!caller.is(group.owner())) {
            throw GroupRegister.unknown(group.uri());
        }
        return group;
    }

    /**
     * The group, if it is the caller's and has not ended.
     *
     * @throws KmsException {@code NOT_FOUND}, {@code CONFLICT}
     */
    Group ownedAndActive(GroupCaller caller, Group group) {
        if (!owned(caller, group).isActive()) {
            throw new KmsException(KmsErrorCode.CONFLICT, "group " + group.uri() + " was torn down");
        }
        return group;
    }

    /** Makes a value of what a caller gave; a value that cannot be is {@code MALFORMED_REQUEST}. */
    static <T> T given(Supplier<T> value) {
        try {
            return value.get();
        } catch (InvalidValueException e) {
            throw new KmsException(KmsErrorCode.MALFORMED_REQUEST, e.getMessage(), e);
        }
    }

    /** @throws KmsException {@code MALFORMED_REQUEST} if a page of so many is not given out */
    static void checkPage(int limit, int most) {
        if (limit < 1 || limit > most) {
            throw new KmsException(KmsErrorCode.MALFORMED_REQUEST, "a page has 1 to " + most + " entries");
        }
    }
}

package org.mckms.gms.application.regroup;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.group.McService;
import org.mckms.protocol.group.RegroupNotification;

/**
 * What a manager wants at the primary GMS: one temporary group out of groups of its own and of partners.
 *
 * @param temporaryGroupUri a URI that no group has
 * @param name              for people; may be empty
 * @param floorKey          whether a second key, for floor control, goes with the one for media
 * @param ownGroups         groups of the caller at this GMS, each once; at least one
 * @param partners          each partner once; at least one
 * @param expiry            end of the keys' life
 * @throws KmsException {@code MALFORMED_REQUEST}
 */
public record RegroupOrder(
        String temporaryGroupUri,
        String name,
        McService service,
        boolean floorKey,
        List<String> ownGroups,
        List<Share> partners,
        Optional<Instant> expiry) {

    /** Partners of one regroup. */
    public static final int MAX_PARTNERS = 16;

    /**
     * The groups of one partner.
     *
     * @param gmsUri URI of the partner's GMS, which an entry {@code gms.partner.<name>} describes
     * @param groups groups at that GMS, each once; at least one
     */
    public record Share(String gmsUri, List<String> groups) {

        public Share {
            requireNonNull(gmsUri, "gmsUri");
            groups = distinct(groups, RegroupNotification.MAX_GROUPS, "groups of a partner");
        }
    }

    public RegroupOrder {
        requireNonNull(temporaryGroupUri, "temporaryGroupUri");
        requireNonNull(name, "name");
        requireNonNull(service, "service");
        requireNonNull(expiry, "expiry");
        ownGroups = distinct(ownGroups, RegroupNotification.MAX_GROUPS, "own groups");
        partners = List.copyOf(partners);
        distinct(partners.stream().map(Share::gmsUri).toList(), MAX_PARTNERS, "partners");
    }

    private static List<String> distinct(List<String> names, int most, String what) {
        Set<String> once = new HashSet<>(names);
        if (names.isEmpty() || names.size() > most || once.size() < names.size()) {
            throw new KmsException(
                    KmsErrorCode.MALFORMED_REQUEST, "a regroup names 1 to " + most + " " + what + ", each once");
        }
        return List.copyOf(names);
    }
}

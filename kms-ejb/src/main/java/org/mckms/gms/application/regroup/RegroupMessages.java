package org.mckms.gms.application.regroup;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mckms.gms.domain.Group;
import org.mckms.gms.domain.GroupKeyToSend;
import org.mckms.gms.domain.MadeMessage;
import org.mckms.gms.domain.Member;
import org.mckms.gms.domain.MessageMaking;
import org.mckms.gms.domain.regroup.RegroupPart;
import org.mckms.mikeysakke.mikey.KeyPurpose;
import org.mckms.platform.persistence.Transactions;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.group.Gktp;
import org.mckms.protocol.group.GktpDocument;
import org.mckms.protocol.group.KeyTransports;
import org.mckms.protocol.group.RegroupNotification;
import org.mckms.protocol.group.RegroupedTransports;

/**
 * Makes what the primary sends a partner: the keys of the temporary group as they are now, encapsulated to the partner's GMS
 * under the certificate of its KMS and signed by this one. Each time anew, so that the messages are always fresh.
 */
@ApplicationScoped
class RegroupMessages {

    /** The number of the partner's GMS, which is no member, in the messages to it. */
    private static final int ONLY = 1;

    @Inject
    RegroupSite site;

    @Inject
    TemporaryGroups groups;

    @Inject
    MessageMaking making;

    @Inject
    Transactions transactions;

    @Inject
    Clock clock;

    /**
     * The notification for one partner.
     *
     * @throws KmsException {@code NOT_READY} while a message cannot be made: no own keys, or no certificate of the partner's
     *     KMS; {@code NOT_FOUND} if the group or the partner is gone
     */
    RegroupNotification notification(RegroupPart part) {
        List<GroupKeyToSend> keys = transactions.inNew(() -> groups.newestKeys(group(part)));
        try {
            return new RegroupNotification(
                    part.key().regroupId(),
                    part.generation(),
                    part.temporaryGroupUri(),
                    part.key().primaryGmsUri(),
                    part.key().partnerGmsUri(),
                    part.constituentGroups(),
                    part.service(),
                    document(part, keys));
        } finally {
            keys.forEach(GroupKeyToSend::close);
        }
    }

    private Group group(RegroupPart part) {
        return groups.find(part.temporaryGroupUri())
                .filter(group -> group.generation() == part.generation())
                .orElseThrow(() -> new KmsException(KmsErrorCode.NOT_FOUND, "the temporary group has other keys now"));
    }

    private GktpDocument document(RegroupPart part, List<GroupKeyToSend> keys) {
        Instant now = clock.instant();
        String kms = site.partner(part.key().partnerGmsUri()).kmsUri();
        Member partner = new Member(
                part.temporaryGroupUri(), ONLY, part.key().partnerGmsUri(), Optional.of(kms), part.createdAt());
        List<Gktp> gmks = new ArrayList<>();
        List<Gktp> mkfcs = new ArrayList<>();
        for (GroupKeyToSend key : keys) {
            (key.key().purpose() == KeyPurpose.MKFC ? mkfcs : gmks).add(transport(key, partner, now));
        }
        return new GktpDocument(part.service(), list(part, gmks), list(part, mkfcs));
    }

    private Gktp transport(GroupKeyToSend key, Member partner, Instant now) {
        MadeMessage made = making.make(key, List.of(partner), now).get(0);
        return made.message()
                .map(message -> new Gktp(partner.uri(), message))
                .orElseThrow(() -> new KmsException(
                        KmsErrorCode.NOT_READY,
                        "no valid certificate of the KMS " + made.waitingFor().orElseThrow() + " is held"));
    }

    private static Optional<KeyTransports> list(RegroupPart part, List<Gktp> transports) {
        return transports.isEmpty()
                ? Optional.empty()
                : Optional.of(KeyTransports.of(new RegroupedTransports(part.temporaryGroupUri(), transports)));
    }
}

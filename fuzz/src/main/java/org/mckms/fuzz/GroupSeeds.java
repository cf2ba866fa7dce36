package org.mckms.fuzz;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.protocol.group.Gktp;
import org.mckms.protocol.group.GktpDocument;
import org.mckms.protocol.group.GktpDocumentCodec;
import org.mckms.protocol.group.GroupDocument;
import org.mckms.protocol.group.GroupDocumentCodec;
import org.mckms.protocol.group.KeyAcknowledgement;
import org.mckms.protocol.group.KeyAcknowledgementCodec;
import org.mckms.protocol.group.KeyTransports;
import org.mckms.protocol.group.McService;
import org.mckms.protocol.group.ReceptionFault;
import org.mckms.protocol.group.RegroupAcknowledgement;
import org.mckms.protocol.group.RegroupAcknowledgementCodec;
import org.mckms.protocol.group.RegroupNotification;
import org.mckms.protocol.group.RegroupNotificationCodec;
import org.mckms.protocol.group.RegroupRekeyRequest;
import org.mckms.protocol.group.RegroupRekeyRequestCodec;
import org.mckms.protocol.group.RegroupTeardown;
import org.mckms.protocol.group.RegroupTeardownCodec;
import org.mckms.protocol.group.RegroupedTransports;

/** One document of each kind about groups. Their messages are stubs, since nothing here looks into them. */
final class GroupSeeds {
    private static final String GROUP = "sip:fire-1@example.org";
    private static final String TEMPORARY = "sip:tmp-7@example.org";
    private static final String PRIMARY = "sip:gms@a.example";
    private static final String PARTNER = "sip:gms@b.example";
    private static final Octets MESSAGE = Octets.fromHex("011A0501");

    private GroupSeeds() {}

    /** The documents by name. */
    static Map<String, byte[]> documents() {
        GktpDocument keys = gktps(McService.MCPTT);
        return Map.of(
                "gktps", GktpDocumentCodec.write(keys),
                "gktps-video", GktpDocumentCodec.write(gktps(McService.MCVIDEO)),
                "group",
                        GroupDocumentCodec.write(new GroupDocument(
                                GROUP, Optional.of("Fire & rescue"), List.of(Keys.ALICE, "sip:bob@example.org"))),
                "acknowledgement",
                        KeyAcknowledgementCodec.write(new KeyAcknowledgement(
                                GROUP, 7, Keys.ALICE, List.of(new KeyIdentifier(0x0123_4567)), Optional.empty())),
                "fault",
                        KeyAcknowledgementCodec.write(new KeyAcknowledgement(
                                GROUP, 0, Keys.ALICE, List.of(), Optional.of(ReceptionFault.WRONG_SIGNATURE))),
                "regroup",
                        RegroupNotificationCodec.write(new RegroupNotification(
                                "0b2c-7", 3, TEMPORARY, PRIMARY, PARTNER, List.of(GROUP), McService.MCPTT, keys)),
                "regroup-answer",
                        RegroupAcknowledgementCodec.write(new RegroupAcknowledgement(
                                "0b2c-7",
                                3,
                                PARTNER,
                                RegroupAcknowledgement.Outcome.SETTLED,
                                12,
                                9,
                                3,
                                Optional.of("3 members did not take the keys"))),
                "regroup-rekey",
                        RegroupRekeyRequestCodec.write(
                                new RegroupRekeyRequest("0b2c-7", 3, TEMPORARY, PRIMARY, PARTNER)),
                "regroup-end", RegroupTeardownCodec.write(new RegroupTeardown("0b2c-7", TEMPORARY, PRIMARY, PARTNER)));
    }

    private static GktpDocument gktps(McService service) {
        List<Gktp> payloads = List.of(new Gktp(Keys.ALICE, MESSAGE));
        return new GktpDocument(
                service,
                Optional.of(new KeyTransports(payloads, List.of(new RegroupedTransports(TEMPORARY, payloads)))),
                Optional.of(KeyTransports.of(payloads)));
    }
}

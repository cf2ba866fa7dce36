package org.mckms.client.group;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mckms.client.MutableClock;
import org.mckms.client.TestEpoch;
import org.mckms.client.TestPki;
import org.mckms.client.TlsMaterial;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyPeriodSchedule;
import org.mckms.protocol.group.Gktp;
import org.mckms.protocol.group.GktpDocument;
import org.mckms.protocol.group.KeyTransports;
import org.mckms.protocol.group.McService;

/**
 * Two systems in memory that know each other's certificates: the home one with the published masters of RFC 6507 and RFC
 * 6508 and periods of 30 days, the partner with other masters and weeks.
 */
public final class TwoDomains implements AutoCloseable {
    /** In the key period 2024-05-10T00:00:00Z to 2024-06-08T23:59:59Z of the home system. */
    public static final Instant NOW = Instant.parse("2024-05-18T05:52:25Z");

    public static final String ALICE = "sip:alice@example.org";
    public static final String BOB = "sip:bob@example.org";
    public static final String CAROL = "sip:carol@partner.example";
    public static final String GROUP = "sip:group1@example.org";
    public static final String OTHER_GROUP = "sip:group2@example.org";

    public static final TestEpoch HOME = TestEpoch.published(
            "kms.example.org",
            new KeyPeriodSchedule(2_592_000, 0),
            Instant.parse("2024-01-01T00:00:00Z"),
            Optional.empty());
    public static final TestEpoch PARTNER = TestEpoch.of(
            31,
            "kms.partner.example",
            new KeyPeriodSchedule(604_800, 3600),
            Instant.parse("2024-01-01T00:00:00Z"),
            Optional.of(Instant.parse("2025-01-01T00:00:00Z")));

    public static final TestSender GMS = new TestSender("sip:gms@example.org", HOME);
    public static final TestSender PARTNER_GMS = new TestSender("sip:gms@partner.example", PARTNER);

    public final MutableClock clock = new MutableClock(NOW);
    private final Path folder;
    private final TlsMaterial tls;
    private final List<TestMember> members = new ArrayList<>();

    public TwoDomains(TestPki pki, Path folder) throws Exception {
        this.folder = folder;
        this.tls = TlsMaterial.trusting(pki.writeAuthority(folder.resolve("ca.pem")));
    }

    /** A member of the home system, with keys of the present period. */
    public TestMember home(String uri) {
        return member(uri, HOME).knowing(PARTNER);
    }

    /** A member of the partner system, with keys of the present period. */
    public TestMember partner(String uri) {
        return member(uri, PARTNER).knowing(HOME);
    }

    public TestMember member(String uri, TestEpoch epoch) {
        TestMember member = new TestMember(folder, uri, epoch, tls, clock).provisioned(clock.instant());
        members.add(member);
        return member;
    }

    /** The server of each system manages the groups of its system. */
    public static Set<Sender> managers(String groupUri) {
        return groupUri.endsWith("@example.org") ? Set.of(GMS.sender()) : Set.of(PARTNER_GMS.sender());
    }

    /** A document for one member. */
    public static GktpDocument document(String memberUri, List<Octets> gmks, List<Octets> mkfcs) {
        return new GktpDocument(McService.MCPTT, transports(memberUri, gmks), transports(memberUri, mkfcs));
    }

    private static Optional<KeyTransports> transports(String memberUri, List<Octets> messages) {
        return messages.isEmpty()
                ? Optional.empty()
                : Optional.of(KeyTransports.of(
                        messages.stream().map(each -> new Gktp(memberUri, each)).toList()));
    }

    @Override
    public void close() {
        members.forEach(TestMember::close);
    }
}

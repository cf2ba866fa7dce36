package org.mckms.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Two complete systems of two organisations, north and south, each a KMS with its own masters and a GMS, that are partners.
 */
public final class TwoGms implements AutoCloseable {
    /** How long what both have to do may take. */
    public static final Duration LIMIT = Duration.ofSeconds(90);

    private final Gms north;
    private final Gms south;

    private TwoGms(Gms north, Gms south) {
        this.north = north;
        this.south = south;
    }

    /**
     * Makes two homes, starts their servers and exchanges the certificates of their KMSs.
     *
     * @param name    begins the names of the homes
     * @param ofBoth  settings of both
     * @param ofSouth further settings of the south
     */
    public static TwoGms start(String name, Map<String, String> ofBoth, Map<String, String> ofSouth) {
        return start(name, ofBoth, ofSouth, KmsServer.Variant.AS_BUILT);
    }

    /** The same with another server, or on another database, in the south. */
    public static TwoGms start(
            String name, Map<String, String> ofBoth, Map<String, String> ofSouth, KmsServer.Variant south) {
        KmsHome northern = KmsHome.makeStranger(name + "-north", "north.example");
        KmsHome southern = KmsHome.makeStranger(name + "-south", "south.example");
        northern.set(ofBoth);
        southern.set(ofBoth);
        southern.set(ofSouth);
        KmsHome.pair(northern, southern);
        Gms north = Gms.start(northern, Map.of("origin", "derived"));
        try {
            TwoGms both = new TwoGms(
                    north,
                    Gms.enrolled(Kms.start(
                            southern,
                            Map.of("origin", "derived", "userKeyPeriod", 604_800, "userKeyOffset", 7200),
                            south)));
            both.exchangeCertificates();
            return both;
        } catch (RuntimeException | AssertionError e) {
            north.close();
            throw e;
        }
    }

    private void exchangeCertificates() {
        PartnerAdmin here = new PartnerAdmin(north.kms().officer());
        PartnerAdmin there = new PartnerAdmin(south.kms().officer());
        byte[] ofNorth = here.exportOwn("");
        byte[] ofSouth = there.exportOwn("");
        here.take("", ofSouth);
        there.take("", ofNorth);
    }

    public Gms north() {
        return north;
    }

    public Gms south() {
        return south;
    }

    /** Makes a group with a key for media. */
    public static void makeGroup(Gms gms, String uri, GroupMemberDevice... members) {
        Reply made = gms.post(
                "/groups",
                Map.of(
                        "uri",
                        uri,
                        "service",
                        "mcptt",
                        "members",
                        Stream.of(members).map(GroupMemberDevice::uri).toList()));
        assertThat(made.status()).isIn(201, 409);
    }

    /** Starts a regroup of one group of each at the north. */
    public JsonObject regroup(String temporary, String ofNorth, String ofSouth, List<String> uses) {
        return AdminFace.object(north.post(
                "/regroups",
                Map.of(
                        "temporaryGroup",
                        temporary,
                        "service",
                        "mcptt",
                        "uses",
                        uses,
                        "ownGroups",
                        List.of(ofNorth),
                        "partnerGroups",
                        List.of(south.uri() + " " + ofSouth))));
    }

    /** Waits until the north's part of a regroup is in a state, and gives it. */
    public JsonObject awaitState(JsonObject regroup, String state) {
        Await.that("the regroup is " + state, LIMIT, () -> part(regroup)
                .getString("state")
                .equals(state));
        return part(regroup);
    }

    /** The north's part of a regroup as it is now. */
    public JsonObject part(JsonObject regroup) {
        return AdminFace.object(north.get("/regroups/" + regroup.getString("id")))
                .getJsonArray("parts")
                .getJsonObject(0);
    }

    /** The token that a GMS shows to its partner. */
    public static String partnerToken(Gms of) {
        try {
            return Files.readString(of.kms().home().dir().resolve("gms/partner.token"))
                    .trim();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Posts to the south as the GMS of the north. */
    public Reply asNorth(String resource, byte[] document) {
        return post(resource, document, Optional.of(north.kms().home().server("gms")), partnerToken(north));
    }

    /** Posts a document about a regroup to the south. */
    public Reply post(String resource, byte[] document, Optional<Tls.Credential> credential, String token) {
        KmsHome home = south.kms().home();
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(Tls.context(home.trust(), credential))
                .build();
        return Csc.send(
                http,
                HttpRequest.newBuilder(URI.create(
                                "https://localhost:" + home.kmsPort() + "/groupmanagement/v1/regroups/" + resource))
                        .timeout(LIMIT)
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/xml")
                        .POST(BodyPublishers.ofByteArray(document))
                        .build());
    }

    @Override
    public void close() {
        try (north) {
            south.close();
        }
    }
}

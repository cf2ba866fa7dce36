package org.mckms.it.support;

import com.nimbusds.jose.jwk.JWK;
import jakarta.json.JsonObject;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** A running KMS with everything a test needs to talk to it from outside. */
public final class Kms implements AutoCloseable {
    private static final int AUDIT_PAGE = 500;

    private final KmsServer server;
    private final DevelopmentIdm idm;
    private final Csc csc;
    private long auditPosition;

    public Kms(KmsServer server) {
        this.server = server;
        this.idm = idmOf(home());
        this.csc = Csc.anonymous(home());
    }

    /** Makes a home, starts its server and makes a first epoch on its token. */
    public static Kms start(String name) {
        KmsHome home = KmsHome.make(name);
        home.set(Map.of("kms.audit.checkpoint-interval", "PT1S"));
        return start(home, Map.of("origin", "derived"));
    }

    /** Starts the server of a home whose token is fresh, and makes a first epoch by the given order. */
    public static Kms start(KmsHome home, Map<String, ?> order) {
        return start(home, order, KmsServer.Variant.AS_BUILT);
    }

    /** The same with a server that differs from the one that was built. */
    public static Kms start(KmsHome home, Map<String, ?> order, KmsServer.Variant variant) {
        KmsServer server = KmsServer.launch(home, variant);
        try {
            Kms kms = new Kms(server.awaitLive());
            kms.awaitActiveVault();
            kms.createEpoch(order);
            server.awaitReady();
            return kms;
        } catch (RuntimeException | AssertionError e) {
            server.close();
            throw e;
        }
    }

    /** Starts the server of a home that has an epoch already. */
    public static Kms restart(KmsHome home, KmsServer.Variant variant) {
        KmsServer server = KmsServer.launch(home, variant);
        try {
            return new Kms(server.awaitReady());
        } catch (RuntimeException | AssertionError e) {
            server.close();
            throw e;
        }
    }

    private static DevelopmentIdm idmOf(KmsHome home) {
        try {
            JWK key = JWK.parse(KmsHome.read(home.dir().resolve("idm/dev-idm.jwk")));
            return new DevelopmentIdm(
                    key,
                    home.setting("kms.issuer.development.iss"),
                    home.setting("kms.issuer.development.audience"),
                    Clock.systemUTC());
        } catch (ParseException e) {
            throw new AssertionError("the key of the development IdM is no JWK", e);
        }
    }

    public KmsServer server() {
        return server;
    }

    public KmsHome home() {
        return server.home();
    }

    public String kmsUri() {
        return home().setting("kms.uri");
    }

    public DevelopmentIdm idm() {
        return idm;
    }

    /** The key management face for a client without a certificate. */
    public Csc csc() {
        return csc;
    }

    /** The key management face for a client that shows a certificate. */
    public Csc csc(Tls.Credential credential) {
        return new Csc(Tls.context(home().trust(), Optional.of(credential)), home().kmsPort());
    }

    /** The operators' face for one of the operators of the home. */
    public AdminFace admin(String operator) {
        return new AdminFace(adminTls(Optional.of(home().operator(operator))), home().adminPort());
    }

    public SSLContext adminTls(Optional<Tls.Credential> credential) {
        return Tls.context(home().trust(), credential);
    }

    public AdminFace officer() {
        return admin("officer");
    }

    /** Holds the ceremony for a development epoch that began a day ago, with a period of 30 days. */
    public JsonObject createEpoch(Map<String, ?> order) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Map<String, Object> all = new TreeMap<>(Map.of(
                "purpose",
                "development",
                "certUri",
                "cert1." + kmsUri(),
                "validFrom",
                now.minus(1, ChronoUnit.DAYS).toString(),
                "validTo",
                now.plus(365, ChronoUnit.DAYS).toString(),
                "userKeyPeriod",
                2_592_000,
                "userKeyOffset",
                0));
        all.putAll(order);
        return AdminFace.object(officer().post("/ceremony/epochs", all));
    }

    /** Waits until the vault has opened its token, which it does by itself some moments after the start. */
    private void awaitActiveVault() {
        Await.that("the vault of " + home().dir() + " is active", Duration.ofSeconds(60), () -> AdminFace.object(
                        officer().get("/status"))
                .getJsonObject("vault")
                .getString("state")
                .equals("ACTIVE"));
    }

    /** The root certificate as {@code init} gives it to a user. */
    public RootCertificate rootCertificate() {
        return RootCertificate.of(csc.post("/init", idm.user("sip:reader@example.org")));
    }

    /** Sends requests and tells what they left in the audit trail and on the console. */
    public synchronized Observed observe(Supplier<Reply> requests) {
        newRecords();
        int before = server.console().length();
        Reply reply = requests.get();
        List<JsonObject> records = newRecords();
        return new Observed(reply, records, server.console().substring(before));
    }

    private List<JsonObject> newRecords() {
        List<JsonObject> records = new ArrayList<>();
        AdminFace auditor = admin("auditor");
        OptionalLong next;
        do {
            JsonObject page = AdminFace.object(auditor.get("/audit?after=" + auditPosition + "&limit=" + AUDIT_PAGE));
            for (JsonObject entry : page.getJsonArray("records").getValuesAs(JsonObject.class)) {
                auditPosition = entry.getJsonNumber("position").longValue();
                records.add(entry);
            }
            next = !page.isNull("next")
                    ? OptionalLong.of(page.getJsonNumber("next").longValue())
                    : OptionalLong.empty();
        } while (next.isPresent());
        return records;
    }

    @Override
    public void close() {
        server.close();
    }
}

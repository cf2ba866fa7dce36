package org.mckms.client;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Speaks with the operators' face of the KMS, {@code /admin/v1} (JSON). The endpoint carries the certificate of an
 * operator; what it may do is decided by the server. Throws {@link KmsRefusedException} when the server refuses,
 * {@link KmsUnreachableException} when no answer comes in time and {@link KmsAnswerException} when the answer is not one.
 * Safe for use by several threads.
 */
public final class AdminClient {
    private final AdminExchange exchange;

    /** @param endpoint with an own certificate, that of the operator */
    public AdminClient(ServerEndpoint endpoint) {
        if (!endpoint.tls().hasOwnCertificate()) {
            throw new ClientSetupException("an operator needs a certificate");
        }
        this.exchange = new AdminExchange(endpoint);
    }

    /** State of the server: vault, token, epoch, database, and why it is not ready if it is not. */
    public JsonObject status() {
        return exchange.get("/status").asJsonObject();
    }

    /**
     * Activates the vault with the PIN of the token. One attempt: a wrong PIN leaves the vault inactive.
     *
     * @param pin not kept; the caller wipes it
     */
    public JsonObject activate(char[] pin) {
        try (SecretJson body = new SecretJson().put("pin", pin)) {
            return exchange.postSecret("/vault/activate", body);
        }
    }

    public JsonObject deactivate(String reason) {
        return exchange.post(
                "/vault/deactivate",
                Json.createObjectBuilder().add("reason", reason).build());
    }

    /** Makes the store keys on a fresh token. */
    public JsonObject prepareToken() {
        return exchange.post("/ceremony/token", JsonValue.EMPTY_JSON_OBJECT);
    }

    /** Makes an epoch; on a fresh token the store keys too. The masters of the order are not closed. */
    public JsonObject createEpoch(EpochOrder order) {
        try (SecretJson body = new SecretJson()) {
            body.put("origin", order.masters().isPresent() ? "imported" : "derived")
                    .put("purpose", order.purpose().name().toLowerCase(Locale.ROOT))
                    .put("certUri", order.certUri())
                    .put("validFrom", order.validFrom().toString())
                    .put("validTo", order.validTo().toString())
                    .put("userKeyPeriod", order.userKeyPeriodSeconds())
                    .put("userKeyOffset", order.userKeyOffsetSeconds());
            order.masters()
                    .ifPresent(masters ->
                            masters.use((ksak, zT) -> body.putUtf8("ksak", ksak).putUtf8("zT", zT)));
            return exchange.postSecret("/ceremony/epochs", body);
        }
    }

    public JsonStructure epochs() {
        return exchange.get("/epochs");
    }

    /** Retires an epoch for good: its keys on the token are destroyed. */
    public JsonObject retireEpoch(String epochId) {
        return exchange.post("/epochs/" + PathSegment.encode(epochId) + "/retire", JsonValue.EMPTY_JSON_OBJECT);
    }

    public JsonStructure certificates() {
        return exchange.get("/certificates");
    }

    /** @param after URI of the last identity already seen; the list goes on behind it */
    public JsonStructure identities(Optional<String> after, int limit) {
        return exchange.get("/identities?limit=" + limit
                + after.map(uri -> "&after=" + PathSegment.encode(uri)).orElse(""));
    }

    public JsonObject identity(String uri) {
        return exchange.get("/identities/show?uri=" + PathSegment.encode(uri)).asJsonObject();
    }

    public JsonObject block(String uri, String reason) {
        return exchange.post("/identities/block", withReason(uri, reason));
    }

    public JsonObject unblock(String uri, String reason) {
        return exchange.post("/identities/unblock", withReason(uri, reason));
    }

    public JsonObject setPolicy(String uri, ClientPolicy policy) {
        JsonObjectBuilder body = Json.createObjectBuilder()
                .add("uri", uri)
                .add("periodsServed", policy.periodsServed().name());
        if (!policy.profiles().isEmpty()) {
            body.add("profiles", policy.profileNames());
        }
        return exchange.post("/identities/policy", body.build());
    }

    /** Forces a new SSK and PVT for an identity; takes effect when a second officer asks for the same. */
    public JsonObject advanceIssue(String uri, String reason) {
        return exchange.post("/identities/advance-issue", withReason(uri, reason));
    }

    /** @param after position of the last record already seen, as the list gave it */
    public JsonStructure auditRecords(Optional<String> after, int limit, Optional<String> event) {
        return exchange.get("/audit?limit=" + limit
                + after.map(position -> "&after=" + PathSegment.encode(position))
                        .orElse("")
                + event.map(name -> "&event=" + PathSegment.encode(name)).orElse(""));
    }

    /**
     * Lets the server verify its own audit trail.
     *
     * @param limit of the whole exchange; the work grows with the trail, which the usual limit of an answer does not fit
     */
    public JsonObject verifyAudit(Duration limit) {
        return exchange.post("/audit/verify", JsonValue.EMPTY_JSON_OBJECT, limit);
    }

    /**
     * Writes all audit records to a file, one JSON object per line. The file is new and its owner's only; as with every
     * download, the limit of an answer is that of each part of it.
     */
    public void exportAudit(Path file) {
        exchange.download("/audit/export", file);
    }

    /** Writes all audit checkpoints to a file, one JSON object per line. */
    public void exportCheckpoints(Path file) {
        exchange.download("/audit/checkpoints", file);
    }

    /** Writes the certificate with which checkpoints are verified to a PEM file. */
    public void exportAuditCertificate(Path file) {
        exchange.download("/audit/certificate", file);
    }

    /** Keys of devices. */
    public ClientKeysAdmin clientKeys() {
        return new ClientKeysAdmin(exchange);
    }

    /** Jobs that make provisioning bundles. */
    public BundleJobsAdmin bundleJobs() {
        return new BundleJobsAdmin(exchange);
    }

    /** Certificates of partner KMSs, and the own one for them. */
    public PartnersAdmin partners() {
        return new PartnersAdmin(exchange);
    }

    /** Deliveries that have not arrived. */
    public DeliveriesAdmin deliveries() {
        return new DeliveriesAdmin(exchange);
    }

    /** Content encryption keys. */
    public CeksAdmin ceks() {
        return new CeksAdmin(exchange);
    }

    /** Revocations of access tokens. */
    public TokensAdmin tokens() {
        return new TokensAdmin(exchange);
    }

    /** Makes the token keys that an older release did not have. */
    public JsonObject makeMissingKeys() {
        return exchange.post("/ceremony/keys", JsonValue.EMPTY_JSON_OBJECT);
    }

    private static JsonObject withReason(String uri, String reason) {
        return Json.createObjectBuilder().add("uri", uri).add("reason", reason).build();
    }
}

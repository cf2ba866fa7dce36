package org.mckms.client;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonStructure;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.mckms.protocol.security.ClientKeys;
import org.mckms.protocol.security.NamedKey;

/** What operators do with the TrK and InK of devices; errors as of {@link AdminClient}. Safe for use by several threads. */
public final class ClientKeysAdmin {
    private static final String ROOT = "/client-keys";

    private final AdminExchange exchange;

    ClientKeysAdmin(AdminExchange exchange) {
        this.exchange = exchange;
    }

    /**
     * Of whom the keys are.
     *
     * @param device which of the owner's devices; the server names one if it is absent
     */
    public record Device(String owner, Optional<String> device) {}

    /**
     * What is ordered.
     *
     * @param validFor how long the keys may wait for their first use
     * @param reason kept in the audit trail
     */
    public record Order(Device device, Duration validFor, String reason) {}

    /**
     * What came of an order.
     *
     * @param answer empty if there is a file
     * @param file the sealed registration file; absent while another officer has to approve
     */
    public record Registered(JsonObject answer, Optional<byte[]> file) {}

    /**
     * Has keys made for a device and sealed under a passphrase.
     *
     * @param passphrase not kept; the caller wipes it
     */
    public Registered register(Order order, char[] passphrase) {
        return sealed("", order, body -> body.put("passphrase", passphrase));
    }

    /** The same, sealed for the holder of a key. @param certificatePem of the recipient */
    public Registered registerFor(Order order, String certificatePem) {
        return sealed("", order, body -> body.put("recipientCertificate", certificatePem));
    }

    /** Asks for keys of a server, for another officer to approve. */
    public JsonObject request(Device device, String reason) {
        return exchange.post(ROOT + "/request", body(device, reason));
    }

    /**
     * Approves what another officer asked for; the keys are sealed under a passphrase.
     *
     * @param passphrase not kept; the caller wipes it
     */
    public Registered approve(Order order, char[] passphrase) {
        return sealed("/approve", order, body -> body.put("passphrase", passphrase));
    }

    /** The same, sealed for the holder of a key. @param certificatePem of the recipient */
    public Registered approveFor(Order order, String certificatePem) {
        return sealed("/approve", order, body -> body.put("recipientCertificate", certificatePem));
    }

    /** Registers keys that the device has already; the keys are not closed. */
    public JsonObject importKeys(Order order, ClientKeys keys) {
        try (SecretJson body = ordered(order)) {
            put(body, "transportKey", keys.transportKey());
            keys.integrityKey().ifPresent(key -> put(body, "integrityKey", key));
            return exchange.postSecret(ROOT + "/import", body);
        }
    }

    /** All devices, a page at a time. @param after the last device already seen */
    public JsonStructure list(Optional<Device> after, int limit) {
        return exchange.get(ROOT + "?limit=" + limit
                + after.map(last -> "&afterOwner=" + PathSegment.encode(last.owner()) + "&afterDevice="
                                + PathSegment.encode(last.device().orElseThrow()))
                        .orElse(""));
    }

    /** The devices of one owner. */
    public JsonStructure ofOwner(String owner) {
        return exchange.get(ROOT + "?owner=" + PathSegment.encode(owner));
    }

    /** Has a device renew its keys with its next request. */
    public JsonObject rotate(Device device, String reason) {
        return exchange.post(ROOT + "/rotate", body(device, reason));
    }

    /** Erases the keys of a device. */
    public JsonObject revoke(Device device, String reason) {
        return exchange.post(ROOT + "/revoke", body(device, reason));
    }

    private Registered sealed(String verb, Order order, Consumer<SecretJson> recipient) {
        try (SecretJson body = ordered(order)) {
            recipient.accept(body);
            AdminExchange.DocumentOrFile answer = exchange.postForFile(ROOT + verb, body);
            return new Registered(answer.document(), answer.file());
        }
    }

    private static SecretJson ordered(Order order) {
        SecretJson body = new SecretJson().put("owner", order.device().owner());
        order.device().device().ifPresent(name -> body.put("device", name));
        return body.put("validFor", order.validFor().toString()).put("reason", order.reason());
    }

    private static JsonObject body(Device device, String reason) {
        JsonObjectBuilder body = Json.createObjectBuilder().add("owner", device.owner());
        device.device().ifPresent(name -> body.add("device", name));
        return body.add("reason", reason).build();
    }

    private static void put(SecretJson body, String name, NamedKey key) {
        body.put(name + "Name", key.name());
        key.key().use(octets -> {
            char[] hex = new char[2 * octets.length];
            for (int i = 0; i < octets.length; i++) {
                hex[2 * i] = Character.forDigit(octets[i] >> 4 & 0xF, 16);
                hex[2 * i + 1] = Character.forDigit(octets[i] & 0xF, 16);
            }
            try {
                body.put(name, hex);
            } finally {
                Arrays.fill(hex, '\0');
            }
            return null;
        });
    }
}

package org.mckms.client;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.ByteArrayInputStream;
import java.net.http.HttpHeaders;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mckms.client.KmsRefusedException.Refusal;

/** Reads what a server says with a refusal: the JSON error of our own resources, or the WWW-Authenticate field. */
public final class JsonRefusal {
    private static final Pattern CHALLENGE_ERROR = Pattern.compile("error=\"([^\"]*)\"");
    private static final Pattern CHALLENGE_DESCRIPTION = Pattern.compile("error_description=\"([^\"]*)\"");

    private JsonRefusal() {}

    /** What a body says; of an empty or strange one, that it says nothing. */
    public static Refusal of(byte[] body) {
        if (body.length == 0) {
            return Refusal.ofText("no reason given");
        }
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(body))) {
            if (reader.readObject().get("error") instanceof JsonObject error) {
                return new Refusal(
                        error.get("code") instanceof JsonNumber code
                                ? OptionalInt.of(code.intValue())
                                : OptionalInt.empty(),
                        text(error, "name"),
                        text(error, "message").orElse("no reason given"),
                        text(error, "requestId"),
                        false);
            }
        } catch (JsonException e) {
            return Refusal.ofText("the answer is not JSON");
        }
        return Refusal.ofText("the answer is not an error of this server");
    }

    /** What an answer says, in its body or, without one, in the WWW-Authenticate field. */
    public static Refusal of(HttpHeaders headers, byte[] body) {
        return body.length > 0
                ? of(body)
                : challenge(headers).map(Refusal::ofText).orElseGet(() -> of(body));
    }

    /** What the WWW-Authenticate field says (RFC 6750 clause 3). */
    static Optional<String> challenge(HttpHeaders headers) {
        return headers.firstValue("WWW-Authenticate").map(challenge -> {
            Matcher error = CHALLENGE_ERROR.matcher(challenge);
            Matcher description = CHALLENGE_DESCRIPTION.matcher(challenge);
            String name = error.find() ? error.group(1) : "no valid access token";
            return description.find() ? name + ", " + description.group(1) : name;
        });
    }

    private static Optional<String> text(JsonObject object, String name) {
        return object.get(name) instanceof JsonString text ? Optional.of(text.getString()) : Optional.empty();
    }
}

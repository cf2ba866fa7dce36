package org.mckms.client.group;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.StringReader;
import org.mckms.client.KmsAnswerException;

/**
 * The group management server says that keys are ready to fetch.
 *
 * @param memberUri for whom, one of the identities of the caller
 * @param groupUri of which group
 * @param generation of the group's keys, only upward
 */
public record KeysReady(String memberUri, String groupUri, long generation) {
    /** Reads the data of an event. */
    static KeysReady read(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            JsonObject data = reader.readObject();
            if (data.get("member") instanceof JsonString member
                    && data.get("group") instanceof JsonString group
                    && data.get("generation") instanceof JsonNumber generation) {
                return new KeysReady(member.getString(), group.getString(), generation.longValueExact());
            }
        } catch (JsonException | ArithmeticException e) {
            throw new KmsAnswerException("an event about keys is not what it should be", e);
        }
        throw new KmsAnswerException("an event about keys lacks its member, group or generation");
    }
}

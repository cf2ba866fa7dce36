package org.mckms.client.cek;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.StringReader;
import org.mckms.client.KmsAnswerException;
import org.mckms.mikeysakke.MikeySakkeException;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.cek.CekStatus;

/**
 * The KMS says that a key has changed. Not signed: nothing is done about it but to ask.
 *
 * @param userUri whose key it is
 * @param keyId 16 octets
 * @param revision that the key has now
 * @param status that it has now
 */
public record CekNotice(String userUri, Octets keyId, long revision, CekStatus status) {
    /** Reads the data of an event. */
    static CekNotice read(String json) {
        try (JsonReader reader = Json.createReader(new StringReader(json))) {
            JsonObject data = reader.readObject();
            if (data.get("user") instanceof JsonString user
                    && data.get("keyId") instanceof JsonString keyId
                    && data.get("revision") instanceof JsonNumber revision
                    && data.get("status") instanceof JsonString status) {
                return new CekNotice(
                        user.getString(),
                        Octets.fromHex(keyId.getString()),
                        revision.longValueExact(),
                        CekStatus.named(status.getString())
                                .orElseThrow(() -> new KmsAnswerException("a notice has an unknown status")));
            }
        } catch (JsonException | ArithmeticException | MikeySakkeException e) {
            throw new KmsAnswerException("a notice about a key is not what it should be", e);
        }
        throw new KmsAnswerException("a notice about a key lacks its user, Key ID, revision or status");
    }
}

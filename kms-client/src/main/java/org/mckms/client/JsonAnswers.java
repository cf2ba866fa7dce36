package org.mckms.client;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;

/** Answers in JSON of the operators' face and of group management. */
final class JsonAnswers {
    private JsonAnswers() {}

    /** The object that came; an empty one for an answer without content. */
    static JsonObject object(HttpsExchange.Answer answer) {
        if (answer.isSuccess() && answer.body().length == 0) {
            return JsonValue.EMPTY_JSON_OBJECT;
        }
        if (parse(answer) instanceof JsonObject object) {
            return object;
        }
        throw new KmsAnswerException("the answer is not a JSON object");
    }

    /** The document that came. */
    static JsonStructure parse(HttpsExchange.Answer answer) {
        if (!answer.isSuccess()) {
            throw new KmsRefusedException(answer.status(), JsonRefusal.of(answer.headers(), answer.body()));
        }
        try (JsonReader reader = Json.createReader(new ByteArrayInputStream(answer.body()))) {
            return reader.read();
        } catch (JsonException e) {
            throw new KmsAnswerException("the answer is not JSON: " + e.getMessage(), e);
        }
    }
}

package org.mckms.csc.group;

import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.mckms.mikeysakke.Octets;

/**
 * What a resource answers when it does not refuse.
 *
 * @param body empty: none
 */
record GroupAnswer(int status, Map<String, String> headers, String mediaType, Octets body) {

    GroupAnswer {
        headers = Map.copyOf(headers);
    }

    /** 200 with JSON. */
    static GroupAnswer json(JsonObject json) {
        return json(HttpServletResponse.SC_OK, json);
    }

    /** JSON with another status. */
    static GroupAnswer json(int status, JsonObject json) {
        return new GroupAnswer(
                status,
                Map.of(),
                GroupAnswers.JSON,
                Octets.copyOf(json.toString().getBytes(StandardCharsets.UTF_8)));
    }

    /** 200 with XML. */
    static GroupAnswer xml(byte[] document) {
        return new GroupAnswer(HttpServletResponse.SC_OK, Map.of(), GroupAnswers.XML, Octets.copyOf(document));
    }

    /** A status alone. */
    static GroupAnswer empty(int status) {
        return new GroupAnswer(status, Map.of(), GroupAnswers.XML, Octets.copyOf(new byte[0]));
    }

    /** The same with more header fields. */
    GroupAnswer with(Map<String, String> more) {
        return new GroupAnswer(status, more, mediaType, body);
    }

    byte[] octets() {
        return body.toByteArray();
    }
}

package org.mckms.platform.delivery;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.mckms.mikeysakke.Octets;

/** The octets of one POST of HTTP/1.1 (RFC 9112), after which the connection ends. */
final class CallbackRequest {

    private static final String NAME = "[A-Za-z0-9-]{1,100}";
    private static final String VALUE = "[\\x21-\\x7e]([\\x20-\\x7e]{0,2000}[\\x21-\\x7e])?";

    private CallbackRequest() {}

    /**
     * Head and body.
     *
     * @throws IllegalArgumentException if a field has octets that would end it
     */
    static byte[] octets(CallbackAddress address, String mediaType, Octets body, Map<String, String> headers) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("Host", address.uri().getRawAuthority());
        fields.put("User-Agent", "mckms");
        fields.put("Content-Type", mediaType);
        fields.put("Content-Length", Integer.toString(body.size()));
        fields.put("Connection", "close");
        fields.putAll(headers);
        StringBuilder head = new StringBuilder("POST ").append(address.target()).append(" HTTP/1.1\r\n");
        fields.forEach((name, value) -> {
            if (!name.matches(NAME) || !value.matches(VALUE)) {
                throw new IllegalArgumentException("no header field: " + name);
            }
            head.append(name).append(": ").append(value).append("\r\n");
        });
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        request.writeBytes(body.toByteArray());
        return request.toByteArray();
    }
}

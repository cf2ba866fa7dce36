package org.mckms.mikeysakke.vectors;

import jakarta.json.JsonObject;
import org.mckms.mikeysakke.Octets;

/** One row of a vector file; a key that is missing is an error of the test. */
public record VectorCase(String name, JsonObject fields) {
    public boolean has(String key) {
        return fields.containsKey(key);
    }

    public String text(String key) {
        return fields.getString(key);
    }

    public Octets octets(String key) {
        return Octets.fromHex(text(key));
    }

    /** A fresh array, for methods that take and wipe it. */
    public byte[] bytes(String key) {
        return octets(key).toByteArray();
    }

    public long number(String key) {
        return fields.getJsonNumber(key).longValueExact();
    }
}

package org.mckms.platform.hsm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code pkcs11-tool} of OpenSC says about the keys on a token: an independent look. hsm-config/install-test-tools installs it. */
final class StoredObjects {

    private static final String TOOL = "pkcs11-tool";
    private static final Pattern LABEL = Pattern.compile("label: +(\\S+)");

    private StoredObjects() {}

    /** The description of each key by its label. */
    static Map<String, String> byLabel(SoftHsm hsm) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                TOOL, "--module", SoftHsm.library().toString(), "--login", "--pin", "env:TOKEN_PIN", "--list-objects");
        builder.environment().put("TOKEN_PIN", new String(hsm.pin()));
        Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("pkcs11-tool failed: " + output);
        }
        Map<String, String> keys = new TreeMap<>();
        for (String object : output.split("(?m)^(?=\\S)")) {
            Matcher label = LABEL.matcher(object);
            if (object.contains("Key Object") && label.find()) {
                keys.put(label.group(1), object);
            }
        }
        return keys;
    }
}

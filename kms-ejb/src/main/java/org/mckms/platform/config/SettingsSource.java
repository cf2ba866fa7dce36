package org.mckms.platform.config;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.mckms.protocol.error.KmsException;

/**
 * Finds the settings of this process: a file in the format of Java properties (UTF-8), named by the system property
 * {@code kms.settings} or else by the environment variable {@code KMS_SETTINGS}. A system property named like a setting
 * overrides it.
 */
public final class SettingsSource {

    static final String FILE_PROPERTY = "kms.settings";
    static final String FILE_VARIABLE = "KMS_SETTINGS";

    private SettingsSource() {}

    /**
     * The checked settings of this process.
     *
     * @throws KmsException {@code CONFIGURATION}, naming every fault
     */
    public static KmsSettings load() {
        Optional<String> file = Optional.ofNullable(System.getProperty(FILE_PROPERTY))
                .or(() -> Optional.ofNullable(System.getenv(FILE_VARIABLE)))
                .filter(f -> !f.isBlank());
        Map<String, String> values = new HashMap<>(file.map(SettingsSource::readFile)
                .orElseThrow(() -> SettingsReader.faulty(List.of("No settings file is named; set the system property "
                        + FILE_PROPERTY + " or the environment variable " + FILE_VARIABLE + " to its path."))));
        overlay(values, System.getProperties());
        return SettingsReader.read(values, PinSources.ofProcess());
    }

    /** Lays those system properties that are settings over the values; a PIN there is a source, not a setting. */
    static void overlay(Map<String, String> values, Properties properties) {
        for (String name : properties.stringPropertyNames()) {
            if (SettingKey.known(name) && !name.equals(SettingKey.HSM_PIN.key())) {
                values.put(name, properties.getProperty(name));
            }
        }
    }

    static Map<String, String> readFile(String name) {
        List<String> faults = new ArrayList<>();
        Map<String, String> values = new HashMap<>();
        Properties properties = new Properties() {
            @Override
            public synchronized Object put(Object key, Object value) {
                if (values.put(key.toString(), value.toString()) != null) {
                    faults.add(key + " stands twice in " + name + "; remove one.");
                }
                return null;
            }
        };
        try (Reader reader = Files.newBufferedReader(Path.of(name), StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            faults.add("The settings file " + name + " cannot be read (" + e + "); check path, rights and format.");
        }
        if (!faults.isEmpty()) {
            throw SettingsReader.faulty(faults);
        }
        return values;
    }
}

package org.mckms.platform.config;

import java.util.Optional;
import org.mckms.platform.hsm.PinSource;

/**
 * PIN sources that stand outside the settings file.
 *
 * @param fromProperty    system property {@code kms.hsm.pin}, set by WildFly from an encrypted Elytron expression
 * @param fromEnvironment environment variable, for development only
 */
public record PinSources(Optional<PinSource> fromProperty, Optional<PinSource> fromEnvironment) {

    static final String ENVIRONMENT_VARIABLE = "KMS_HSM_PIN";

    /** No PIN outside the settings. */
    public static final PinSources NONE = new PinSources(Optional.empty(), Optional.empty());

    /** What this process was started with; the values themselves are read anew whenever a PIN is needed. */
    static PinSources ofProcess() {
        String property = SettingKey.HSM_PIN.key();
        return new PinSources(
                present(System.getProperty(property))
                        .map(v -> () -> present(System.getProperty(property)).map(String::toCharArray)),
                present(System.getenv(ENVIRONMENT_VARIABLE))
                        .map(v -> () ->
                                present(System.getenv(ENVIRONMENT_VARIABLE)).map(String::toCharArray)));
    }

    private static Optional<String> present(String value) {
        return Optional.ofNullable(value).filter(v -> !v.isEmpty());
    }
}

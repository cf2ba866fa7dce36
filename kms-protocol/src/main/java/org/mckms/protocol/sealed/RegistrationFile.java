package org.mckms.protocol.sealed;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.protocol.cms.FileText;
import org.mckms.protocol.message.KmsCertificate;
import org.mckms.protocol.message.Role;
import org.mckms.protocol.security.ClientKeys;

/**
 * What a device needs to speak to its KMS for the first time. Closing wipes the keys. Made by the KMS, read once by the
 * device; it is usable until {@link #notAfter()}, or until the first request under its keys.
 */
public final class RegistrationFile implements AutoCloseable {
    static final int MAX_BASE_URLS = 16;

    private final String registrationId;
    private final String kmsUri;
    private final List<String> baseUrls;
    private final String userUri;
    private final String device;
    private final ClientKeys keys;
    private final Instant notAfter;
    private final KmsCertificate root;

    /**
     * Checks what belongs together.
     *
     * @param registrationId names this hand-over in both audit trails; 1 to 200 characters
     * @param baseUrls where the KMS is reached, best first; 1 to 16
     * @param device which of the user's devices
     * @param keys taken over: closed with this file
     * @param notAfter cut to whole seconds
     * @param root the Root certificate of the KMS
     * @throws InvalidValueException if a text is too long or cannot travel in XML, or the certificate is not this KMS's own
     */
    public RegistrationFile(
            String registrationId,
            String kmsUri,
            List<String> baseUrls,
            String userUri,
            String device,
            ClientKeys keys,
            Instant notAfter,
            KmsCertificate root) {
        this.registrationId = FileText.name(registrationId, "registration id");
        this.kmsUri = FileText.uri(kmsUri, "KMS URI");
        this.baseUrls = List.copyOf(baseUrls);
        this.userUri = FileText.uri(userUri, "user URI");
        this.device = FileText.name(device, "device");
        this.keys = Objects.requireNonNull(keys, "keys");
        this.notAfter = FileText.seconds(notAfter);
        this.root = Objects.requireNonNull(root, "root");
        if (baseUrls.isEmpty() || baseUrls.size() > MAX_BASE_URLS) {
            throw new InvalidValueException("there are " + baseUrls.size() + " base URLs, 1 to 16 needed");
        }
        this.baseUrls.forEach(url -> FileText.uri(url, "base URL"));
        if (root.role() != Role.ROOT || !root.kmsUri().equals(kmsUri)) {
            throw new InvalidValueException("the certificate is not the Root certificate of " + kmsUri);
        }
    }

    public String registrationId() {
        return registrationId;
    }

    public String kmsUri() {
        return kmsUri;
    }

    /** Where the KMS is reached, best first. */
    public List<String> baseUrls() {
        return baseUrls;
    }

    public String userUri() {
        return userUri;
    }

    public String device() {
        return device;
    }

    /** The keys; they live as long as this file. */
    public ClientKeys keys() {
        return keys;
    }

    /** The last second in which the KMS takes the first request under these keys. */
    public Instant notAfter() {
        return notAfter;
    }

    /** The Root certificate of the KMS. */
    public KmsCertificate root() {
        return root;
    }

    @Override
    public void close() {
        keys.close();
    }

    @Override
    public String toString() {
        return "RegistrationFile[" + registrationId + ", " + userUri + ", " + device + ", keys hidden]";
    }
}

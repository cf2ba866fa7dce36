package org.mckms.kms.application;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import org.mckms.kms.domain.ClientKeysId;
import org.mckms.kms.domain.RegisteredIdentity;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

/**
 * The list of a bundle job: one user per line, UTF-8, {@code uri} or {@code uri,device}. Empty lines do not count. It is read
 * line by line and never held.
 */
final class BundleList {

    /** Most lines that name a user. */
    static final int MAX_USERS = 100_000;

    private static final int MAX_LINE = RegisteredIdentity.MAX_URI_CHARACTERS + 1 + ClientKeysId.MAX_DEVICE_CHARACTERS;

    private final BufferedReader in;
    private int line;
    private int users;

    /** One line. */
    record Entry(String userUri, Optional<String> device) {}

    private BundleList(InputStream in) {
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
    }

    /**
     * Gives every entry to {@code entries}.
     *
     * @throws KmsException {@code MALFORMED_REQUEST} with the number of the line, {@code BODY_TOO_LARGE} for too many users
     */
    static void read(InputStream in, Consumer<Entry> entries) {
        BundleList list = new BundleList(in);
        try {
            for (Optional<String> text = list.next(); text.isPresent(); text = list.next()) {
                String entry = text.get().strip();
                if (!entry.isEmpty()) {
                    entries.accept(list.entry(entry));
                }
            }
        } catch (IOException e) {
            throw new KmsException(
                    KmsErrorCode.MALFORMED_REQUEST, "the list cannot be read after line " + list.line, e);
        }
        if (list.users == 0) {
            throw new KmsException(KmsErrorCode.MALFORMED_REQUEST, "the list names no user");
        }
    }

    private Optional<String> next() throws IOException {
        StringBuilder text = new StringBuilder();
        line++;
        int c = in.read();
        if (c < 0) {
            return Optional.empty();
        }
        while (c >= 0 && c != '\n') {
            if (text.length() > MAX_LINE) {
                throw malformed("is longer than " + MAX_LINE + " characters");
            }
            text.append((char) c);
            c = in.read();
        }
        return Optional.of(text.toString());
    }

    private Entry entry(String text) {
        if (++users > MAX_USERS) {
            throw new KmsException(KmsErrorCode.BODY_TOO_LARGE, "a list names at most " + MAX_USERS + " users");
        }
        int comma = text.indexOf(',');
        String uri = comma < 0 ? text : text.substring(0, comma);
        Optional<String> device = comma < 0 ? Optional.empty() : Optional.of(text.substring(comma + 1));
        if (uri.isEmpty() || uri.length() > RegisteredIdentity.MAX_URI_CHARACTERS || hasSpace(uri)) {
            throw malformed("does not begin with a URI");
        }
        if (device.filter(name -> !isDevice(name)).isPresent()) {
            throw malformed("has no name of a device after the comma");
        }
        return new Entry(uri, device);
    }

    private static boolean hasSpace(String uri) {
        return uri.chars().anyMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c));
    }

    private static boolean isDevice(String name) {
        return !name.isBlank()
                && name.length() <= ClientKeysId.MAX_DEVICE_CHARACTERS
                && name.indexOf(',') < 0
                && name.chars().noneMatch(Character::isISOControl);
    }

    private KmsException malformed(String why) {
        return new KmsException(KmsErrorCode.MALFORMED_REQUEST, "line " + line + " of the list " + why);
    }
}

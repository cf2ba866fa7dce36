package org.mckms.gms.infrastructure.kms;

import java.nio.file.Path;
import java.util.Arrays;
import org.mckms.client.ClientSetupException;
import org.mckms.client.TokenSource;

/** An access token in a file, which the platform or the identity management server renews; read anew for every request. */
public final class TokenFile implements TokenSource {

    private final Path file;

    public TokenFile(Path file) {
        this.file = file;
    }

    /** @throws ClientSetupException if the file cannot be read or its first line is no token */
    @Override
    public String accessToken() {
        char[] line = SmallFile.firstLine(file, "an access token");
        try {
            String token = new String(line).strip();
            if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
                throw new ClientSetupException("the first line of " + file + " is no access token");
            }
            return token;
        } finally {
            Arrays.fill(line, '\0');
        }
    }
}

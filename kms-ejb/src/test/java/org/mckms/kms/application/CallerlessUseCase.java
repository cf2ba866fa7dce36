package org.mckms.kms.application;

import jakarta.ejb.Stateless;
import java.time.Instant;
import org.mckms.mikeysakke.secret.SecretOctets;

/** What the architecture rules forbid; a control for them. */
@Stateless
public class CallerlessUseCase {

    static int calls;

    /** A secret in a record prints itself. */
    record Printed(SecretOctets secret) {}

    public void act(String whoever) {
        calls++;
        System.out.println(whoever + Instant.now());
    }
}

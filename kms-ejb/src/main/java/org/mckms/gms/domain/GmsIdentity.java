package org.mckms.gms.domain;

import org.mckms.platform.health.Finding;

/** Who this group management server is, as a client of its KMS. */
public interface GmsIdentity {

    /** Its URI, which signs messages and which partners encapsulate to. */
    String uri();

    /** KmsUri of its KMS. */
    String kmsUri();

    /** Whether it has keys of its KMS for now, and one sentence about them and what is being waited for. Never waits. */
    Finding state();
}

package org.mckms.gms.domain;

import java.util.List;

/** Which groups have messages that wait for the certificate of which KMS. Every method runs inside a transaction of its caller. */
public interface WaitingDomains {

    /** A group that waits for a KMS. */
    record Waiting(String kmsUri, String groupUri) {}

    List<Waiting> all(int limit);

    /** Notes it, if it is not noted yet. */
    void add(Waiting waiting);

    void remove(Waiting waiting);
}

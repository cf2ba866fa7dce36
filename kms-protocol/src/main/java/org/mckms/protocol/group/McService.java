package org.mckms.protocol.group;

import java.util.Arrays;
import java.util.Optional;

/** The MC services whose groups have keys, each with the namespace of its GKTP documents (TS 24.481). */
public enum McService {
    /** Mission critical push to talk. */
    MCPTT("urn:3gpp:ns:mcpttGKTP:1.0"),
    /** Mission critical video. */
    MCVIDEO("urn:3gpp:ns:mcvideoGKTP:1.0");

    private final String gktpNamespace;

    McService(String gktpNamespace) {
        this.gktpNamespace = gktpNamespace;
    }

    /** Namespace of the GKTP documents of this service. */
    public String gktpNamespace() {
        return gktpNamespace;
    }

    /** The service with this namespace of GKTP documents; empty if there is none. */
    public static Optional<McService> ofGktpNamespace(String namespace) {
        return Arrays.stream(values())
                .filter(service -> service.gktpNamespace.equals(namespace))
                .findFirst();
    }
}

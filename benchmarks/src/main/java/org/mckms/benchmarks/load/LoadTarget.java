package org.mckms.benchmarks.load;

/**
 * A resource of the server as its clients see it.
 *
 * @param kmsUri   its KmsUri
 * @param port     of the listener for key management, on this machine
 * @param resource its path
 */
record LoadTarget(String kmsUri, int port, String resource) {
    private static final String ROOT = "/keymanagement/identity/v1/";

    /** Key provisioning. */
    LoadTarget(String kmsUri, int port) {
        this(kmsUri, port, ROOT + "keyprov");
    }

    /** The resource that gives the root certificate. */
    LoadTarget init() {
        return new LoadTarget(kmsUri, port, ROOT + "init");
    }

    /** As a client writes it into ClientReqUrl. */
    String url() {
        return "https://localhost:" + port + resource;
    }
}

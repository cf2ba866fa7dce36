package org.mckms.benchmarks.load;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where the server's threads run Java code, by a flight recording: how many samples fall to which part of it.
 *
 * @param samples by part
 */
record Profile(Map<Part, Long> samples) {

    /** A part of the work; a sample belongs to the first one that knows a frame, looked for from the innermost frame outwards. */
    enum Part {
        MATHEMATICS("mathematics: key sets and their check", "org.mckms.mikeysakke."),
        SIGNATURES(
                "signatures of access tokens",
                "com.nimbusds.",
                "org.mckms.csc.token.",
                "sun.security.ec.",
                "sun.security.util.math."),
        XML(
                "XML: request, signature, answer",
                "org.mckms.protocol.",
                "javax.xml.",
                "com.sun.org.apache.",
                "org.apache.xerces."),
        TOKEN("token calls", "sun.security.pkcs11.", "org.mckms.platform.hsm."),
        DATABASE(
                "database",
                "org.h2.",
                "org.postgresql.",
                "org.hibernate.",
                "org.jboss.jca.",
                "com.arjuna.",
                "org.mckms.kms.infrastructure.persistence."),
        AUDIT("audit trail", "org.mckms.platform.audit.", "org.mckms.protocol.audit."),
        TLS("TLS", "sun.security.ssl.", "org.wildfly.openssl.", "io.undertow.protocols.ssl.", "org.xnio.ssl."),
        HTTP("HTTP", "io.undertow.", "org.xnio.", "org.mckms.csc."),
        CONTAINER("container: EJB, CDI, transactions", "org.jboss.", "org.wildfly.", "jakarta."),
        KMS("use cases", "org.mckms."),
        OTHER("other");

        private final String title;
        private final List<String> packages;

        Part(String title, String... packages) {
            this.title = title;
            this.packages = List.of(packages);
        }

        String title() {
            return title;
        }

        private boolean has(String className) {
            return packages.stream().anyMatch(className::startsWith);
        }
    }

    /** Reads the samples of a recording. */
    static Profile of(Path recording) throws IOException {
        Map<Part, Long> samples = new TreeMap<>();
        try (RecordingFile events = new RecordingFile(recording)) {
            while (events.hasMoreEvents()) {
                RecordedEvent event = events.readEvent();
                if (event.getEventType().getName().equals("jdk.ExecutionSample")) {
                    samples.merge(part(event), 1L, Long::sum);
                }
            }
        }
        return new Profile(samples);
    }

    private static Part part(RecordedEvent event) {
        if (event.getStackTrace() == null) {
            return Part.OTHER;
        }
        for (RecordedFrame frame : event.getStackTrace().getFrames()) {
            Optional<Part> known = partOf(frame.getMethod().getType().getName());
            if (known.isPresent()) {
                return known.get();
            }
        }
        return Part.OTHER;
    }

    private static Optional<Part> partOf(String className) {
        for (Part part : Part.values()) {
            if (part.has(className)) {
                return Optional.of(part);
            }
        }
        return Optional.empty();
    }

    long total() {
        return samples.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The part's share of all samples. */
    double share(Part part) {
        return total() == 0 ? 0 : (double) samples.getOrDefault(part, 0L) / total();
    }
}

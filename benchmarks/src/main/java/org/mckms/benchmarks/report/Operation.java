package org.mckms.benchmarks.report;

import java.util.Map;
import java.util.Optional;

/** The lines of the table: an operation, the benchmark that stands for it at Bouncy Castle, and the ratio it has to reach. */
public enum Operation {
    EXTRACTION("RSK extraction, single", "SakkeBenchmark.extraction", BouncyCastle.EXTRACTION, 35, 75),
    EXTRACTION_BULK("RSK extraction, bulk", "SakkeBulkBenchmark.extraction", BouncyCastle.EXTRACTION, 35, 110),
    ENCAPSULATION("encapsulation, single", "SakkeBenchmark.encapsulation", BouncyCastle.ENCAPSULATION, 45, 100),
    ENCAPSULATION_BULK("encapsulation, bulk", "SakkeBulkBenchmark.encapsulation", BouncyCastle.ENCAPSULATION, 45, 140),
    DECAPSULATION("decapsulation, any RSK, single", "SakkeBenchmark.decapsulation", BouncyCastle.DECAPSULATION, 20, 25),
    DECAPSULATION_BULK(
            "decapsulation, any RSK, bulk", "SakkeBulkBenchmark.decapsulation", BouncyCastle.DECAPSULATION, 20, 45),
    DECAPSULATION_LINES(
            "decapsulation, line table, single",
            "SakkeBenchmark.decapsulationWithLineTable",
            BouncyCastle.DECAPSULATION,
            40,
            70),
    DECAPSULATION_LINES_BULK(
            "decapsulation, line table, bulk",
            "SakkeBulkBenchmark.decapsulationWithLineTable",
            BouncyCastle.DECAPSULATION,
            40,
            110),
    PAIRING("pairing, single", "SakkeBenchmark.pairing", "BouncyCastleSakke.pairing"),
    PAIRING_BULK("pairing, bulk", "SakkeBulkBenchmark.pairing", "BouncyCastleSakke.pairing"),
    MULTIPLICATION(
            "[k]P (Bouncy Castle: comb)", "SakkeBenchmark.multiplication", "BouncyCastleSakke.multiplicationByComb"),
    POWER("g^r", "PowerBenchmark.power", "", false, Map.of()),
    TABLES("tables of a KMS certificate", "TableBenchmark.senderTable", ""),
    LINE_TABLE("line table of an RSK", "TableBenchmark.lineTable", ""),
    FIELD_MULTIPLICATION(
            "multiplication modulo p", "FieldBenchmark.multiplication", "BouncyCastleField.multiplication"),
    FIELD_SQUARING("squaring modulo p", "FieldBenchmark.squaring", "BouncyCastleField.squaring"),
    FIELD_INVERSION("inversion modulo p", "FieldBenchmark.inversion", "BouncyCastleField.inversion"),
    ECCSI_EXTRACTION("ECCSI extraction", "EccsiBenchmark.extraction", "BouncyCastleEccsi.extraction", 2.5),
    ECCSI_SIGNATURE("ECCSI signature", "EccsiBenchmark.signature", "BouncyCastleEccsi.signature", 10),
    ECCSI_VERIFICATION(
            "ECCSI verification, unknown signer", "EccsiBenchmark.verification", BouncyCastle.VERIFICATION, 3),
    ECCSI_VERIFICATION_KNOWN(
            "ECCSI verification, known signer",
            "EccsiBenchmark.verificationOfKnownSigner",
            BouncyCastle.VERIFICATION,
            6.5),
    MESSAGE_OPENING("group key message opened and verified", "MessageOpeningBenchmark.opening", "", false, Map.of());

    private final String title;
    private final String benchmark;
    private final String peer;
    private final boolean hasCores;
    private final Map<Core, Double> goals;

    /** Benchmarks that stand for more than one operation. */
    private static final class BouncyCastle {
        static final String EXTRACTION = "BouncyCastleSakke.extraction";
        static final String ENCAPSULATION = "BouncyCastleSakke.encapsulation";
        static final String DECAPSULATION = "BouncyCastleSakke.decapsulation";
        static final String VERIFICATION = "BouncyCastleEccsi.verification";
    }

    Operation(String title, String benchmark, String peer, double scalarGoal, double vectorGoal) {
        this(title, benchmark, peer, true, Map.of(Core.SCALAR, scalarGoal, Core.VECTOR, vectorGoal));
    }

    /** Without goals. */
    Operation(String title, String benchmark, String peer) {
        this(title, benchmark, peer, true, Map.of());
    }

    /** Of ECCSI, which has no vector core. */
    Operation(String title, String benchmark, String peer, double goal) {
        this(title, benchmark, peer, false, Map.of(Core.SCALAR, goal));
    }

    Operation(String title, String benchmark, String peer, boolean hasCores, Map<Core, Double> goals) {
        this.title = title;
        this.benchmark = benchmark;
        this.peer = peer;
        this.hasCores = hasCores;
        this.goals = goals;
    }

    public String title() {
        return title;
    }

    /** Class and method of the library's benchmark. */
    public String benchmark() {
        return benchmark;
    }

    /** Class and method of the benchmark of Bouncy Castle. */
    public Optional<String> peer() {
        return peer.isEmpty() ? Optional.empty() : Optional.of(peer);
    }

    /** Whether the benchmark has a parameter for the core. */
    public boolean hasCores() {
        return hasCores;
    }

    /** The least ratio to Bouncy Castle that was set as goal: for one thread, the scalar core on JDK 17, the vector core on JDK 25. */
    public Optional<Double> goal(Core core) {
        return Optional.ofNullable(goals.get(core));
    }

    /** The library's side of the operation. */
    public Subject subject(Core core, int threads) {
        return Subject.of(benchmark, hasCores ? core.title() : "", threads);
    }

    /** Bouncy Castle's side of the operation. */
    public Optional<Subject> peerSubject(int threads) {
        return peer().map(name -> Subject.of(name, "", threads));
    }
}

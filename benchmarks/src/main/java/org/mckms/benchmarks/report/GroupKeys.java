package org.mckms.benchmarks.report;

/** The cost curve of distributing a group key: complete messages to many receivers, on two threads. */
public final class GroupKeys {
    /** Threads that share the receivers between them. */
    public static final int THREADS = 2;
    /** The library's benchmark. */
    public static final String BENCHMARK = "GroupKeyBenchmark.messages";
    /** The benchmark of Bouncy Castle. */
    public static final String PEER = "BouncyCastleGroupKey.messages";

    private GroupKeys() {}

    /** All messages of one distribution. */
    public static Subject subject(Core core, int receivers) {
        return new Subject(BENCHMARK, core.title(), 1, receivers);
    }

    /** The same with Bouncy Castle. */
    public static Subject peer(int receivers) {
        return new Subject(PEER, "", 1, receivers);
    }
}

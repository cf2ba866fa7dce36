package org.mckms.mikeysakke.core;

/** A core in its trial, with the tables that its operations need. */
final class Contestant implements AutoCloseable {
    final SakkeCore core;
    final SenderTable sender;
    final LineTable lines;

    /**
     * @param zT stands for the key of a KMS
     * @param a  stands for the key of a receiver
     */
    Contestant(SakkeCore core, byte[] zT, byte[] a) {
        this.core = core;
        this.sender = core.senderTable(zT);
        this.lines = core.lineTable(a);
    }

    @Override
    public void close() {
        lines.close();
    }
}

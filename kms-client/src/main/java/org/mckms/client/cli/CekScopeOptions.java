package org.mckms.client.cli;

import java.util.Optional;
import org.mckms.client.cek.CekScope;
import picocli.CommandLine.Option;

/** Options that say what a content encryption key is for. */
final class CekScopeOptions {
    @Option(
            names = "--peer",
            paramLabel = "URI",
            description = "the other end: for a user the MC server (default: that of kms.cek.server in the home)")
    private String peer;

    @Option(
            names = "--session",
            paramLabel = "ID",
            description = "the SIP session, as both ends name it (default: the key for all sessions without one)")
    private String session;

    /** What the options name. */
    CekScope scope(Home home) {
        String otherEnd = Optional.ofNullable(peer)
                .or(() -> home.cek("server").flatMap(home::serverUri))
                .orElseThrow(() -> new WrongUseException("say with whom the key is shared: --peer"));
        return new CekScope(otherEnd, Optional.ofNullable(session));
    }
}

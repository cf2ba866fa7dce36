package org.mckms.client.cli;

import java.util.Optional;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.smime.ContentEncryptionKey;
import org.mckms.protocol.smime.SipBody;
import org.mckms.protocol.smime.SmimeBody;
import picocli.CommandLine.Mixin;

/** Options that say with which keys bodies are sealed and opened. */
final class BodyKeyOptions {
    @Mixin
    private CekFileOptions cek;

    boolean areGiven() {
        return cek.isGiven();
    }

    /** The keys with which to seal; the caller closes them. */
    BodyKeys open(KmsctlCommand command) {
        return keys(command, Optional.empty());
    }

    /** The keys with which to open a body that names this Key ID; the caller closes them. */
    BodyKeys openFor(KmsctlCommand command, Octets keyId) {
        return keys(command, Optional.of(keyId));
    }

    private BodyKeys keys(KmsctlCommand command, Optional<Octets> keyId) {
        if (!areGiven()) {
            throw new WrongUseException("say which key: --cek");
        }
        return new OfFile(cek.read(keyId), command.context());
    }

    /** One key. */
    private record OfFile(ContentEncryptionKey cek, CliContext context) implements BodyKeys {
        @Override
        public SipBody seal(SipBody body) {
            return SmimeBody.seal(body, cek, context.random());
        }

        @Override
        public SipBody open(SipBody sealed) {
            return SmimeBody.open(sealed, keyId -> keyId.equals(cek.keyId()) ? Optional.of(cek) : Optional.empty());
        }

        @Override
        public void close() {
            cek.close();
        }
    }
}

package org.mckms.client.cli;

import java.util.Optional;
import org.mckms.client.cek.CekKeys;
import org.mckms.client.cek.CekOwner;
import org.mckms.client.cek.CekScope;
import org.mckms.client.cek.SipProtection;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.smime.ContentEncryptionKey;
import org.mckms.protocol.smime.SipBody;
import org.mckms.protocol.smime.SmimeBody;
import picocli.CommandLine.Mixin;

/** Options that say with which keys bodies are sealed and opened: those that a device holds, or one in a file. */
final class BodyKeyOptions {
    @Mixin
    private CekFileOptions cek;

    @Mixin
    private KeyStoreOptions keyStore;

    @Mixin
    private CekScopeOptions scope;

    boolean areGiven() {
        return cek.isGiven() || keyStore.isGiven();
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
        if (cek.isGiven() == keyStore.isGiven()) {
            throw new WrongUseException("say which key: --key-store or --cek");
        }
        return cek.isGiven() ? new OfFile(cek.read(keyId), command.context()) : ofDevice(command);
    }

    private BodyKeys ofDevice(KmsctlCommand command) {
        CekScope wanted = scope.scope(command.home());
        CekKeys keys = keyStore.openContentKeys(command.context(), command.home());
        if (keys.owner().end() != CekOwner.End.CLIENT) {
            keys.close();
            throw new CommandFailedException("these are the keys of a server", "`kmsctl serve` opens bodies with them");
        }
        SipProtection bodies = new SipProtection(
                keys, command.context().clock(), command.context().random());
        return new OfDevice(keys, bodies, wanted);
    }

    /** The keys that a device shares with an MC server. */
    private record OfDevice(CekKeys keys, SipProtection bodies, CekScope scope) implements BodyKeys {
        @Override
        public SipBody seal(SipBody body) {
            return bodies.seal(body, scope);
        }

        @Override
        public SipBody open(SipBody sealed) {
            return bodies.open(sealed, scope);
        }

        @Override
        public void close() {
            keys.close();
        }
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

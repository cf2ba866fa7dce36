package org.mckms.client.cli;

import jakarta.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.mckms.client.cek.CekClient;
import org.mckms.client.cek.CekDetails;
import org.mckms.client.cek.CekKeys;
import org.mckms.client.cek.CekNotice;
import org.mckms.client.cek.CekOwner;
import org.mckms.client.cek.CekScope;
import org.mckms.protocol.cek.CekStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Commands of {@code kmsctl cek} for users. */
final class CekClientCommands {
    private CekClientCommands() {}

    /** A device with its content encryption keys open. */
    private record Device(ProtectedSession session, CekKeys keys) implements AutoCloseable {
        static Device open(KmsctlCommand command, KmsOptions options) {
            if (!options.isProtected()) {
                throw new WrongUseException("name the key store of the device with --key-store");
            }
            ProtectedSession session = options.session(command.context(), command.home());
            try {
                CekOwner owner = CekOwner.client(session.store().owner().userUri());
                return new Device(
                        session, options.keyStore().openContentKeys(command.context(), command.home(), owner));
            } catch (RuntimeException e) {
                session.close();
                throw e;
            }
        }

        CekClient client() {
            return new CekClient(session.client(), keys);
        }

        @Override
        public void close() {
            keys.close();
            session.close();
        }
    }

    /** Asks for the key of one scope, and shows what came. */
    private abstract static class Order extends KmsctlCommand {
        @Mixin
        private CekScopeOptions scope;

        @Mixin
        private KmsOptions kms;

        abstract List<CekDetails> ask(CekClient client, CekScope scope);

        @Override
        public final Integer call() {
            CekScope wanted = scope.scope(home());
            try (Device device = Device.open(this, kms)) {
                List<CekDetails> keys = context().progress("asking for the key", () -> ask(device.client(), wanted));
                CekText.show(this, keys, "no key came");
                if (keys.stream().noneMatch(key -> key.status() == CekStatus.ACTIVE)) {
                    console()
                            .hint(
                                    "the server has not acknowledged it: nothing is sealed until `kmsctl cek current` says active");
                }
            }
            return ExitCode.DONE;
        }
    }

    /** {@code kmsctl cek current}. */
    @Command(
            name = "current",
            description = "Fetch the key that you share with an MC server, or have one made.",
            footer = {"", "Example: kmsctl cek current --key-store alice --session 8fd1@example.org"})
    static final class Current extends Order {
        @Override
        List<CekDetails> ask(CekClient client, CekScope scope) {
            return client.current(scope);
        }
    }

    /** {@code kmsctl cek renew}. */
    @Command(
            name = "renew",
            description = "Ask for a new key; the KMS may let the one there is live longer instead.",
            footer = {
                "",
                "The old key stays in use until the server has acknowledged the new one, and opens for a while after that.",
                "Example: kmsctl cek renew --key-store alice --session 8fd1@example.org"
            })
    static final class Renew extends Order {
        @Override
        List<CekDetails> ask(CekClient client, CekScope scope) {
            return client.renew(scope);
        }
    }

    /** {@code kmsctl cek end}. */
    @Command(
            name = "end",
            description = "End a key, the keys of a session, or all keys of the user, who logs off.",
            footer = {
                "",
                "They are wiped here first, whether or not the KMS can be reached.",
                "Example: kmsctl cek end --key-store alice --session 8fd1@example.org"
            })
    static final class End extends KmsctlCommand {
        @Option(names = "--key-id", paramLabel = "HEX", description = "this key, 32 hex digits")
        private String keyId;

        @Option(names = "--session", paramLabel = "ID", description = "the keys of this SIP session")
        private String session;

        @Option(names = "--log-off", description = "all keys of the user")
        private boolean logOff;

        @Mixin
        private KmsOptions kms;

        @Override
        public Integer call() {
            if (Stream.of(keyId != null, session != null, logOff)
                            .filter(given -> given)
                            .count()
                    != 1) {
                throw new WrongUseException("give one of --key-id, --session and --log-off");
            }
            Optional<Predicate<CekDetails>> one = Optional.ofNullable(keyId)
                    .map(CekFileOptions::parse)
                    .map(id -> key -> key.keyId().equals(id));
            Predicate<CekDetails> meant =
                    one.orElseGet(() -> key -> logOff || key.session().equals(Optional.of(session)));
            try (Device device = Device.open(this, kms)) {
                List<CekDetails> ended =
                        device.keys().keys().stream().filter(meant).toList();
                context().progress("ending the keys", () -> end(device.client()));
                CekText.show(this, ended, "the KMS knows; no such key was held here");
            }
            return ExitCode.DONE;
        }

        private void end(CekClient client) {
            if (keyId != null) {
                client.end(CekFileOptions.parse(keyId));
            } else if (session != null) {
                client.endSession(session);
            } else {
                client.logOff();
            }
        }
    }

    /** {@code kmsctl cek events}. */
    @Command(
            name = "events",
            description = "Listen to what the KMS says of your keys, until it ends the stream or Ctrl-C.",
            footer = {
                "",
                "A notice is not signed; `kmsctl cek current` fetches what it speaks of.",
                "Example: kmsctl cek events --key-store alice"
            })
    static final class Events extends KmsctlCommand {
        @Mixin
        private KmsOptions kms;

        @Override
        public Integer call() {
            try (Device device = Device.open(this, kms)) {
                Optional<String> reason = device.client().listen(this::tell);
                console()
                        .tell("the KMS ended the stream"
                                + reason.map(why -> ": " + why).orElse(""));
            }
            return ExitCode.DONE;
        }

        private void tell(CekNotice notice) {
            if (json()) {
                console()
                        .print(Json.createObjectBuilder()
                                .add("keyId", notice.keyId().toHex())
                                .add("status", notice.status().wireName())
                                .add("revision", notice.revision())
                                .build()
                                .toString());
            } else {
                console()
                        .print(notice.keyId().toHex() + " " + notice.status().wireName() + ", revision "
                                + notice.revision());
            }
        }
    }

    /** {@code kmsctl cek keys}. */
    @Command(
            name = "keys",
            description = "Show the keys that a device or server holds; never a key itself.",
            footer = {"", "Example: kmsctl cek keys --key-store alice"})
    static final class Keys extends KmsctlCommand {
        @Mixin
        private KeyStoreOptions keyStore;

        @Override
        public Integer call() {
            try (CekKeys keys = context().progress("opening", () -> keyStore.openContentKeys(context(), home()))) {
                CekText.show(this, keys.keys(), "no key");
            }
            return ExitCode.DONE;
        }
    }
}

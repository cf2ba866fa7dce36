package org.mckms.client.cli;

import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import java.util.Optional;
import org.mckms.client.ClientKeysAdmin;
import org.mckms.client.ClientKeysAdmin.Device;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code kmsctl client-keys} and its verbs. */
@Command(
        name = "client-keys",
        description = "Register, list, renew and revoke the transport and integrity keys of devices.",
        subcommands = {
            RegisterKeysCommand.class,
            ClientKeysCommand.Request.class,
            ApproveKeysCommand.class,
            ImportKeysCommand.class,
            ClientKeysCommand.List.class,
            ClientKeysCommand.Rotate.class,
            ClientKeysCommand.Revoke.class
        },
        footer = {"", "Example: kmsctl client-keys list --owner sip:alice@example.org"})
final class ClientKeysCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "say what to do: register, request, approve, import, list, rotate or revoke");
    }

    /** An act on the keys of one device, for a reason that the audit trail keeps. */
    private abstract static class Act extends KmsctlCommand {
        private final String usualOperator;
        private final String doing;

        @Mixin
        private DeviceArguments device;

        @Mixin
        private Reason reason;

        @Mixin
        private AdminOptions admin;

        Act(String usualOperator, String doing) {
            this.usualOperator = usualOperator;
            this.doing = doing;
        }

        abstract JsonObject act(ClientKeysAdmin keys, Device device, String reason);

        abstract String sentence(String device);

        @Override
        public final Integer call() {
            ClientKeysAdmin keys = admin.client(home(), usualOperator).clientKeys();
            JsonObject answer = context().progress(doing, () -> act(keys, device.device(), reason.text()));
            new AdminResult(this).show(sentence(device.toString()), answer);
            return ExitCode.DONE;
        }
    }

    /** {@code kmsctl client-keys request}. */
    @Command(
            name = "request",
            description = "Ask for keys of an MC server or GMS; another officer has to approve.",
            footer = {"", "Example: kmsctl client-keys request sip:mcptt@example.org --reason \"new server\""})
    static final class Request extends Act {
        Request() {
            super("officer", "asking for keys");
        }

        @Override
        JsonObject act(ClientKeysAdmin keys, Device device, String reason) {
            return keys.request(device, reason);
        }

        @Override
        String sentence(String device) {
            return "another officer has to approve keys of " + device + ": `kmsctl client-keys approve`";
        }
    }

    /** {@code kmsctl client-keys rotate}. */
    @Command(
            name = "rotate",
            description = "Let a device renew its keys with its next request.",
            footer = {"", "Example: kmsctl client-keys rotate sip:alice@example.org phone-1 --reason routine"})
    static final class Rotate extends Act {
        Rotate() {
            super("operator", "ordering new keys");
        }

        @Override
        JsonObject act(ClientKeysAdmin keys, Device device, String reason) {
            return keys.rotate(device, reason);
        }

        @Override
        String sentence(String device) {
            return "the next answer to " + device + " brings new keys";
        }
    }

    /** {@code kmsctl client-keys revoke}. */
    @Command(
            name = "revoke",
            description = "Erase the keys of a device; it needs a new registration.",
            footer = {"", "Example: kmsctl client-keys revoke sip:alice@example.org phone-1 --reason \"phone lost\""})
    static final class Revoke extends Act {
        Revoke() {
            super("operator", "revoking keys");
        }

        @Override
        JsonObject act(ClientKeysAdmin keys, Device device, String reason) {
            return keys.revoke(device, reason);
        }

        @Override
        String sentence(String device) {
            return "the keys of " + device + " are revoked";
        }
    }

    /** {@code kmsctl client-keys list}. */
    @Command(
            name = "list",
            description = "List devices and the state of their keys.",
            footer = {"", "Example: kmsctl client-keys list --limit 20"})
    static final class List extends KmsctlCommand {
        @Option(names = "--owner", paramLabel = "URI", description = "only the devices of this owner")
        private String owner;

        @Option(names = "--after", paramLabel = "URI", description = "go on behind this owner")
        private String after;

        @Option(
                names = "--after-device",
                paramLabel = "DEVICE",
                description = "and behind this device of it (default: default)")
        private String afterDevice = "default";

        @Option(names = "--limit", paramLabel = "N", description = "at most so many (default: 50)")
        private int limit = 50;

        @Mixin
        private AdminOptions admin;

        @Override
        public Integer call() {
            ClientKeysAdmin keys = admin.client(home(), "operator").clientKeys();
            Optional<Device> last = Optional.ofNullable(after).map(uri -> new Device(uri, Optional.of(afterDevice)));
            JsonStructure answer = context()
                    .progress(
                            "asking for the devices",
                            () -> owner == null ? keys.list(last, limit) : keys.ofOwner(owner));
            new AdminResult(this)
                    .showPage(
                            answer,
                            "no device has keys",
                            "owner",
                            "device",
                            "state",
                            "activeNames",
                            "pendingNames",
                            "usableUntil",
                            "lastUsed",
                            "rotatedAt",
                            "rotationOrdered",
                            "integrity");
            tellNext(answer);
            return ExitCode.DONE;
        }

        private void tellNext(JsonStructure answer) {
            if (!json() && answer.asJsonObject().get("next") instanceof JsonObject next) {
                console()
                        .hint("there are more: add --after " + next.getString("afterOwner", "") + " --after-device "
                                + next.getString("afterDevice", ""));
            }
        }
    }
}

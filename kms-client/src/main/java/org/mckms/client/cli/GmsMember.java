package org.mckms.client.cli;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mckms.client.group.GroupKeyDetails;
import org.mckms.client.group.GroupKeyStore;
import org.mckms.client.group.ReceivedKey;
import org.mckms.client.group.Reception;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.identity.KeyIdentifier;
import org.mckms.protocol.group.KeyAcknowledgement;
import org.mckms.protocol.group.ReceptionFault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands of {@code kmsctl gms} for members of groups. */
final class GmsMember {
    private GmsMember() {}

    /** {@code kmsctl gms fetch}. */
    @Command(
            name = "fetch",
            description = "As a member: fetch the keys of a group, check and keep them, and tell the server.",
            footer = {
                "",
                "All keys that come for the group are kept, or none; `gms keys` shows them.",
                "Example: kmsctl gms fetch sip:fire-7@example.org --key-store alice"
            })
    static final class Fetch extends KmsctlCommand {
        @Parameters(paramLabel = "GROUP", description = "URI of the group")
        private String group;

        @Mixin
        private GmsMemberOptions member;

        @Override
        public Integer call() {
            try (GroupDevice device = context().progress("opening", () -> member.open(context(), home()))) {
                Reception reception = context()
                        .progress("fetching the keys", () -> device.fetch(group))
                        .orElseThrow(() -> new CommandFailedException("the server sent no document"));
                return show(reception);
            }
        }

        private int show(Reception reception) {
            if (json()) {
                JsonText.print(console(), json(reception));
            }
            if (reception.refusal().isPresent()) {
                Reception.Refusal refusal = reception.refusal().get();
                console().error(refusal.fault() + ": " + refusal.text());
                return ExitCode.FAILED;
            }
            if (!json()) {
                if (reception.keys().isEmpty()) {
                    console().print("no key for you yet");
                    return ExitCode.DONE;
                }
                Table table = Table.withHead("KEY", "OUTCOME");
                reception
                        .keys()
                        .forEach(key ->
                                table.row(key.keyId().toString(), key.outcome().name()));
                table.print(console());
            }
            return ExitCode.DONE;
        }

        private static JsonObject json(Reception reception) {
            JsonArrayBuilder keys = Json.createArrayBuilder();
            for (ReceivedKey key : reception.keys()) {
                keys.add(Json.createObjectBuilder()
                        .add("id", key.keyId().toString())
                        .add("outcome", key.outcome().name()));
            }
            return Json.createObjectBuilder()
                    .add("group", reception.groupUri())
                    .add("taken", reception.isTaken())
                    .add("keys", keys)
                    .add(
                            "fault",
                            reception
                                    .refusal()
                                    .map(refusal -> (JsonValue)
                                            Json.createValue(refusal.fault().name()))
                                    .orElse(JsonValue.NULL))
                    .build();
        }
    }

    /** {@code kmsctl gms keys}. */
    @Command(
            name = "keys",
            description = "As a member: show the group keys held; never a key itself.",
            footer = {"", "Example: kmsctl gms keys --key-store alice"})
    static final class Keys extends KmsctlCommand {
        private static final String[] COLUMNS = {
            "id", "kind", "use", "groups", "gukId", "state", "activation", "expiry", "from"
        };

        @Mixin
        private GmsMemberOptions member;

        @Override
        public Integer call() {
            JsonArrayBuilder keys = Json.createArrayBuilder();
            try (GroupKeyStore store = context().progress("opening", () -> member.openGroupKeys(context(), home()))) {
                Instant now = context().clock().instant();
                store.keys().forEach(key -> keys.add(json(key, now)));
            }
            new AdminResult(this).showPage(keys.build(), "no group key", COLUMNS);
            return ExitCode.DONE;
        }

        private static JsonObject json(GroupKeyDetails key, Instant now) {
            JsonArrayBuilder groups = Json.createArrayBuilder(key.groups());
            return Json.createObjectBuilder()
                    .add("id", key.keyId().toString())
                    .add("kind", key.purpose().name())
                    .add("use", key.use().name())
                    .add("groups", groups)
                    .add("gukId", key.gukId().toString())
                    .add("state", state(key, now))
                    .add("activation", key.activation().toString())
                    .add("expiry", key.expiry().map(Instant::toString).orElse("never"))
                    .add("from", key.message().sender().uri())
                    .build();
        }

        private static String state(GroupKeyDetails key, Instant now) {
            if (key.isUsableAt(now)) {
                return "in use";
            }
            return key.isExpiredAt(now) ? "expired" : "not active yet";
        }
    }

    /** {@code kmsctl gms acknowledge}. */
    @Command(
            name = "acknowledge",
            description = "As a member: tell the server that keys are kept, or why they are not.",
            footer = {
                "",
                "`gms fetch` does it by itself; this is for trying out what the server makes of an answer.",
                "Example: kmsctl gms acknowledge sip:fire-7@example.org 0A1B2C3D --key-store alice --fault STALE"
            })
    static final class Acknowledge extends KmsctlCommand {
        @Parameters(index = "0", paramLabel = "GROUP", description = "URI of the group")
        private String group;

        @Parameters(index = "1..*", paramLabel = "KEY", description = "GMK-ID or MKFC-ID, 8 hex digits")
        private List<String> keys = new ArrayList<>();

        @Option(names = "--fault", paramLabel = "NAME", description = "why they are not kept: ${COMPLETION-CANDIDATES}")
        private ReceptionFault fault;

        @Mixin
        private GmsMemberOptions member;

        @Override
        public Integer call() {
            List<KeyIdentifier> ids = keys.stream().map(Acknowledge::keyId).toList();
            if (ids.isEmpty() && fault == null) {
                throw new WrongUseException("name the keys that are kept");
            }
            try (GroupDevice device = context().progress("opening", () -> member.open(context(), home()))) {
                KeyAcknowledgement acknowledgement = new KeyAcknowledgement(
                        group, KeyAcknowledgement.GENERATION_UNKNOWN, device.uri(), ids, Optional.ofNullable(fault));
                context().progress("acknowledging", () -> device.acknowledge(acknowledgement));
            }
            if (!json()) {
                console().print("the server knows");
            }
            return ExitCode.DONE;
        }

        private static KeyIdentifier keyId(String text) {
            try {
                return KeyIdentifier.of(Octets.fromHex(text));
            } catch (InvalidValueException e) {
                throw new WrongUseException("not a key identifier of 8 hex digits: " + text);
            }
        }
    }
}

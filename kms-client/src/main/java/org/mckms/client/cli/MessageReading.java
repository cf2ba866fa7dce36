package org.mckms.client.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mckms.client.cli.explain.Explainer;
import org.mckms.client.cli.explain.Explanation.Fault;
import org.mckms.mikeysakke.mikey.MikeyLeniency;
import org.mckms.mikeysakke.mikey.MikeyMessage;
import org.mckms.protocol.group.Gktp;
import org.mckms.protocol.group.GktpDocument;
import org.mckms.protocol.group.GktpDocumentCodec;
import org.mckms.protocol.group.KeyTransports;

/** Verifies and opens the key messages of a document that was explained without a fault: an I_MESSAGE or a GKTP document. */
final class MessageReading {
    private final Console console;
    private final MessageKeys keys;
    private final MessageCheck check;

    MessageReading(Console console, MessageKeys keys, MessageCheck check) {
        this.console = console;
        this.keys = keys;
        this.check = check;
    }

    /** The document with what was verified, or with the first fault of a message. */
    DecodedDocument read(DecodedDocument document, byte[] octets) {
        if (!keys.areGiven()) {
            console.warning(document.file() + ": no signature was verified; --key-store verifies and opens messages");
            return document;
        }
        List<String> verified = new ArrayList<>();
        for (Map.Entry<String, byte[]> message : messages(document, octets).entrySet()) {
            MessageCheck.Outcome outcome = check.check(MikeyMessage.parse(message.getValue(), MikeyLeniency.STRICT));
            String where = message.getKey();
            outcome.verified().forEach(what -> verified.add(sentence(where, what)));
            outcome.missing()
                    .ifPresent(what -> console.warning(
                            document.file() + ": " + sentence(where, what) + ", so this was not checked"));
            Optional<Fault> fault = outcome.fault().map(found -> within(where, found));
            if (fault.isPresent()) {
                return DecodedDocument.of(
                                document.file(), document.explanation().with(fault.get()))
                        .verified(verified, List.of());
            }
        }
        return document.verified(verified, List.of());
    }

    /** Safe to print: a sender chose some of the words. */
    private static String sentence(String where, String what) {
        return Explainer.visible(where.isEmpty() ? what : where + ": " + what);
    }

    private static Fault within(String where, Fault fault) {
        String path = where.isEmpty() || fault.where().isEmpty() ? where + fault.where() : where + "/" + fault.where();
        return new Fault(Explainer.visible(path), fault.clause(), Explainer.visible(fault.what()));
    }

    /** Each message by where it stands; the only one stands nowhere. */
    private static Map<String, byte[]> messages(DecodedDocument document, byte[] octets) {
        Map<String, byte[]> messages = new LinkedHashMap<>();
        switch (document.explanation().kind()) {
            case I_MESSAGE -> messages.put("", Explainer.message(octets).orElseThrow());
            case GKTPS -> {
                GktpDocument gktps = GktpDocumentCodec.read(octets);
                gktps.gmk().ifPresent(list -> add(messages, "GMK-GKTPs", list));
                gktps.mkfc().ifPresent(list -> add(messages, "MKFC-GKTPs", list));
            }
            default ->
                throw new IllegalArgumentException(
                        "no messages in " + document.explanation().kind());
        }
        return messages;
    }

    private static void add(Map<String, byte[]> messages, String list, KeyTransports transports) {
        add(messages, list, transports.direct());
        transports
                .regrouped()
                .forEach(group -> add(messages, list + "/" + group.temporaryGroupUri(), group.transports()));
    }

    private static void add(Map<String, byte[]> messages, String where, List<Gktp> payloads) {
        for (int i = 0; i < payloads.size(); i++) {
            messages.put(
                    where + "/GKTP[" + (i + 1) + "]", payloads.get(i).message().toByteArray());
        }
    }
}

package org.mckms.fuzz;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.mckms.protocol.cek.Cek;
import org.mckms.protocol.cek.CekList;
import org.mckms.protocol.cek.CekStatus;
import org.mckms.protocol.cek.RequestExtension;
import org.mckms.protocol.codec.KmsRequestCodec;
import org.mckms.protocol.codec.KmsResponseCodec;
import org.mckms.protocol.codec.ReceivedResponse;
import org.mckms.protocol.codec.ReceivingKeys;
import org.mckms.protocol.codec.RequestLeniency;
import org.mckms.protocol.codec.ResponseProtection;
import org.mckms.protocol.codec.WireDialect;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;
import org.mckms.protocol.message.KmsRequest;
import org.mckms.protocol.message.KmsResponse;
import org.mckms.protocol.security.ClientKeys;
import org.mckms.protocol.xml.KmsSchema;

/**
 * What is said about content encryption keys: after an octet 00 the element of an answer, after 01 that of a request, without what
 * they stand in. Each can be written, is then schema-valid, and means the same when it is read again; wrapped keys come out for
 * the holder of the TrK only, and only of their length.
 */
public final class CekTarget implements Target {
    private static final int KEY_OCTETS = 32;
    private static final ClientKeys CLIENT = Keys.clientKeys();
    private static final ReceivingKeys KEYS = ReceivingKeys.of(CLIENT);
    private static final ResponseProtection WRAPPED =
            new ResponseProtection(Optional.of(CLIENT.transportKey()), Optional.empty());
    private static final KmsRequest REQUEST = new KmsRequest(
            Keys.ALICE,
            Keys.KMS,
            Instant.parse("2026-05-01T12:00:00Z"),
            Optional.empty(),
            Optional.empty(),
            "https://kms.example.org/keymanagement/cek/v1/list",
            Optional.empty());
    private static final Frame IN_REQUEST = Frame.of(KmsRequestCodec.encode(REQUEST), "</KmsRequest>");
    private static final Frame IN_RESPONSE =
            Frame.of(removed(answer(new CekList(List.of())), "<CekList .*</CekList>"), "</KmsResponse>");
    private static final CekTarget TARGET = new CekTarget();

    /** A document without the extension, before and behind the place for it. */
    private record Frame(byte[] before, byte[] behind) {
        static Frame of(byte[] document, String end) {
            int at = new String(document, US_ASCII).indexOf(end);
            return new Frame(Arrays.copyOf(document, at), Arrays.copyOfRange(document, at, document.length));
        }

        byte[] around(byte[] content) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes(before);
            out.writeBytes(content);
            out.writeBytes(behind);
            return out.toByteArray();
        }
    }

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        TARGET.accepts(input);
    }

    @Override
    public boolean accepts(byte[] input) {
        if (input.length == 0) {
            return false;
        }
        byte[] content = Arrays.copyOfRange(input, 1, input.length);
        return switch (input[0]) {
            case 0 -> answer(IN_RESPONSE.around(content));
            case 1 -> request(IN_REQUEST.around(content));
            default -> false;
        };
    }

    private static boolean answer(byte[] document) {
        ReceivedResponse received;
        try {
            received = KmsResponseCodec.read(document, KEYS);
        } catch (KmsException e) {
            return false;
        }
        try (received) {
            if (!(received.response().answer() instanceof CekList list)) {
                return false;
            }
            list.ceks().forEach(CekTarget::requirePossible);
            requireSameAgain(list);
            if (received.keysWereWrapped()) {
                requireClosedToOthers(document);
            }
            return true;
        }
    }

    private static void requireSameAgain(CekList list) {
        byte[] again = answer(list);
        KmsSchema.validate(again);
        try (ReceivedResponse same = KmsResponseCodec.read(again, KEYS)) {
            requireSame(list, (CekList) same.response().answer());
            Target.require(same.keysWereWrapped() == list.hasKeys(), "a key is written in the clear");
        }
    }

    private static byte[] answer(CekList list) {
        return KmsResponseCodec.encode(
                new KmsResponse(Keys.ALICE, Keys.KMS, REQUEST.time(), Optional.empty(), REQUEST.clientReqUrl(), list),
                WireDialect.STANDARD,
                WRAPPED);
    }

    private static void requirePossible(Cek cek) {
        Target.require(
                cek.key().isEmpty() == (cek.status() == CekStatus.REVOKED), "a key that is revoked, or one is missing");
        cek.key()
                .ifPresent(key -> Target.require(
                        key.keyId().equals(cek.keyId()) && key.use(octets -> octets.length == KEY_OCTETS),
                        "a key of another length or under another Key ID"));
    }

    private static void requireSame(CekList list, CekList again) {
        Target.require(list.ceks().size() == again.ceks().size(), "a list changes when it is written and read again");
        for (int i = 0; i < list.ceks().size(); i++) {
            Cek cek = list.ceks().get(i);
            Cek same = again.ceks().get(i);
            Target.require(
                    withoutKey(cek).equals(withoutKey(same)) && Arrays.equals(octets(cek), octets(same)),
                    "a key changes when it is written and read again");
        }
    }

    /** What is written of one, but for the key; times are written in whole seconds. */
    private static List<Object> withoutKey(Cek cek) {
        return List.of(
                cek.keyId(),
                cek.revision(),
                cek.userUri(),
                cek.peerUri(),
                cek.session(),
                cek.status(),
                cek.validFrom().truncatedTo(ChronoUnit.SECONDS),
                cek.validTo().map(time -> time.truncatedTo(ChronoUnit.SECONDS)),
                cek.refreshAfter().map(time -> time.truncatedTo(ChronoUnit.SECONDS)),
                cek.refreshAfterMessages());
    }

    private static byte[] octets(Cek cek) {
        return cek.key().map(key -> key.<byte[]>use(byte[]::clone)).orElse(new byte[0]);
    }

    private static void requireClosedToOthers(byte[] document) {
        try {
            KmsResponseCodec.read(document, ReceivingKeys.NONE).close();
            throw new AssertionError("wrapped keys come out without the TrK");
        } catch (KmsException e) {
            Target.require(
                    e.code() == KmsErrorCode.TRANSPORT_KEY_REQUIRED, "without the TrK it is refused with " + e.code());
        }
    }

    private static boolean request(byte[] document) {
        Optional<RequestExtension> extension;
        try {
            extension = KmsRequestCodec.read(document, RequestLeniency.STANDARD)
                    .request()
                    .extension();
        } catch (KmsException e) {
            return false;
        }
        if (extension.isEmpty()) {
            return false;
        }
        byte[] again = KmsRequestCodec.encodeSigned(REQUEST.with(extension.get()), CLIENT.signingKey());
        KmsSchema.validate(again);
        Target.require(
                KmsRequestCodec.read(again, RequestLeniency.STANDARD)
                        .request()
                        .extension()
                        .equals(extension),
                "a request changes when it is written and read again");
        return true;
    }

    private static byte[] removed(byte[] document, String passage) {
        return new String(document, US_ASCII).replaceFirst(passage, "").getBytes(US_ASCII);
    }

    /** An element of an answer, for the corpus. */
    static byte[] input(CekList list) {
        return input(0, answer(list), IN_RESPONSE);
    }

    /** An element of a request, for the corpus. */
    static byte[] input(RequestExtension extension) {
        return input(1, KmsRequestCodec.encode(REQUEST.with(extension)), IN_REQUEST);
    }

    private static byte[] input(int kind, byte[] document, Frame frame) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(kind);
        out.write(document, frame.before().length, document.length - frame.before().length - frame.behind().length);
        return out.toByteArray();
    }
}

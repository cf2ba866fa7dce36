package org.mckms.mikeysakke.mikey;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.mckms.fuzz.Keys;
import org.mckms.fuzz.Target;
import org.mckms.mikeysakke.InvalidValueException;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.EccsiSignature;
import org.mckms.mikeysakke.eccsi.EccsiVerifier;
import org.mckms.mikeysakke.eccsi.KmsPublicAuthenticationKey;
import org.mckms.mikeysakke.sakke.SharedSecretValue;

/**
 * An I_MESSAGE; after an octet 00 the key parameters inside one. A message is the same after writing and reading, each of its octets
 * belongs to one field, and if its signature verifies it is one of the corpus.
 */
public final class MikeyTarget implements Target {
    private static final MikeyLeniency LENIENT = new MikeyLeniency(Set.of(Deviation.values()));
    private static final EccsiVerifier VERIFIER = new EccsiVerifier(new KmsPublicAuthenticationKey(
            Octets.fromHex("0450D4670BDE75244F28D2838A0D25558A7A72686D4522D4C8273FB6442AEBFA93"
                    + "DBDD37551AFD263B5DFD617F3960C65A8C298850FF99F20366DCE7D4367217F4")));

    /** The UIDs of a GMS and of Alice. */
    private static final List<Octets> SIGNERS = List.of(
            Octets.fromHex("064e6aa1d580f002a7b39c966cffc24fbf00c571fb737b1e9dc7ac3ba835a3bb"),
            Octets.fromHex("650caaa71cb2faf39b871349aab5fca1b0455df25cdc37607590ab9b792a6c22"));

    /** Octets that were signed, without the signatures: of these there is more than one that verifies. */
    private static final Set<Octets> SIGNED =
            messages().stream().map(MikeyTarget::withoutSignature).collect(Collectors.toUnmodifiableSet());

    private static final MikeyTarget TARGET = new MikeyTarget();

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        TARGET.accepts(input);
    }

    /** The messages of the corpus. */
    public static List<Octets> messages() {
        return new String(Keys.resource("i-messages.hex"), StandardCharsets.US_ASCII)
                .lines()
                .map(Octets::fromHex)
                .toList();
    }

    @Override
    public boolean accepts(byte[] input) {
        return input.length > 0 && input[0] == 0
                ? parameters(Octets.copyOf(Arrays.copyOfRange(input, 1, input.length)))
                : message(input);
    }

    private static boolean parameters(Octets content) {
        KeyParameters parameters;
        try {
            parameters = ParameterCodec.decode(content, MikeyLeniency.STRICT);
        } catch (MikeyRefusedException e) {
            return false;
        }
        Octets written = ParameterCodec.encode(parameters);
        Target.require(
                ParameterCodec.decode(written, MikeyLeniency.STRICT).equals(parameters),
                "key parameters change when they are written and read again");
        return true;
    }

    private static boolean message(byte[] input) {
        MikeyDissection strict = MikeyMessage.dissect(input, MikeyLeniency.STRICT);
        MikeyDissection lenient = MikeyMessage.dissect(input, LENIENT);
        Target.require(
                strict.message().isEmpty() || strict.message().equals(lenient.message()),
                "leniency refuses what is accepted without");
        requireFieldsInOrder(lenient.fields());
        if (lenient.message().isPresent()) {
            MikeyMessage message = lenient.message().get();
            requireSameAfterWriting(message);
            requireEachOctetInOneField(lenient.fields(), input.length);
            requireUsable(message);
            requireUnforged(message);
        }
        return strict.message().isPresent();
    }

    private static void requireFieldsInOrder(List<MikeyField> fields) {
        int end = 0;
        for (MikeyField field : fields) {
            Target.require(field.offset() == end, "a field does not begin where the last one ended");
            end += field.octets().size();
        }
    }

    private static void requireEachOctetInOneField(List<MikeyField> fields, int size) {
        int total = fields.stream().mapToInt(field -> field.octets().size()).sum();
        Target.require(total == size, "octets of an accepted message belong to no field");
    }

    private static void requireSameAfterWriting(MikeyMessage message) {
        MessageParts parts = MessageReader.read(message.octets(), LENIENT, OctetReader.NOBODY);
        Target.require(parts.encode().equals(message.octets()), "a message changes when it is read and written");
    }

    /** Whatever was accepted can be asked for all that it has, and opens or is refused. */
    private static void requireUsable(MikeyMessage message) {
        Target.require(message.csbId().value() != 0, "a message names no key");
        Target.require(message.rand().size() >= KeyToSend.MIN_RAND_OCTETS, "a RAND is too short");
        Target.require(
                message.initiator().uri().isPresent()
                        != message.initiator().uid().isPresent(),
                "an initiator is neither hidden nor in clear");
        message.responder().uri();
        message.initiatorKmsUri();
        message.responderKmsUri();
        message.timestamp().toInstant();
        message.policies();
        message.toSelf();
        try (SharedSecretValue ssv = SharedSecretValue.takeFrom(new byte[SharedSecretValue.OCTETS])) {
            message.open(ssv, Keys.ALICE).close();
        } catch (MikeyRefusedException e) {
            Target.require(e.getMessage() != null, "a refusal without a reason");
        } catch (InvalidValueException e) {
            throw new AssertionError("a message that was read cannot be opened or refused", e);
        }
    }

    private static void requireUnforged(MikeyMessage message) {
        boolean verifies = SIGNERS.stream().anyMatch(signer -> message.verifies(VERIFIER, signer));
        Target.require(!verifies || SIGNED.contains(withoutSignature(message.octets())), "a forged message verifies");
    }

    private static Octets withoutSignature(Octets message) {
        return message.slice(0, message.size() - EccsiSignature.OCTETS);
    }
}

package org.mckms.protocol.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mckms.protocol.Samples;
import org.mckms.protocol.SecurityVectors;
import org.mckms.protocol.error.KmsException;

/** Whatever comes in, only a KmsException comes out. */
class DecoderPropertyTest {
    private static final int SPOILED_PER_SAMPLE = 150;

    @ParameterizedTest
    @ValueSource(
            strings = {
                Samples.INIT,
                Samples.KEYPROV,
                Samples.ERROR,
                Samples.CERTCACHE,
                Samples.KEYPROV_WITH_CEK,
                Samples.SIGNED_RESPONSE
            })
    void spoiledResponsesAreReadOrRefused(String sample) throws IOException {
        spoil(sample, 20240518, octets -> KmsResponseCodec.read(octets, SecurityVectors.receivingKeys())
                .close());
    }

    @ParameterizedTest
    @ValueSource(strings = {Samples.SIGNED_REQUEST})
    void spoiledRequestsAreReadOrRefused(String sample) throws IOException {
        String signed = Samples.text(sample);
        String request = signed.substring(signed.indexOf("<KmsRequest"), signed.indexOf("<Signature"))
                .replaceFirst("<KmsRequest ", "<KmsRequest xmlns=\"urn:3gpp:ns:mcsecKMSInterface:1.0\" ");
        spoil(
                request.getBytes(StandardCharsets.UTF_8),
                1514,
                octets -> KmsRequestCodec.read(octets, RequestLeniency.STANDARD));
    }

    private static void spoil(String sample, long seed, Consumer<byte[]> decoder) throws IOException {
        spoil(Samples.octets(sample), seed, decoder);
    }

    private static void spoil(byte[] good, long seed, Consumer<byte[]> decoder) {
        Random random = new Random(seed);
        for (int i = 0; i < SPOILED_PER_SAMPLE; i++) {
            byte[] spoiled = spoiled(good, random);
            try {
                decoder.accept(spoiled);
            } catch (KmsException refused) {
                assertThat(refused.getMessage()).isNotBlank();
            } catch (RuntimeException e) {
                fail("seed " + seed + ", document " + i, e);
            }
        }
    }

    /** One octet changed, or a passage taken out, doubled or moved. */
    private static byte[] spoiled(byte[] good, Random random) {
        int from = random.nextInt(good.length);
        int to = Math.min(good.length, from + 1 + random.nextInt(80));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(good, 0, from);
        switch (random.nextInt(4)) {
            case 0 -> out.write(random.nextInt(256));
            case 1 -> out.write(good, Math.min(to, good.length - 1), 1);
            case 2 -> {
                out.write(good, from, to - from);
                out.write(good, from, to - from);
            }
            default -> out.write(good, random.nextInt(good.length - (to - from)), to - from);
        }
        out.write(good, to, good.length - to);
        return out.toByteArray();
    }
}

package org.mckms.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mckms.it.support.HeapSearch;
import org.mckms.it.support.HeapSearch.Form;

/** That the search of a heap finds a key in whatever form, and nothing else. */
class HeapSearchTest {
    private static final byte[] KEY =
            HexFormat.of().parseHex("00ff10ef20df30cf40bf50af609f708f80ff01ee02dd03cc04bb05aa0699fbfe");

    private final HeapSearch search = new HeapSearch();

    @TempDir
    private Path folder;

    @BeforeEach
    void lookForTheKey() {
        search.lookFor("key", KEY);
    }

    @Test
    void findsAKeyInEachForm() throws IOException {
        assertFound(Form.OCTETS, KEY);
        assertFound(Form.OCTETS, Arrays.copyOf(KEY, 16));
        assertFound(Form.OCTETS, Arrays.copyOfRange(KEY, 16, 32));
        for (Charset charset :
                List.of(StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE)) {
            assertFound(Form.HEX_LOWER_CASE, HexFormat.of().formatHex(KEY).getBytes(charset));
            assertFound(
                    Form.HEX_UPPER_CASE,
                    HexFormat.of().withUpperCase().formatHex(KEY).getBytes(charset));
            assertFound(Form.BASE64, Base64.getEncoder().encodeToString(KEY).getBytes(charset));
        }
    }

    @Test
    void findsAKeyInBase64OfMore() throws IOException {
        for (int before = 0; before < 4; before++) {
            ByteArrayOutputStream more = new ByteArrayOutputStream();
            more.write(new byte[before]);
            more.write(KEY);
            more.write(new byte[7]);
            assertFound(Form.BASE64, Base64.getEncoder().encode(more.toByteArray()));
            assertFound(Form.BASE64, Base64.getUrlEncoder().encode(more.toByteArray()));
        }
    }

    @Test
    void findsNothingElse() throws IOException {
        byte[] almost = KEY.clone();
        almost[15] ^= 0x01;
        almost[31] ^= 0x01;
        assertThat(search.in(file(almost))).isEmpty();
        assertThat(search.in(file(Arrays.copyOf(KEY, 15)))).isEmpty();
        assertThat(search.in(file(HexFormat.of().formatHex(almost).getBytes(StandardCharsets.US_ASCII))))
                .isEmpty();
    }

    private void assertFound(Form form, byte[] octets) throws IOException {
        assertThat(search.in(file(octets))).containsExactly(HeapSearch.found("key", form));
    }

    /** A file with these octets somewhere in it. */
    private Path file(byte[] octets) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(new byte[] {7, 7, 7, 7, 7});
        all.write(octets);
        all.write(new byte[] {7, 7, 7});
        return Files.write(folder.resolve("heap"), all.toByteArray());
    }
}

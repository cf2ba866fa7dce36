package org.mckms.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class ListUploadTest {

    /** As many octets as anybody asks for. */
    private static final class Endless extends InputStream {
        @Override
        public int read() {
            return 'a';
        }

        @Override
        public int read(byte[] buffer, int from, int length) {
            return length;
        }
    }

    @Test
    void givesWhatCame() throws IOException {
        byte[] list = "sip:ä@example.org\n".getBytes(StandardCharsets.UTF_8);

        assertThat(new ListUpload(new ByteArrayInputStream(list)).readAllBytes())
                .isEqualTo(list);
        assertThat(new ListUpload(new ByteArrayInputStream(list)).read()).isEqualTo('s');
        assertThat(new ListUpload(InputStream.nullInputStream()).read()).isEqualTo(-1);
    }

    @Test
    void endsAtSixteenMebibytes() throws IOException {
        ListUpload list = new ListUpload(new Endless());
        assertThat(list.read(new byte[ListUpload.MAX_OCTETS])).isEqualTo(ListUpload.MAX_OCTETS);

        assertRefused(list, KmsErrorCode.BODY_TOO_LARGE);
    }

    @Test
    void endsAfterFiveMinutes() throws IOException {
        AtomicLong now = new AtomicLong();
        ListUpload list = new ListUpload(new Endless(), now::get);
        now.set(ListUpload.TIME_LIMIT.toNanos());
        assertThat(list.read()).isNotNegative();
        now.incrementAndGet();

        assertRefused(list, KmsErrorCode.MALFORMED_REQUEST);
    }

    @Test
    void connectionThatEndedIsNoFaultOfOurs() {
        InputStream ended = new InputStream() {
            @Override
            public int read() {
                throw new NullPointerException();
            }
        };

        assertThatThrownBy(new ListUpload(ended)::read).isInstanceOf(IOException.class);
    }

    private static void assertRefused(ListUpload list, KmsErrorCode code) {
        assertThatThrownBy(list::read).isInstanceOfSatisfying(KmsException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }
}

package org.mckms.csc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mckms.protocol.error.KmsErrorCode.BODY_TOO_LARGE;
import static org.mckms.protocol.error.KmsErrorCode.MALFORMED_REQUEST;
import static org.mckms.protocol.error.KmsErrorCode.UNSUPPORTED_MEDIA_TYPE;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mckms.mikeysakke.Octets;
import org.mckms.protocol.error.KmsErrorCode;
import org.mckms.protocol.error.KmsException;

class RequestBodyTest {

    private static final long SECOND = 1_000_000_000L;

    private final FakeExchange exchange = new FakeExchange();
    private long nanos;
    private final RequestBody bodies = new RequestBody(() -> nanos);

    private Optional<Octets> read() {
        return bodies.read(exchange.request());
    }

    /** As {@code curl -d ''} sends it. */
    @Test
    void theTypeOfABodyThatIsNotThereDoesNotMatter() {
        exchange.header("Content-Type", "application/x-www-form-urlencoded").announcedLength = 0;
        assertThat(read()).isEmpty();
        exchange.announcedLength = -1;
        assertThat(read()).isEmpty();
    }

    @Test
    void aBodyOfAnotherTypeIsNotReadIfItIsAnnounced() {
        exchange.header("Content-Type", "application/json").announcedLength = 5;
        exchange.body = neverRead();
        assertRefused(UNSUPPORTED_MEDIA_TYPE);
        assertThat(RequestBody.isUnread(exchange.request())).isTrue();
    }

    @Test
    void aBodyThatIsAnnouncedTooLongIsNotRead() {
        exchange.header("Content-Type", "text/xml").announcedLength = 64 * 1024 + 1;
        exchange.body = neverRead();
        assertRefused(BODY_TOO_LARGE);
        assertThat(RequestBody.isUnread(exchange.request())).isTrue();
    }

    @Test
    void readsABodyOfExactly64Kib() {
        byte[] padded = new byte[64 * 1024];
        Arrays.fill(padded, (byte) ' ');
        exchange.body("application/xml", padded).announcedLength = padded.length;
        assertThat(read()).contains(Octets.copyOf(padded));
        assertThat(RequestBody.isUnread(exchange.request())).isFalse();
        byte[] longer = Arrays.copyOf(padded, padded.length + 1);
        exchange.clear().body("application/xml", longer).announcedLength = -1;
        assertRefused(BODY_TOO_LARGE);
    }

    @Test
    void refusesABodyThatTricklesOn() {
        exchange.header("Content-Type", "text/xml").announcedLength = 100;
        exchange.body = everySecondAnOctet(100);
        assertThatThrownBy(this::read).hasMessage("the body is not complete after 10 s");
        assertThat(nanos).isEqualTo(11 * SECOND);
        assertThat(RequestBody.isUnread(exchange.request())).isTrue();
    }

    @Test
    void readsABodyThatTakesTenSeconds() {
        exchange.header("Content-Type", "text/xml").announcedLength = 10;
        exchange.body = everySecondAnOctet(10);
        assertThat(read()).contains(Octets.ofAscii("xxxxxxxxxx"));
        assertThat(nanos).isEqualTo(10 * SECOND);
        assertThat(RequestBody.isUnread(exchange.request())).isFalse();
    }

    @Test
    void aBodyThatBreaksOffIsMalformed() {
        exchange.header("Content-Type", "text/xml").header("Transfer-Encoding", "chunked");
        exchange.body = neverRead();
        assertRefused(MALFORMED_REQUEST);
        assertThat(RequestBody.isUnread(exchange.request())).isTrue();
    }

    private void assertRefused(KmsErrorCode code) {
        assertThatThrownBy(this::read).isInstanceOfSatisfying(KmsException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }

    private static InputStream neverRead() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("gone");
            }
        };
    }

    private InputStream everySecondAnOctet(int octets) {
        return new InputStream() {
            private int left = octets;

            @Override
            public int read() {
                nanos += SECOND;
                return left-- > 0 ? 'x' : -1;
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                if (left == 0) {
                    return -1;
                }
                into[offset] = (byte) read();
                return 1;
            }
        };
    }
}

package org.mckms.csc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestUrlTest {

    private static final List<String> BASES =
            List.of("https://first.example.org", "https://kms.example.org", "https://Other.example.org:8443");

    private final FakeExchange exchange = new FakeExchange();

    @ParameterizedTest
    @CsvSource({
        "kms.example.org, https://kms.example.org",
        "KMS.Example.Org, https://kms.example.org",
        "kms.example.org:443, https://kms.example.org",
        "other.example.org:8443, https://Other.example.org:8443",
        "other.example.org, https://first.example.org",
        "kms.example.org:8443, https://first.example.org",
        "evil.example, https://first.example.org",
        "'', https://first.example.org",
    })
    void theHostChoosesAmongTheConfiguredUrls(String host, String base) {
        exchange.header("Host", host);
        assertThat(RequestUrl.of(exchange.request(), BASES)).isEqualTo(base + exchange.path);
        assertThat(RequestUrl.printable(exchange.request(), BASES, CscPath.ROOT))
                .isEqualTo(base + exchange.path);
    }

    @Test
    void withoutHostItIsTheFirst() {
        assertThat(RequestUrl.of(exchange.request(), BASES)).isEqualTo(BASES.get(0) + exchange.path);
    }

    @Test
    void aPathThatNoDocumentCanCarryIsCutToTheRoot() {
        exchange.path = CscPath.ROOT + "/\u00e4";
        assertThat(RequestUrl.printable(exchange.request(), BASES, CscPath.ROOT))
                .isEqualTo(BASES.get(0) + CscPath.ROOT);
    }
}

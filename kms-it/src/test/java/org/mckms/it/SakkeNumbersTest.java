package org.mckms.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mckms.it.support.SakkeNumbers;

/** The arithmetic that integration tests compare with is itself right: it gives the published numbers. */
class SakkeNumbersTest {
    @Test
    void givesThePublishedUidsAndReceiverSecretKeys() throws IOException, ParseException {
        Map<String, Object> vector;
        try (InputStream in = SakkeNumbersTest.class.getResourceAsStream("/vectors/imported-epoch.json")) {
            vector = JSONObjectUtils.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        String z = (String) vector.get("z");
        assertThat(SakkeNumbers.publicKey(z)).isEqualTo(vector.get("pubEncKey"));
        Map<String, Object>[] users = JSONObjectUtils.getJSONObjectArray(vector, "users");
        assertThat(users).hasSize(2);
        for (Map<String, Object> user : users) {
            String uid = SakkeNumbers.uid((String) user.get("userUri"), "kms.example.org", 2_592_000, 0, 1514);
            assertThat(uid).isEqualTo(user.get("uid"));
            assertThat(SakkeNumbers.rsk(uid, z)).isEqualTo(user.get("rsk"));
        }
    }
}

package org.mckms.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.mckms.protocol.message.KmsKeyProv;
import org.mckms.protocol.message.KmsKeySet;
import org.mckms.protocol.message.KmsResponse;

/** Key sets of an answer that came wrapped, in the form in which tests check plain ones. */
public final class IssuedKeySet {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private IssuedKeySet() {}

    /** All key sets of an answer to keyprov, in document order. */
    public static List<KeySet> allOf(KmsResponse response) {
        KmsKeyProv keyProv = (KmsKeyProv) response.message().orElseThrow();
        return keyProv.keySets().stream().map(IssuedKeySet::of).toList();
    }

    /** The key set of an answer that has just one. */
    public static KeySet onlyOf(KmsResponse response) {
        List<KeySet> sets = allOf(response);
        assertThat(sets).hasSize(1);
        return sets.get(0);
    }

    private static KeySet of(KmsKeySet set) {
        return new KeySet(
                set.userUri(),
                set.kmsUri(),
                set.userId().octets().toHex().toLowerCase(Locale.ROOT),
                set.period().number(),
                set.rsk().use(HEX::formatHex),
                set.ssk().use(HEX::formatHex),
                set.pvt().octets().toHex());
    }
}

package org.mckms.gms.infrastructure.kms;

import java.util.Arrays;
import org.mckms.client.store.PlatformKey;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.secret.SecretOctets;
import org.mckms.platform.datakey.DataKeys;
import org.mckms.platform.datakey.SealedData;

/** Wraps the master key of the GMS's key store under a data key of this server, bound to the GMS and its node. */
final class DataKeyWrap implements PlatformKey {

    private final DataKeys dataKeys;
    private final byte[] aad;

    /**
     * @param kmsUri of the home KMS
     * @param uri    of the GMS
     * @param node   whose file it is
     */
    DataKeyWrap(DataKeys dataKeys, String kmsUri, String uri, String node) {
        this.dataKeys = dataKeys;
        this.aad = withLength("gms-key-store")
                .concat(withLength(kmsUri), withLength(uri), withLength(node))
                .toByteArray();
    }

    private static Octets withLength(String text) {
        Octets octets = Octets.ofUtf8(text);
        int size = octets.size();
        return Octets.copyOf(new byte[] {(byte) (size >>> 8), (byte) size}).concat(octets);
    }

    @Override
    public String name() {
        return "data key of this server";
    }

    @Override
    public byte[] wrap(byte[] key) {
        return dataKeys.seal(key, aad).toOctets().toByteArray();
    }

    @Override
    public byte[] unwrap(byte[] wrapped) {
        try (SecretOctets key = dataKeys.open(SealedData.of(Octets.copyOf(wrapped)), aad)) {
            return key.use(octets -> Arrays.copyOf(octets, octets.length));
        }
    }
}

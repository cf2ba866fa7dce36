package org.mckms.kms.infrastructure.vault;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.mckms.kms.domain.DerivationContext;
import org.mckms.mikeysakke.eccsi.KmsSecretAuthenticationKey;
import org.mckms.mikeysakke.sakke.KmsMasterSecret;

/** What is encrypted of an imported epoch, and what the ciphertext is bound to. */
final class SealedMastersFormat {

    static final int KSAK_OCTETS = 32;
    static final int ZT_OCTETS = 128;
    private static final int CLEAR_OCTETS = KSAK_OCTETS + ZT_OCTETS;

    private static final byte[] VERSION = {0x01};

    private SealedMastersFormat() {}

    /** KSAK (32) || z_T (128); the caller wipes it. */
    static byte[] clear(KmsSecretAuthenticationKey ksak, KmsMasterSecret zT) {
        ByteBuffer clear = ByteBuffer.allocate(CLEAR_OCTETS);
        ksak.use(clear::put);
        zT.use(clear::put);
        return clear.array();
    }

    /** The KSAK in clear octets that were opened. */
    static KmsSecretAuthenticationKey ksak(byte[] clear) {
        return KmsSecretAuthenticationKey.takeFrom(Arrays.copyOfRange(clear, 0, KSAK_OCTETS));
    }

    /** The z_T in clear octets that were opened. */
    static KmsMasterSecret zT(byte[] clear) {
        return KmsMasterSecret.takeFrom(Arrays.copyOfRange(clear, KSAK_OCTETS, CLEAR_OCTETS));
    }

    /**
     * Additional authenticated data, so that a writer of the database cannot put masters under another epoch or KMS:
     * version, KMS URI, epoch, kind, purpose, key label, each after its length in four octets.
     */
    static byte[] aad(DerivationContext epoch) {
        ByteArrayOutputStream aad = new ByteArrayOutputStream();
        put(aad, VERSION);
        put(aad, utf8(epoch.kmsUri()));
        put(aad, epoch.epoch().octets().toByteArray());
        put(aad, utf8("masters"));
        put(aad, new byte[] {epoch.purpose().code()});
        put(aad, utf8(KeyLabels.master(epoch.epoch())));
        return aad.toByteArray();
    }

    private static void put(ByteArrayOutputStream aad, byte[] field) {
        aad.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(field.length).array());
        aad.writeBytes(field);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package org.mckms.client.store;

import java.time.Instant;
import java.util.Optional;
import org.mckms.mikeysakke.Octets;
import org.mckms.mikeysakke.eccsi.PublicValidationToken;
import org.mckms.mikeysakke.eccsi.SecretSigningKey;
import org.mckms.mikeysakke.identity.KeyPeriod;
import org.mckms.mikeysakke.identity.UserIdentifier;
import org.mckms.mikeysakke.sakke.ReceiverSecretKey;
import org.mckms.protocol.message.KmsKeySet;

/** A user key set in the content of a key store. */
final class KeySetCodec {
    private KeySetCodec() {}

    static void write(SecretWriter out, KmsKeySet keys) {
        out.text(keys.kmsUri())
                .optional(keys.certUri(), out::text)
                .optional(keys.issuer(), out::text)
                .text(keys.userUri())
                .octets(keys.userId().octets().toByteArray())
                .optional(keys.validFrom(), out::time)
                .optional(keys.validTo(), out::time)
                .i64(keys.period().number())
                .flag(keys.revoked());
        keys.rsk().use(out::octets);
        keys.ssk().use(out::octets);
        out.octets(keys.pvt().octets().toByteArray());
    }

    static KmsKeySet read(SecretReader in) {
        String kmsUri = in.text();
        Optional<String> certUri = in.optional(in::text);
        Optional<String> issuer = in.optional(in::text);
        String userUri = in.text();
        UserIdentifier uid = new UserIdentifier(Octets.copyOf(in.octets()));
        Optional<Instant> validFrom = in.optional(in::time);
        Optional<Instant> validTo = in.optional(in::time);
        KeyPeriod period = new KeyPeriod(in.i64());
        boolean revoked = in.flag();
        ReceiverSecretKey rsk = ReceiverSecretKey.takeFrom(in.octets());
        SecretSigningKey ssk = null;
        try {
            ssk = SecretSigningKey.takeFrom(in.octets());
            PublicValidationToken pvt = new PublicValidationToken(Octets.copyOf(in.octets()));
            return new KmsKeySet(
                    kmsUri, certUri, issuer, userUri, uid, validFrom, validTo, period, revoked, rsk, ssk, pvt);
        } catch (RuntimeException e) {
            rsk.close();
            if (ssk != null) {
                ssk.close();
            }
            throw e;
        }
    }

    /** The same key set with keys of its own. */
    static KmsKeySet copy(KmsKeySet keys) {
        return new KmsKeySet(
                keys.kmsUri(),
                keys.certUri(),
                keys.issuer(),
                keys.userUri(),
                keys.userId(),
                keys.validFrom(),
                keys.validTo(),
                keys.period(),
                keys.revoked(),
                keys.rsk().copy(),
                keys.ssk().use(octets -> SecretSigningKey.takeFrom(octets.clone())),
                keys.pvt());
    }
}

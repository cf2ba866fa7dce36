package org.mckms.kms.domain;

import java.util.Objects;
import org.mckms.mikeysakke.eccsi.PublicValidationToken;
import org.mckms.mikeysakke.eccsi.SecretSigningKey;
import org.mckms.mikeysakke.identity.UserIdentifier;
import org.mckms.mikeysakke.sakke.ReceiverSecretKey;

/** A fresh key set that passed its self-check. Whoever received it closes it, which wipes SSK and RSK. */
public final class IssuedKeys implements AutoCloseable {

    private final UserIdentifier uid;
    private final ReceiverSecretKey rsk;
    private final SecretSigningKey ssk;
    private final PublicValidationToken pvt;

    IssuedKeys(UserIdentifier uid, ReceiverSecretKey rsk, SecretSigningKey ssk, PublicValidationToken pvt) {
        this.uid = Objects.requireNonNull(uid, "uid");
        this.rsk = Objects.requireNonNull(rsk, "rsk");
        this.ssk = Objects.requireNonNull(ssk, "ssk");
        this.pvt = Objects.requireNonNull(pvt, "pvt");
    }

    /** The UID of TS 33.180 annex F.2.1 the keys are for. */
    public UserIdentifier uid() {
        return uid;
    }

    /** 257 octets; closed with this key set. */
    public ReceiverSecretKey rsk() {
        return rsk;
    }

    /** 32 octets; closed with this key set. */
    public SecretSigningKey ssk() {
        return ssk;
    }

    public PublicValidationToken pvt() {
        return pvt;
    }

    @Override
    public void close() {
        rsk.close();
        ssk.close();
    }

    @Override
    public String toString() {
        return "IssuedKeys[" + uid.octets().toHex() + ", keys hidden]";
    }
}
